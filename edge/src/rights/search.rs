//! Requests by what staff typed: a request's number, or something that a person is known by. A value is looked for by its mark and
//! forgotten with the call.

use nod_core::{
    id::{ControllerId, IdentityId, RightsRequestId},
    identity::Kind,
};
use serde::Deserialize;
use worker::D1Type;

use super::contact::Contact;
use crate::{
    database::{self, Database},
    environment::Environment,
    http::Problem,
    identity::{self, Found},
    keys,
};

/// The longest text that is searched for, in characters.
pub(crate) const LONGEST: usize = 200;
/// As many as a search finds.
const MOST: i32 = 200;
/// The beginning of an id that finds it, in characters.
const NUMBER: usize = 4;

#[derive(Deserialize)]
struct Row {
    id: RightsRequestId,
}

/// The requests that a text may mean, in no order.
pub(crate) async fn search(
    environment: &Environment,
    database: &Database,
    controller: &ControllerId,
    text: &str,
) -> Result<Vec<RightsRequestId>, Problem> {
    let text = text.trim();
    let (people, marks) = people(environment, database, controller, text).await?;
    let [begin, end] = numbers(text);
    let statement = database.statement(
        "SELECT id FROM rights_requests WHERE controller = ?1 AND id >= ?2 AND id < ?3
         UNION SELECT id FROM (SELECT value AS one FROM json_each(?4)) CROSS JOIN rights_requests
           ON controller = ?1 AND contact = one AND contact IS NOT NULL
         UNION SELECT request FROM (SELECT value AS one FROM json_each(?4)) CROSS JOIN rights_request_identities
           ON controller = ?1 AND identity = one
         UNION SELECT id FROM (SELECT value AS one FROM json_each(?5)) CROSS JOIN rights_requests
           ON controller = ?1 AND contact_mark = one AND contact_mark IS NOT NULL
         LIMIT ?6",
        &[
            D1Type::Text(controller.as_str()),
            D1Type::Text(&begin),
            D1Type::Text(&end),
            D1Type::Text(&database::json(&people)?),
            D1Type::Text(&database::json(&marks)?),
            D1Type::Integer(MOST),
        ],
    )?;
    Ok(database.all::<Row>(statement).await?.into_iter().map(|row| row.id).collect())
}

/// Every identity of the person that a text names, and the marks of an address that nobody proved yet.
async fn people(
    environment: &Environment,
    database: &Database,
    controller: &ControllerId,
    text: &str,
) -> Result<(Vec<IdentityId>, Vec<String>), Problem> {
    let masters = keys::masters(environment)?;
    let is_address = text.contains('@');
    let kinds: &[Kind] = if is_address { &[Kind::Email] } else { &[Kind::Phone, Kind::CustomerId] };
    let mut people = Vec::new();
    for kind in kinds {
        let found = identity::find_by_identifier(database, &masters, controller, *kind, text, None).await?;
        if let Found::One(id) = found {
            let (kin, _is_partial) = identity::kin(database, &masters, controller, &id).await?;
            people.extend(kin);
            people.push(id);
        }
    }
    let contact = if is_address { Contact::read(environment, controller, text)? } else { None };
    let marks = contact.map(|contact| contact.marks.iter().map(ToString::to_string).collect());
    Ok((people, marks.unwrap_or_default()))
}

/// From where to where the ids lie that a text begins; nowhere, if it can be the beginning of none.
fn numbers(text: &str) -> [String; 2] {
    let number = text.strip_prefix('#').unwrap_or(text);
    let is_number = number.len() >= NUMBER
        && number.len() <= 22
        && number.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    // Behind every character of an id.
    if is_number { [number.to_owned(), [number, "~"].concat()] } else { [String::new(), String::new()] }
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn the_beginning_of_an_id_is_a_number_and_other_text_is_none() {
        assert_eq!(numbers("#aB3-_x9Z"), ["aB3-_x9Z".to_owned(), "aB3-_x9Z~".to_owned()]);
        for text in ["", "abc", "ada@example.com", "+49 30 901820", "a b c d", "aaaaaaaaaaaaaaaaaaaaaaaaa"] {
            assert_eq!(numbers(text), [String::new(), String::new()], "{text}");
        }
    }
}
