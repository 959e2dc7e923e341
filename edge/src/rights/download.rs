//! `GET /v1/rights/files/{id}`: a file of a request, for the person whose it is and for staff. The person's fetching is counted, and
//! everybody's is in the journal before anything is handed out.

use nod_core::{
    id::{ControllerId, ItemId},
    journal::{Action, Actor, Entry},
    staff::Scope,
    time::Timestamp,
};
use serde::de::IgnoredAny;
use serde_json::{Value, json};
use worker::D1Type;

use super::{
    contact::Contact,
    files::{self, File},
    said, session,
};
use crate::{
    clock,
    database::{Database, time},
    http::{Answer, Call, Problem},
    journal::append,
    staff::{self, Credentials},
};

/// Who fetches.
enum Reader {
    Staff { controller: ControllerId, token: String },
    Subject { controller: ControllerId, contact: Contact },
}

impl Reader {
    const fn controller(&self) -> &ControllerId {
        match self {
            Self::Staff { controller, .. } | Self::Subject { controller, .. } => controller,
        }
    }
}

/// The file, or a problem that says what to do. Who may not have it hears that there is none.
pub(crate) async fn download(call: &Call, id: &str) -> Result<Answer, Problem> {
    call.must_be_get()?;
    let is_foreign = |site: &String| !["same-origin", "none"].contains(&site.as_str());
    if call.header("Sec-Fetch-Site").as_ref().is_some_and(is_foreign) {
        return Err(Problem::cross_site());
    }
    let reader = reader(call).await?;
    let controller = reader.controller();
    let database = Database::of(call)?;
    let now = clock::now()?;
    let Some(id) = ItemId::parse(id) else { return Err(Problem::nothing_here()) };
    let file = files::get(&database, controller, &id).await?.ok_or_else(Problem::nothing_here)?;
    if !may_read(&database, &reader, &file).await? {
        return Err(Problem::nothing_here());
    }
    let Some(key) = said::key(&call.environment, controller, &file.request).await? else {
        return Err(Problem::file_ended());
    };
    // A look at the headers fetches nothing.
    let is_look = call.request.inner().method() == "HEAD";
    if !is_look && !take(&database, &reader, &file, now).await? {
        return Err(Problem::file_ended());
    }
    let content = if is_look { Vec::new() } else { file.content(&database, &key, controller).await? };
    Ok(Answer::new(200, media_type(&file.media_type), content)
        .with("Content-Disposition", disposition(&file.name(&key, controller)?))
        .with(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox",
        )
        .with("Cross-Origin-Resource-Policy", "same-origin")
        .with("Cache-Control", "no-store"))
}

async fn reader(call: &Call) -> Result<Reader, Problem> {
    if let Credentials::Valid(staff) = staff::authenticate(call).await? {
        if !staff.scopes.reach(Scope::Requests) {
            return Err(staff::refused_out_of_reach(call, &staff, "rights_file", Scope::Requests).await);
        }
        return Ok(Reader::Staff { controller: staff.controller, token: staff.actor.to_string() });
    }
    let subject = session::authenticate(call).await?.ok_or_else(Problem::not_signed_in)?;
    let contact = Contact::read(&call.environment, &subject.controller, &subject.email)?;
    let contact = contact.ok_or_else(Problem::not_signed_in)?;
    Ok(Reader::Subject { controller: subject.controller, contact })
}

/// Staff may read every file; the person those that are for them, of requests whose address is theirs.
async fn may_read(database: &Database, reader: &Reader, file: &File) -> Result<bool, Problem> {
    let Reader::Subject { controller, contact } = reader else { return Ok(true) };
    let Some(identity) = contact.identity(database, controller).await? else { return Ok(false) };
    let statement = database.statement(
        "SELECT 1 FROM rights_requests WHERE controller = ?1 AND id = ?2 AND contact = ?3",
        &[D1Type::Text(controller.as_str()), D1Type::Text(file.request.as_str()), D1Type::Text(identity.as_str())],
    )?;
    let is_theirs = database.first::<IgnoredAny>(statement).await?.is_some();
    Ok(is_theirs && file.is_for_subject())
}

