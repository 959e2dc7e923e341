//! One event, as the edge knows it.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value};

use crate::{id::PurposeId, time::Timestamp};

/// Something that happened on a page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// What makes it one event however often it is sent. Without it nobody can know.
    pub id: Option<EventId>,
    /// `add_to_cart`
    pub name: String,
    /// When it happened: never after it was received.
    #[serde(serialize_with = "millis")]
    pub at: Timestamp,
    /// What it is told for.
    pub purpose: PurposeId,
    /// What the page says about it.
    pub props: Map<String, Value>,
}

/// Who numbers events (one load of a page, as a rule), and the number. Written `source.number`; an id without a number is a
/// source with one event.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EventId {
    source: String,
    /// One more than the number, so that 0 is an id without one.
    sequence: u32,
}

impl EventId {
    /// `None` where it is not `[A-Za-z0-9_-]{1,64}`, then perhaps a dot and 1 to 9 digits that do not begin with a needless 0.
    pub fn parse(text: &str) -> Option<Self> {
        let (source, number) = match text.split_once('.') {
            None => (text, None),
            Some((source, number)) => (source, Some(number)),
        };
        let is_token = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        if !(1..=64).contains(&source.len()) || !source.bytes().all(is_token) {
            return None;
        }
        let sequence = match number {
            None => 0,
            Some(digits) => {
                let is_plain = (1..=9).contains(&digits.len())
                    && digits.bytes().all(|digit| digit.is_ascii_digit())
                    && (digits.len() == 1 || !digits.starts_with('0'));
                is_plain.then(|| digits.parse::<u32>().ok())??.checked_add(1)?
            }
        };
        Some(Self { source: source.to_owned(), sequence })
    }

    /// Who numbered it.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Its place among the source's: 0 for an id without a number, else one more than the number.
    pub const fn sequence(&self) -> u32 {
        self.sequence
    }
}

impl fmt::Display for EventId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.sequence.checked_sub(1) {
            None => out.write_str(&self.source),
            Some(number) => write!(out, "{}.{number}", self.source),
        }
    }
}

impl TryFrom<String> for EventId {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not the id of an event")
    }
}

impl From<EventId> for String {
    fn from(id: EventId) -> Self {
        id.to_string()
    }
}

/// A moment as the number that it is read back from.
#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it so; only where pointers are as long is it a remark"
)]
pub(super) fn millis<S: Serializer>(at: &Timestamp, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_i64(at.millis())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_no_id_is_not_read() {
        for text in ["", ".", ".1", "a.", "a.b", "a.01", "a.1.2", "a b.1", "a.1234567890", "a.-1", &"a".repeat(65)] {
            assert!(EventId::parse(text).is_none(), "{text}");
        }
        assert_ne!(EventId::parse("a"), EventId::parse("a.0"));
    }

    proptest! {
        #[test]
        fn an_id_is_written_as_it_was_read(text in "[A-Za-z0-9_-]{1,64}(\\.(0|[1-9][0-9]{0,8}))?") {
            prop_assert_eq!(EventId::parse(&text).unwrap().to_string(), text);
        }
    }
}
