//! What became of subjects, as statements: a change and its journal entry, once.

use nod_core::{
    id::ControllerId,
    identity::neighbourhood::{Cause, SubjectChange, Turn},
    journal::{Action, Actor, Entry},
    time::Timestamp,
};
use serde_json::{Value, json};
use worker::{D1PreparedStatement, D1Type};

use crate::{
    database::{self, Database, time},
    http::Problem,
    journal,
};

/// What a cause is called in the outbox and in the table of changes.
pub(super) fn name(cause: &Cause) -> &str {
    match cause {
        Cause::Observation(id) => id,
        Cause::Split(id) => id.as_str(),
    }
}

/// The statements that store what one cause made of subjects, with journal entries. `pending` is an SQL condition over `?1`,
/// the controller, and `?2`, the cause, that holds as long as nobody has stored it.
pub(super) fn store(
    database: &Database,
    controller: &ControllerId,
    cause: &Cause,
    changes: &[SubjectChange],
    at: Timestamp,
    pending: &str,
) -> Result<Vec<D1PreparedStatement>, Problem> {
    if changes.is_empty() {
        return Ok(Vec::new());
    }
    let entries: Vec<Entry> = changes.iter().map(|change| entry(controller, change, at)).collect();
    let rows = database::json(&changes.iter().map(row).collect::<Vec<_>>())?;
    let (owner, cause) = (D1Type::Text(controller.as_str()), name(cause));
    let insertion = format!(
        "INSERT INTO subject_changes (controller, id, at, kind, cause, because)
         SELECT ?1, value ->> 'id', ?3, value ->> 'kind', ?2, value ->> 'because' FROM json_each(?4)
         WHERE {pending} ON CONFLICT DO NOTHING"
    );
    let sides = format!(
        "INSERT INTO subject_change_identities (controller, change, is_after, side, identity)
         SELECT ?1, change.value ->> 'id', side.value ->> 0, side.value ->> 1, side.value ->> 2
         FROM json_each(?3) AS change CROSS JOIN json_each(change.value, '$.sides') AS side
         WHERE {pending} ON CONFLICT DO NOTHING"
    );
    Ok(vec![
        journal::append_all(database, controller, &entries, cause, pending)?,
        database.statement(&insertion, &[owner, D1Type::Text(cause), time(at), D1Type::Text(&rows)])?,
        database.statement(&sides, &[D1Type::Text(controller.as_str()), D1Type::Text(cause), D1Type::Text(&rows)])?,
    ])
}

fn entry(controller: &ControllerId, change: &SubjectChange, at: Timestamp) -> Entry {
    let action = match change.turn {
        Turn::Merged => Action::SubjectsMerged,
        Turn::Parted => Action::SubjectsParted,
    };
    let detail = json!({
        "after": change.after, "because": change.because, "before": change.before, "cause": name(&change.cause),
    });
    Entry { controller: controller.clone(), at, actor: Actor::System, action, object: change.id.to_string(), detail }
}

fn row(change: &SubjectChange) -> Value {
    let sides = [(0, &change.before), (1, &change.after)].into_iter().flat_map(|(is_after, sides)| {
        let numbered = sides.iter().enumerate();
        numbered.flat_map(move |(side, all)| all.iter().map(move |identity| json!([is_after, side, identity])))
    });
    json!({
        "id": change.id,
        "kind": change.turn.name(),
        "because": json!(change.because).to_string(),
        "sides": sides.collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use nod_core::sorted::SortedSet;

    use nod_core::id::{ChangeId, IdentityId};

    use super::*;

    #[test]
    fn a_change_is_stored_with_the_sides_of_both_states() {
        let [one, other] = [1, 2].map(|bits| IdentityId::from_random([bits; 16]));
        let side = |all: &[&IdentityId]| all.iter().copied().cloned().collect::<SortedSet<_>>();
        let change = SubjectChange {
            id: ChangeId::from_random([3; 16]),
            turn: Turn::Merged,
            cause: Cause::Observation("o".to_owned()),
            before: vec![side(&[&one]), side(&[&other])],
            after: vec![side(&[&one, &other])],
            because: vec!["o".to_owned()],
        };
        assert_eq!(
            row(&change),
            json!({"id": change.id, "kind": "merged", "because": "[\"o\"]",
                   "sides": [[0, 0, one], [0, 1, other], [1, 0, one], [1, 0, other]]})
        );
    }
}