/// Counts and journals one download in one batch. Whether there was one left: of several at once that want the last, one has it.
async fn take(database: &Database, reader: &Reader, file: &File, now: Timestamp) -> Result<bool, Problem> {
    let (actor, detail, is_open, once): (Actor, Value, &str, &str) = match reader {
        Reader::Staff { token, .. } => {
            (Actor::Staff, json!({"file": file.id, "kind": file.kind, "by": token}), "TRUE", "downloads")
        }
        Reader::Subject { .. } => (
            Actor::Subject,
            json!({"file": file.id, "kind": file.kind}),
            "downloads < most AND expires_at > ?3",
            "downloads + 1",
        ),
    };
    let controller = reader.controller();
    let entry = Entry {
        controller: controller.clone(),
        at: now,
        actor,
        action: Action::RightsRequestDownloaded,
        object: file.request.to_string(),
        detail,
    };
    // The entry stands in front of its effect and under the same condition. Its `?2` is the request.
    let open = is_open.replace("?3", &now.millis().to_string());
    let there = [
        "EXISTS (SELECT 1 FROM rights_files WHERE controller = ?1 AND request = ?2 AND id = '",
        file.id.as_str(),
        "' AND ",
        &open,
        ")",
    ];
    let sql = [
        "UPDATE rights_files SET downloads = ",
        once,
        " WHERE controller = ?1 AND id = ?2 AND ?3 > 0 AND ",
        is_open,
        " RETURNING 1",
    ];
    let count = database
        .statement(&sql.concat(), &[D1Type::Text(controller.as_str()), D1Type::Text(file.id.as_str()), time(now)])?;
    Ok(database.batch::<IgnoredAny>(vec![append(database, &entry, &there.concat())?, count]).await?.is_some())
}

/// A type as it was given; one that is none is only bytes.
fn media_type(given: &str) -> &str {
    let is_token = |text: &str| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    };
    let bare = given.split(';').next().unwrap_or_default();
    let is_type = bare.split_once('/').is_some_and(|(main, sub)| is_token(main) && is_token(sub));
    let is_plain = given.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic());
    if is_type && is_plain { given } else { "application/octet-stream" }
}

/// RFC 6266: always to be saved. The name is given twice, for programs that know only ASCII and for all others.
fn disposition(name: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_. ()".contains(letter);
    let ascii: String = name.chars().map(|letter| if plain(letter) { letter } else { '_' }).collect();
    let mut header = ["attachment; filename=\"", ascii.trim_start_matches('.'), "\"; filename*=UTF-8''"].concat();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
            header.push(char::from(byte));
        } else {
            header.push('%');
            for digit in [byte >> 4_u8, byte & 15] {
                header.push(char::from_digit(digit.into(), 16).unwrap_or('0').to_ascii_uppercase());
            }
        }
    }
    header
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_never_more_than_a_name_of_a_header() {
        assert_eq!(disposition("data.csv"), "attachment; filename=\"data.csv\"; filename*=UTF-8''data.csv");
        let hostile = disposition("a\"; filename=evil.exe\r\nSet-Cookie: x=1\u{202e}fdp.exe");
        assert!(hostile.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' '), "{hostile}");
        assert_eq!(hostile.matches('"').count(), 2, "{hostile}");
        assert!(hostile.contains("%0D%0ASet-Cookie%3A"));
        assert!(disposition("Auskunft für Jörg.html").ends_with("Auskunft%20f%C3%BCr%20J%C3%B6rg.html"));
    }

    #[test]
    fn a_type_that_is_none_is_bytes() {
        for given in ["text/html; charset=utf-8", "application/vnd.ms-excel", "image/svg+xml"] {
            assert_eq!(media_type(given), given);
        }
        for given in ["", "html", "text/", "text/html\r\nX: 1", "te xt/html", "text/h\"tml"] {
            assert_eq!(media_type(given), "application/octet-stream", "{given}");
        }
    }
}
