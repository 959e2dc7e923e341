//! The journal's table: an entry is written in the batch of its effect, and only if the effect took place.

mod list;

pub(crate) use list::{Filter, Stored, is_prefix, list};

use std::slice;

use nod_core::{id::ControllerId, journal::Entry};
use serde_json::{Value, json};
use worker::{D1PreparedStatement, D1Type};

use crate::{
    database::{self, Database},
    http::Problem,
};

/// The statement that appends an entry behind its effect.
///
/// `effect` is an SQL condition over `?1`, the controller, and `?2`, the entry's object, that holds only once the effect is
/// there. Batches run one after another, so the next number is never given twice.
pub(crate) fn append(database: &Database, entry: &Entry, effect: &str) -> Result<D1PreparedStatement, Problem> {
    append_all(database, &entry.controller, slice::from_ref(entry), &entry.object, effect)
}

/// The statement that appends entries of one controller behind their common effect, in their order.
///
/// `effect` is an SQL condition over `?1`, the controller, and `?2`, which is `key`.
pub(crate) fn append_all(
    database: &Database,
    controller: &ControllerId,
    entries: &[Entry],
    key: &str,
    effect: &str,
) -> Result<D1PreparedStatement, Problem> {
    let rows = entries.iter().map(row).collect::<Result<Vec<_>, _>>()?;
    database.statement(
        &format!(
            "INSERT INTO journal (controller, seq, at, action, object, entry, leaf)
             SELECT ?1, (SELECT COALESCE(MAX(seq), 0) FROM journal WHERE controller = ?1) + 1 + key,
                    value ->> 'at', value ->> 'action', value ->> 'object', value ->> 'entry', value ->> 'leaf'
             FROM json_each(?3) WHERE {effect}"
        ),
        &[D1Type::Text(controller.as_str()), D1Type::Text(key), D1Type::Text(&database::json(&rows)?)],
    )
}

fn row(entry: &Entry) -> Result<Value, Problem> {
    let leaf = entry.leaf().map_err(|_| Problem::internal("a journal entry that JSON cannot hold"))?;
    Ok(json!({
        "at": entry.at.millis(), "action": entry.action.name(), "object": entry.object,
        "entry": leaf.entry, "leaf": leaf.hash,
    }))
}
