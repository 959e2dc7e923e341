//! The journal as a file, the newest entry first.

use nod_core::journal::Action;
use serde::Deserialize;
use serde_json::Value;

use super::{AT_ONCE, Asked, File};
use crate::{
    http::Problem,
    journal::{self, Filter, Stored},
    page,
};

const COLUMNS: &[&str] = &["seq", "at", "actor", "by", "action", "object", "detail", "leaf"];

#[derive(Deserialize)]
struct Entry {
    actor: String,
    #[serde(default)]
    detail: Value,
}

pub(super) async fn file(asked: &mut Asked<'_>) -> Result<File, Problem> {
    let filter = filter(asked)?;
    let mut file = File::new(COLUMNS);
    let mut after = None;
    loop {
        let page = page::Asked { first: AT_ONCE, after };
        let found = journal::list(asked.database, &asked.staff.controller, &filter, &page).await?;
        for row in &found.rows {
            push(&mut file, row)?;
        }
        after = found.rows.last().map(|row| row.seq);
        if file.is_done(found.has_more) {
            return Ok(file);
        }
    }
}

fn filter(asked: &mut Asked<'_>) -> Result<Filter, Problem> {
    let action = asked.text("action");
    if action.as_deref().is_some_and(|action| !journal::is_prefix(action) && !is_action(action)) {
        return Err(Problem::wrong_parameter(
            "action",
            "is no name of something that is done, nor a beginning with its dot",
        ));
    }
    let actor = asked.text("actor");
    let actor = actor.map(|who| if who == "me" { asked.staff.actor.to_string() } else { who });
    Ok(Filter { action, object: asked.text("object"), actor, from: asked.moment("from")?, to: asked.moment("to")? })
}

fn is_action(name: &str) -> bool {
    Action::ALL.iter().any(|action| action.name() == name)
}

fn push(file: &mut File, row: &Stored) -> Result<(), Problem> {
    let unreadable = |_| Problem::internal(&format!("the journal's entry {} cannot be read", row.seq));
    let Entry { actor, detail } = serde_json::from_str(&row.entry).map_err(unreadable)?;
    let by = detail.get("by").and_then(Value::as_str).unwrap_or_default();
    let (seq, at, leaf) = (row.seq.to_string(), row.at.rfc3339(), row.leaf.to_string());
    file.push(&[&seq, &at, &actor, by, &row.action, &row.object, &detail.to_string(), &leaf]);
    Ok(())
}
