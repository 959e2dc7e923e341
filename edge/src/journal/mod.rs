//! The journal's table: an entry is written in the batch of its effect, and only if the effect took place.

use nod_core::journal::Entry;
use worker::{D1PreparedStatement, D1Type};

use crate::{
    database::{Database, time},
    http::Problem,
};

/// The statement that appends an entry behind its effect.
///
/// `effect` is an SQL condition over `?1`, the controller, and `?2`, the entry's object, that holds only once the effect is
/// there. Batches run one after another, so the next number is never given twice.
pub(crate) fn append(database: &Database, entry: &Entry, effect: &str) -> Result<D1PreparedStatement, Problem> {
    let leaf = entry.leaf().map_err(|_| Problem::internal("a journal entry that JSON cannot hold"))?;
    database.statement(
        &format!(
            "INSERT INTO journal (controller, seq, at, action, object, entry, leaf)
             SELECT ?1, (SELECT COALESCE(MAX(seq), 0) + 1 FROM journal WHERE controller = ?1), ?3, ?4, ?2, ?5, ?6
             WHERE {effect}"
        ),
        &[
            D1Type::Text(entry.controller.as_str()),
            D1Type::Text(&entry.object),
            time(entry.at),
            D1Type::Text(entry.action.name()),
            D1Type::Text(&leaf.entry),
            D1Type::Text(leaf.hash.as_str()),
        ],
    )
}
