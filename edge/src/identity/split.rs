//! A merge is taken back: staff decide that its sides are different people.
//!
//! The decision is a fact with a place in the order of arrival, like an observation. It is stored with work for the outbox, as a
//! delivery is, and what it makes of subjects is reckoned at once behind it.

use nod_core::sorted::SortedSet;

use nod_core::{
    id::{ActorId, ChangeId, ControllerId, IdentityId, SplitId},
    identity::neighbourhood::Turn,
    journal::{Action, Actor, Entry},
    keys::MasterKeys,
    time::Timestamp,
};
use serde::Deserialize;
use serde_json::json;
use worker::{D1PreparedStatement, D1Type};

use super::{
    neighbourhood::sides,
    reckon::{Reckoned, Work, reckon},
};
use crate::{
    clock,
    database::{self, Database, optional_text, time},
    http::Problem,
    journal, keys,
};

/// Why a merge is not taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotSplit {
    /// There is no such change.
    Unknown,
    /// The change is a parting.
    NoMerge,
    /// Somebody did so already.
    AlreadyUndone,
    /// So much is known around it that it cannot be reckoned at once. The decision stands.
    TooLarge,
}

/// A merge, and what it joined.
#[derive(Deserialize)]
struct Row {
    kind: String,
    cause: Option<String>,
    undone_by: Option<SplitId>,
    /// Whether the cause is an observation, which the split undoes.
    is_observed: u8,
    /// JSON pairs of a side's number and an identity, before the merge.
    sides: String,
}

/// What staff decide.
struct Decision<'a> {
    database: &'a Database,
    controller: &'a ControllerId,
    id: SplitId,
    merge: &'a ChangeId,
    undoes: Option<String>,
    sides: Vec<SortedSet<IdentityId>>,
    reason: &'a str,
    staff: &'a ActorId,
    at: Timestamp,
}

/// Takes a merge back. The answer names the subjects that its sides are now, one identity each (for [`super::profile`]).
pub(crate) async fn split(
    database: &Database,
    masters: &MasterKeys,
    controller: &ControllerId,
    merge: &ChangeId,
    reason: &str,
    staff: &ActorId,
) -> Result<Result<Vec<IdentityId>, NotSplit>, Problem> {
    let Some(row) = find(database, controller, merge).await? else { return Ok(Err(NotSplit::Unknown)) };
    if row.undone_by.is_some() {
        return Ok(Err(NotSplit::AlreadyUndone));
    }
    let pairs =
        serde_json::from_str(&row.sides).map_err(|_| Problem::internal("a change whose sides cannot be read"))?;
    let sides = sides(pairs);
    if Turn::parse(&row.kind) != Some(Turn::Merged) || sides.len() < 2 {
        return Ok(Err(NotSplit::NoMerge));
    }
    let answer: Vec<IdentityId> = sides.iter().filter_map(SortedSet::first).cloned().collect();
    let id = SplitId::from_random(keys::random()?);
    let undoes = row.cause.filter(|_| row.is_observed != 0);
    let at = clock::now()?;
    let decision = Decision { database, controller, id, merge, undoes, sides, reason, staff, at };
    if !decision.store().await? {
        return Ok(Err(NotSplit::AlreadyUndone));
    }
    let objects = SortedSet::from([decision.id.as_str()]);
    match reckon(database, masters, controller, Work::Splits, &objects).await? {
        Reckoned::Done => Ok(Ok(answer)),
        Reckoned::TooLarge => Ok(Err(NotSplit::TooLarge)),
    }
}

async fn find(database: &Database, controller: &ControllerId, merge: &ChangeId) -> Result<Option<Row>, Problem> {
    let statement = database.statement(
        "SELECT kind, cause, undone_by,
                EXISTS (SELECT 1 FROM observations WHERE controller = ?1 AND id = cause) AS is_observed,
                (SELECT json_group_array(json_array(side, identity)) FROM subject_change_identities
                 WHERE controller = ?1 AND change = ?2 AND is_after = 0) AS sides
         FROM subject_changes WHERE controller = ?1 AND id = ?2",
        &[D1Type::Text(controller.as_str()), D1Type::Text(merge.as_str())],
    )?;
    database.first(statement).await
}

