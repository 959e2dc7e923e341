//! The journal as staff see it.

use serde::Deserialize;
use serde_json::Value;

use crate::{graphql::shown::Shown, http::Problem, journal::Stored};

#[derive(Deserialize)]
struct Entry {
    actor: String,
    detail: Value,
}

/// An entry of the journal.
pub(in crate::graphql) fn shown(stored: &Stored) -> Result<Shown, Problem> {
    let unreadable = |_| Problem::internal(&format!("the journal's entry {} cannot be read", stored.seq));
    let Entry { actor, detail } = serde_json::from_str(&stored.entry).map_err(unreadable)?;
    Ok(Shown::Object(vec![
        ("seq", stored.seq.into()),
        ("at", stored.at.into()),
        ("actor", actor.into()),
        ("action", stored.action.as_str().into()),
        ("object", stored.object.as_str().into()),
        ("detail", Shown::Json(detail)),
        ("entry", stored.entry.as_str().into()),
        ("leaf", (&stored.leaf).into()),
    ]))
}
