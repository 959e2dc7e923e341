//! The journal: the append-only log of everything the platform did with personal data.
//!
//! An entry says what happened in pseudonyms only. Its leaf hash is that of RFC 6962 (section 2.1), so that signed
//! heads and proofs can be made over the entries without changing one of them. The position in the log is given by the
//! database in the same batch as the effect, and is not part of what is hashed.

use serde::Serialize;
use serde_json::Value;

use crate::{
    canonical,
    id::{ControllerId, Fingerprint},
    time::Timestamp,
};

/// Who did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// A visitor of a site.
    Visitor,
    /// Nod itself.
    System,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Action {
    /// A visitor's choice was recorded.
    #[serde(rename = "consent.recorded")]
    ConsentRecorded,
}

impl Action {
    /// The name that the entry and the database use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ConsentRecorded => "consent.recorded",
        }
    }
}

/// One entry.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// Whose log it is.
    pub controller: ControllerId,
    /// When, by the server's clock.
    pub at: Timestamp,
    /// Who did it.
    pub actor: Actor,
    /// What was done.
    pub action: Action,
    /// What it was done to: an id of that kind of thing.
    pub object: String,
    /// What else is needed to understand it. No raw personal data.
    pub detail: Value,
}

/// An entry as it is stored: its canonical bytes and their leaf hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// The canonical JSON of the entry.
    pub entry: String,
    /// `SHA-256(0x00 ‖ entry)`.
    pub hash: Fingerprint,
}

impl Entry {
    /// The entry as it is stored.
    pub fn leaf(&self) -> Result<Leaf, serde_json::Error> {
        let entry = serde_json::to_value(self)?.to_string();
        let mut preimage = vec![0];
        preimage.extend_from_slice(entry.as_bytes());
        Ok(Leaf { hash: Fingerprint::from_digest(&canonical::sha256(&preimage)), entry })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_has_one_name() {
        assert_eq!(serde_json::to_value(Action::ConsentRecorded).unwrap(), Action::ConsentRecorded.name());
    }

    #[test]
    fn the_leaf_is_the_hash_of_a_zero_byte_and_the_canonical_entry() {
        let entry = Entry {
            controller: ControllerId::parse("demo").unwrap(),
            at: Timestamp::from_millis(0).unwrap(),
            actor: Actor::Visitor,
            action: Action::ConsentRecorded,
            object: "r".into(),
            detail: serde_json::json!({"b": 1, "a": true}),
        };
        let leaf = entry.leaf().unwrap();
        assert_eq!(
            leaf.entry,
            r#"{"action":"consent.recorded","actor":"visitor","at":"1970-01-01T00:00:00.000Z","controller":"demo","detail":{"a":true,"b":1},"object":"r"}"#
        );
        assert_eq!(leaf.hash, Fingerprint::of(format!("\0{}", leaf.entry).as_bytes()));
    }
}