/// Holds once this decision is the one that took the merge back: `?1` is the controller, `?2` the split.
const TOOK_EFFECT: &str = "EXISTS (SELECT 1 FROM subject_changes WHERE controller = ?1 AND undone_by = ?2 AND id = ";

impl Decision<'_> {
    /// Stores the decision, its journal entry and the work it leaves. Not where somebody was quicker.
    async fn store(&self) -> Result<bool, Problem> {
        #[derive(Deserialize)]
        struct Undone {
            undone_by: Option<SplitId>,
        }
        let took_effect = format!("{TOOK_EFFECT}'{}')", self.merge);
        let batch = vec![
            self.undo()?,
            journal::append_all(self.database, self.controller, &[self.entry()], self.id.as_str(), &took_effect)?,
            self.split(&took_effect)?,
            self.people(&took_effect)?,
            self.work(&took_effect)?,
            self.database.statement(
                "SELECT undone_by FROM subject_changes WHERE controller = ?1 AND id = ?2",
                &[D1Type::Text(self.controller.as_str()), D1Type::Text(self.merge.as_str())],
            )?,
        ];
        let stands = self.database.batch::<Undone>(batch).await?;
        Ok(stands.is_some_and(|merge| merge.undone_by.as_ref() == Some(&self.id)))
    }

    fn entry(&self) -> Entry {
        let detail = json!({
            "merge": self.merge, "reason": self.reason, "sides": self.sides, "by": self.staff, "undoes": self.undoes,
        });
        let (controller, object) = (self.controller.clone(), self.id.to_string());
        Entry { controller, at: self.at, actor: Actor::Staff, action: Action::SubjectsSplit, object, detail }
    }

    fn undo(&self) -> Result<D1PreparedStatement, Problem> {
        self.statement(
            "UPDATE subject_changes SET undone_by = ?2 WHERE controller = ?1 AND id = ?3 AND undone_by IS NULL",
            vec![D1Type::Text(self.merge.as_str())],
        )
    }

    /// Its place in the order of arrival is the number of its journal entry.
    fn split(&self, took_effect: &str) -> Result<D1PreparedStatement, Problem> {
        self.statement(
            &format!(
                "INSERT INTO splits (controller, id, seq, undoes, change, made_at, made_by, reason)
                 SELECT ?1, ?2, (SELECT MAX(seq) FROM journal WHERE controller = ?1), ?3, ?4, ?5, ?6, ?7
                 WHERE {took_effect}"
            ),
            vec![
                optional_text(self.undoes.as_deref()),
                D1Type::Text(self.merge.as_str()),
                time(self.at),
                D1Type::Text(self.staff.as_str()),
                D1Type::Text(self.reason),
            ],
        )
    }

    fn people(&self, took_effect: &str) -> Result<D1PreparedStatement, Problem> {
        self.statement(
            &format!(
                "INSERT INTO split_identities (controller, split, side, identity)
                 SELECT ?1, ?2, side.key, member.value
                 FROM json_each(?3) AS side CROSS JOIN json_each(side.value) AS member WHERE {took_effect}"
            ),
            vec![D1Type::Text(&database::json(&self.sides)?)],
        )
    }

    fn work(&self, took_effect: &str) -> Result<D1PreparedStatement, Problem> {
        let kind = Work::Splits.kind();
        self.statement(
            &format!(
                "INSERT INTO outbox (controller, kind, object, created_at, next_at)
                 SELECT ?1, '{kind}', ?2, ?3, ?3 WHERE {took_effect}"
            ),
            vec![time(self.at)],
        )
    }

    fn statement(&self, sql: &str, own: Vec<D1Type<'_>>) -> Result<D1PreparedStatement, Problem> {
        let mut arguments = vec![D1Type::Text(self.controller.as_str()), D1Type::Text(self.id.as_str())];
        arguments.extend(own);
        self.database.statement(sql, &arguments)
    }
}
