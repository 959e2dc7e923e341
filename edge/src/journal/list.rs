//! The journal for staff, the newest entry first.

use nod_core::{
    id::{ControllerId, Fingerprint},
    journal::Actor,
    time::Timestamp,
};
use serde::Deserialize;
use worker::D1Type;

use crate::{
    database::{Database, optional_text, optional_time},
    http::Problem,
    page::{Asked, Page},
};

/// An entry as it is stored.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Stored {
    /// Its place, counted from 1 without a gap.
    pub(crate) seq: i64,
    pub(crate) at: Timestamp,
    pub(crate) action: String,
    pub(crate) object: String,
    /// Its canonical JSON.
    pub(crate) entry: String,
    pub(crate) leaf: Fingerprint,
}

/// Which entries.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    /// What was done, or where a dot is the last of it, what its name begins with.
    pub(crate) action: Option<String>,
    pub(crate) object: Option<String>,
    /// Who did it: the id of a member or of a token, or the name of an [`Actor`].
    pub(crate) actor: Option<String>,
    /// From this moment.
    pub(crate) from: Option<Timestamp>,
    /// Before this moment.
    pub(crate) to: Option<Timestamp>,
}

impl Filter {
    /// The index whose order is the list's and which has least beside what is asked for. Left alone, the database would go
    /// through everything of a period.
    fn index(&self) -> &'static str {
        match (&self.object, &self.actor, &self.action) {
            (Some(_), _, _) => " INDEXED BY journal_by_object",
            (None, Some(actor), _) if !is_kind(actor) => " INDEXED BY journal_by_somebody",
            (None, _, Some(action)) if is_prefix(action) => " INDEXED BY journal_by_family",
            (None, _, Some(_)) => " INDEXED BY journal_by_action",
            (None, Some(_), None) => " INDEXED BY journal_by_actor",
            (None, None, None) => "",
        }
    }

    /// What a row must meet beside its place. Only what is asked for is said, so that the database sees which index leads there.
    fn conditions(&self) -> String {
        let mut sql = String::new();
        let mut must = |is_asked: bool, condition| {
            if is_asked {
                sql.push_str(condition);
            }
        };
        let is_family = self.action.as_deref().is_some_and(is_prefix);
        must(is_family, FAMILY);
        must(self.action.is_some() && !is_family, " AND action = ?3");
        must(self.object.is_some(), " AND object = ?4");
        let is_kind = self.actor.as_deref().is_some_and(is_kind);
        must(is_kind, ACTOR);
        must(self.actor.is_some() && !is_kind, SOMEBODY);
        must(self.from.is_some(), FROM);
        must(self.to.is_some(), TO);
        sql
    }
}

/// As the indices say it.
const FAMILY: &str = " AND substr(action, 1, instr(action, '.')) = ?3";
const ACTOR: &str = " AND entry ->> '$.actor' = ?7";
const SOMEBODY: &str = " AND entry ->> '$.detail.by' IS NOT NULL AND entry ->> '$.detail.by' = ?7";

/// Whether it stands for every action that begins so: names have one dot, and before it what they are about.
pub(crate) fn is_prefix(action: &str) -> bool {
    action.ends_with('.')
}

/// Whether it is a kind of actor, and nobody by themselves.
fn is_kind(actor: &str) -> bool {
    [Actor::Visitor, Actor::Subject, Actor::Platform, Actor::Staff, Actor::System].iter().any(|one| one.name() == actor)
}

/// Entries are numbered when they are written, and their time is taken a little earlier: never by an hour. So a time is found
/// by its index, an hour before it and behind it, and the rows between are looked at one by one.
const FROM: &str = " AND at >= ?5 AND seq >= (SELECT seq FROM journal WHERE controller = ?1 AND at >= ?5 - 3600000
                                              ORDER BY at, seq LIMIT 1)";
const TO: &str = " AND at < ?6 AND seq <= (SELECT seq FROM journal WHERE controller = ?1 AND at < ?6 + 3600000
                                           ORDER BY at DESC, seq DESC LIMIT 1)";

/// The newest first, behind a place that is its number.
pub(crate) async fn list(
    database: &Database,
    controller: &ControllerId,
    filter: &Filter,
    asked: &Asked<i64>,
) -> Result<Page<Stored>, Problem> {
    // No entry has the greatest number, so without a place all are behind it: the index leads straight to the first.
    const END: i64 = 9_007_199_254_740_991;
    let sql = [
        "SELECT seq, at, action, object, entry, leaf FROM journal",
        filter.index(),
        " WHERE controller = ?1 AND seq < ?2",
        &filter.conditions(),
        " ORDER BY seq DESC LIMIT ?8",
    ]
    .concat();
    let statement = database.statement(
        &sql,
        &[
            D1Type::Text(controller.as_str()),
            number(asked.after.unwrap_or(END)),
            optional_text(filter.action.as_deref()),
            optional_text(filter.object.as_deref()),
            optional_time(filter.from),
            optional_time(filter.to),
            optional_text(filter.actor.as_deref()),
            D1Type::Integer(asked.to_read().into()),
        ],
    )?;
    Ok(asked.page(database.all(statement).await?))
}

/// D1 takes whole numbers past 32 bits as JavaScript's.
#[expect(clippy::cast_precision_loss, reason = "no journal is as long as a JavaScript number is exact")]
fn number(seq: i64) -> D1Type<'static> {
    D1Type::Real(seq as f64)
}
