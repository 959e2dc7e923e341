//! How the tables of all sources are written, and how they are read.

use crate::sorted::SortedSet;

use serde_json::Value;

use super::{Class, Evidence, Identifier, Path, Written};
use crate::{identity::Kind, time::Timestamp};

/// Which personal data a payload can hold: each line is some places and what each of them can hold.
pub(super) type Table = &'static [Line];

/// Things of one shape. A payload has an address in several places.
pub(super) struct Line {
    /// Where such a thing stands; `""` is the payload itself.
    pub(super) at: &'static [&'static str],
    /// What it can hold, by class, with the paths from there.
    pub(super) holds: &'static [(Class, &'static [&'static str])],
}

/// Where the identifiers of one person stand: all of them make one record.
#[derive(Clone, Copy)]
pub(super) struct Person {
    pub(super) email: &'static [&'static str],
    pub(super) phone: &'static [&'static str],
    pub(super) customer_id: &'static [&'static str],
}

/// How many things of a list are looked at: an order has some dozens, and each is held against many paths.
const MAX_THINGS: usize = 1000;

/// Adds the classes that are there. Nothing is read but whether something stands there.
pub(super) fn classes(table: Table, within: &Value, found: &mut SortedSet<Class>) {
    for (line, place) in table.iter().flat_map(|line| line.at.iter().map(move |place| (line, *place))) {
        let path = Path::of(place);
        let top = place.is_empty().then_some(within);
        for thing in top.into_iter().chain(path.find(within)).take(MAX_THINGS) {
            for (class, fields) in line.holds {
                let is_there = |field: &&'static str| Path::of(field).find(thing).any(is_present);
                if !found.contains(class) && fields.iter().any(is_there) {
                    found.insert(*class);
                }
            }
        }
    }
}

/// Whether anything stands there: empty text and `null` are nothing, and so is what holds nothing else.
pub(super) fn is_present(value: &Value) -> bool {
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::Null => {}
            Value::Array(list) => open.extend(list),
            Value::Object(map) => open.extend(map.values()),
            Value::String(text) if text.trim().is_empty() => {}
            Value::String(_) | Value::Bool(_) | Value::Number(_) => return true,
        }
    }
    false
}

impl Person {
    /// What the payload says about the person.
    pub(super) fn identifiers(&self, within: &Value) -> SortedSet<Identifier> {
        [(Kind::Email, self.email), (Kind::Phone, self.phone), (Kind::CustomerId, self.customer_id)]
            .into_iter()
            .flat_map(|(kind, paths)| paths.iter().map(move |path| (kind, Path::of(path))))
            .flat_map(|(kind, path)| {
                path.find(within).filter_map(move |value| identifier(kind, value)).collect::<Vec<_>>()
            })
            .collect()
    }
}

/// The identifier that a value is. A number is one by its digits; one with a fraction, or beyond 64 bits, has been
/// rounded already and is none.
pub(super) fn identifier(kind: Kind, value: &Value) -> Option<Identifier> {
    let text = text(value)?;
    let text = match kind {
        // Shopify writes the same id in two ways.
        Kind::CustomerId => text.strip_prefix("gid://shopify/Customer/").unwrap_or(&text),
        Kind::Email | Kind::Phone => &text,
    };
    Some(Identifier { kind, value: Written::new(text) })
}

/// Text that is not blank, or a whole number's digits.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Number(number) if number.is_u64() || number.is_i64() => Some(number.to_string()),
        _ => None,
    }
}

/// The first text at a path of a table.
pub(super) fn text_at(within: &Value, path: &'static str) -> Option<String> {
    Path::of(path).find(within).find_map(text)
}

/// An RFC 3339 time at a path of a table.
pub(super) fn moment_at(within: &Value, path: &'static str) -> Option<Timestamp> {
    moment(Path::of(path).find(within).next()?.as_str()?)
}

/// Reads RFC 3339.
pub(super) fn moment(text: &str) -> Option<Timestamp> {
    Timestamp::from_millis(chrono::DateTime::parse_from_rfc3339(text).ok()?.timestamp_millis())
}

/// Unix seconds at a path of a table.
pub(super) fn seconds_at(within: &Value, path: &'static str) -> Option<Timestamp> {
    Timestamp::from_millis(Path::of(path).find(within).next()?.as_i64()?.checked_mul(1000)?)
}

/// The name of an event: at most 100 letters, digits and `.`, `_`, `-`, `/`, `:`. Spaces become `_`. What has other
/// characters is no name, and might be personal data.
pub(super) fn event_name(text: &str) -> Option<String> {
    let name = text.replace(' ', "_");
    is_word(&name, 100, b"._-/:").then_some(name)
}

/// Evidence that is kept as it is: words, codes and times. Anything else might be personal data and is left out.
pub(super) fn plain(text: Option<String>) -> Option<Evidence> {
    text.filter(|text| is_word(text, 64, b"._-:+")).map(Evidence::Plain)
}

fn is_word(text: &str, longest: usize, others: &[u8]) -> bool {
    (1..=longest).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || others.contains(&byte))
}

/// The paths of a table, places and fields put together, for tests.
#[cfg(test)]
pub(super) fn paths(table: Table) -> Vec<(String, Class)> {
    let mut all = Vec::new();
    for line in table {
        for place in line.at {
            for (class, fields) in line.holds {
                for field in *fields {
                    let joined = if place.is_empty() { (*field).to_owned() } else { format!("{place}.{field}") };
                    all.push((joined, *class));
                }
            }
        }
    }
    all
}
