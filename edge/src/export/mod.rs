//! `GET /v1/export/requests.csv` and `GET /v1/export/journal.csv`: lists of staff as files, with the filters of the lists. An export is
//! in the journal before anything is handed out, with its filters and how much it was.

mod journal;
mod requests;

use nod_core::{
    journal::{Action, Actor, Entry},
    rights::package::csv_line,
    staff::Scope,
    time::Timestamp,
};
use serde_json::{Map, Value, json};

use crate::{
    clock,
    database::Database,
    http::{Answer, Call, Problem},
    journal::append,
    staff::{self, Credentials, Staff},
};

/// As many rows as a file has. There is one query for each [`AT_ONCE`].
const MOST: usize = 50_000;
/// As many rows as are read at once.
const AT_ONCE: u16 = 2_500;

/// What there is to export, by the end of its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum List {
    Requests,
    Journal,
}

impl List {
    fn parse(name: &str) -> Option<Self> {
        match name {
            "requests.csv" => Some(Self::Requests),
            "journal.csv" => Some(Self::Journal),
            _ => None,
        }
    }

    const fn scope(self) -> Scope {
        match self {
            Self::Requests => Scope::Requests,
            Self::Journal => Scope::Journal,
        }
    }

    const fn action(self) -> Action {
        match self {
            Self::Requests => Action::RightsExported,
            Self::Journal => Action::JournalExported,
        }
    }
}

/// Lines, and whether there were more than a file has.
struct File {
    lines: String,
    rows: usize,
    has_more: bool,
}

impl File {
    fn new(header: &[&str]) -> Self {
        let mut lines = String::new();
        csv_line(header, &mut lines);
        Self { lines, rows: 0, has_more: false }
    }

    fn push(&mut self, cells: &[&str]) {
        csv_line(cells, &mut self.lines);
        self.rows = self.rows.saturating_add(1);
    }

    /// Whether the file is whole, with what a page says of what is behind it.
    fn is_done(&mut self, has_more: bool) -> bool {
        let is_full = self.rows >= MOST;
        self.has_more = has_more && is_full;
        is_full || !has_more
    }
}

/// What was asked for, and the same for the journal.
struct Asked<'a> {
    call: &'a Call,
    staff: &'a Staff,
    database: &'a Database,
    now: Timestamp,
    /// The filters that were said, without a value that could name a person.
    said: Map<String, Value>,
}

impl Asked<'_> {
    /// A parameter that is said.
    fn text(&mut self, name: &'static str) -> Option<String> {
        let text = self.call.parameter(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())?;
        let shown = if is_name(&text) { Value::String(text.clone()) } else { Value::Bool(true) };
        self.said.insert(name.to_owned(), shown);
        Some(text)
    }

    /// A name of something, in the rules' writing.
    fn name(&mut self, name: &'static str, is_known: impl Fn(&str) -> bool) -> Result<Option<String>, Problem> {
        let text = self.text(name).map(|text| text.to_ascii_lowercase());
        if text.as_deref().is_some_and(|text| !is_known(text)) {
            return Err(Problem::wrong_parameter(name, "is none of the names that the API has for it"));
        }
        Ok(text)
    }

    fn is(&mut self, name: &'static str) -> Result<bool, Problem> {
        match self.text(name).as_deref() {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(_) => Err(Problem::wrong_parameter(name, "is true or false")),
        }
    }

    fn moment(&mut self, name: &'static str) -> Result<Option<Timestamp>, Problem> {
        let read = |text: String| {
            let wrong = || Problem::wrong_parameter(name, "is no moment such as 2026-11-23T12:00:00Z");
            Timestamp::parse(&text).ok_or_else(wrong)
        };
        self.text(name).map(read).transpose()
    }
}

/// Names, ids and moments are made of these; addresses, numbers and names of people are not, or are too short to be told apart.
fn is_name(text: &str) -> bool {
    text.len() <= 64
        && text.starts_with(|first: char| first.is_ascii_alphanumeric())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-:".contains(&byte))
}

/// The file, or a problem that says what to do.
pub(crate) async fn answer(call: &Call, name: &str) -> Result<Answer, Problem> {
    call.must_be_get()?;
    let list = List::parse(name).ok_or_else(Problem::nothing_here)?;
    if !call.is_of_our_pages() {
        return Err(Problem::cross_site());
    }
    let Credentials::Valid(staff) = staff::authenticate(call).await? else { return Err(Problem::not_staff()) };
    if !staff.scopes.reach(list.scope()) {
        return Err(staff::refused_out_of_reach(call, &staff, name, list.scope()).await);
    }
    // A look at the headers exports nothing.
    if call.request.inner().method() == "HEAD" {
        return Ok(attachment(name, Vec::new()));
    }
    let database = Database::of(call)?;
    let mut asked = Asked { call, staff: &staff, database: &database, now: clock::now()?, said: Map::new() };
    let file = match list {
        List::Requests => requests::file(&mut asked).await?,
        List::Journal => journal::file(&mut asked).await?,
    };
    note(&asked, list, name, &file).await?;
    let answer = attachment(name, file.lines.into_bytes()).with("Nod-Rows", file.rows.to_string());
    Ok(if file.has_more { answer.with("Nod-More", "true") } else { answer })
}

fn attachment(name: &str, content: Vec<u8>) -> Answer {
    Answer::new(200, "text/csv; charset=utf-8; header=present", content)
        .with("Content-Disposition", ["attachment; filename=\"", name, "\""].concat())
        .with("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox")
        .with("Cross-Origin-Resource-Policy", "same-origin")
        .with("Cache-Control", "no-store")
}

async fn note(asked: &Asked<'_>, list: List, name: &str, file: &File) -> Result<(), Problem> {
    let entry = Entry {
        controller: asked.staff.controller.clone(),
        at: asked.now,
        actor: Actor::Staff,
        action: list.action(),
        object: name.to_owned(),
        detail: json!({
            "by": asked.staff.actor, "filter": asked.said, "rows": file.rows, "is_whole": !file.has_more,
        }),
    };
    asked.database.batch::<Value>(vec![append(asked.database, &entry, "1")?]).await.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_name_a_person_does_not_go_into_the_journal() {
        for text in ["me", "2026-11-23T12:00:00Z", "rights_request.", "AbC_-123"] {
            assert!(is_name(text), "{text}");
        }
        for text in ["ada@example.com", "+49 30 901820", "+4930901820", "Ada Lovelace", "", "#AbCd"] {
            assert!(!is_name(text), "{text}");
        }
    }

    #[test]
    fn a_file_says_whether_there_was_more_than_it_has() {
        let mut file = File::new(&["a"]);
        assert!(file.is_done(false) && !file.has_more);
        assert!(!file.is_done(true) && !file.has_more);
        file.rows = MOST;
        assert!(file.is_done(true) && file.has_more);
    }
}
