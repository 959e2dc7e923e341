//! The journal as staff see it.

use async_graphql::{
    ID, InputObject, OutputType, SimpleObject,
    connection::{ConnectionNameType, EdgeNameType},
};
use serde::Deserialize;
use serde_json::Value;

use crate::{graphql::time::DateTime, http::Problem, journal::Stored};

/// Which entries.
#[derive(Default, InputObject)]
pub(in crate::graphql) struct JournalFilter {
    /// Those that say that this was done: `delivery.processed`.
    pub(in crate::graphql) action: Option<String>,
    /// Those about the thing of this id.
    pub(in crate::graphql) object: Option<String>,
}

/// Something that was done with personal data.
#[derive(SimpleObject)]
pub(in crate::graphql) struct JournalEntry {
    /// Its place in the journal, counted from 1 without a gap.
    seq: i64,
    /// When it was done.
    at: DateTime,
    /// Who did it: `visitor`, `platform`, `staff`, `system`.
    actor: String,
    /// What was done: `delivery.processed`.
    action: String,
    /// What it was done to.
    object: ID,
    /// What else is needed to understand it.
    detail: Value,
    /// The canonical JSON of the entry: what `leaf` is the hash of.
    entry: String,
    /// SHA-256 of a zero byte and the entry, hex (RFC 6962, section 2.1).
    leaf: String,
}

#[derive(Deserialize)]
struct Entry {
    actor: String,
    detail: Value,
}

impl TryFrom<Stored> for JournalEntry {
    type Error = Problem;

    fn try_from(stored: Stored) -> Result<Self, Problem> {
        let unreadable = |_| Problem::internal(&format!("the journal's entry {} cannot be read", stored.seq));
        let Entry { actor, detail } = serde_json::from_str(&stored.entry).map_err(unreadable)?;
        Ok(Self {
            seq: stored.seq,
            at: stored.at.into(),
            actor,
            action: stored.action,
            object: stored.object.into(),
            detail,
            entry: stored.entry,
            leaf: stored.leaf.into(),
        })
    }
}

/// A page of the journal is a `JournalConnection`.
pub(in crate::graphql) struct JournalConnection;

impl ConnectionNameType for JournalConnection {
    fn type_name<T: OutputType>() -> String {
        "JournalConnection".to_owned()
    }
}

/// Its edges are `JournalEdge`s.
pub(in crate::graphql) struct JournalEdge;

impl EdgeNameType for JournalEdge {
    fn type_name<T: OutputType>() -> String {
        "JournalEdge".to_owned()
    }
}
