//! What staff are refused: what their role or their token does not reach, and what holds no more. It is journalled, once in an hour for
//! the same, so that nobody fills the journal by trying.
//!
//! Whoever brings what nobody here ever had (a guess, a token of another house) is nobody's, and in no controller's journal.

use nod_core::{
    id::{AttemptId, ControllerId},
    journal::{Action, Actor, Entry},
    time::Timestamp,
};
use serde_json::{Value, json};
use worker::{D1PreparedStatement, D1Type, console_error};

use super::Staff;
use crate::{
    clock,
    database::Database,
    environment::Environment,
    http::{Call, Problem},
    journal, keys,
};

const HOUR: i64 = 60 * 60 * 1000;
/// For how many hours it is remembered that something was told.
const REMEMBERED: i64 = 48;

/// Why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// The role is too low.
    Role,
    /// The token does not reach there.
    Scope,
    /// What was brought had been ended: by its owner, or with the membership.
    Revoked,
    /// What was brought had come to its end.
    Expired,
    /// The link was used before.
    Used,
    /// More links were asked for than an address gets.
    TooMany,
    /// Cloudflare Access let somebody pass who is not staff.
    NotStaff,
}

impl Why {
    const fn name(self) -> &'static str {
        match self {
            Self::Role => "role",
            Self::Scope => "scope",
            Self::Revoked => "revoked",
            Self::Expired => "expired",
            Self::Used => "used",
            Self::TooMany => "too_many",
            Self::NotStaff => "not_staff",
        }
    }
}

/// One refusal.
#[derive(Clone, Debug)]
pub(crate) struct Refusal<'a> {
    pub(crate) controller: &'a ControllerId,
    /// The id of a member or of a token, or somebody's mark.
    pub(crate) who: &'a str,
    /// What they wanted: an operation of the API, or `sign_in`.
    pub(crate) what: &'a str,
    pub(crate) why: Why,
}

impl Refusal<'_> {
    /// The statements that note it. `condition` is SQL over `?1`, the controller, and `?2`, which is `key`: it must hold for anything to be
    /// noted.
    pub(super) fn statements(
        &self,
        database: &Database,
        now: Timestamp,
        (condition, key): (&str, &str),
    ) -> Result<[D1PreparedStatement; 2], Problem> {
        let effect = AttemptId::from_random(keys::random()?);
        let hour = i32::try_from(now.millis().div_euclid(HOUR)).unwrap_or(i32::MAX);
        let sql = [
            "INSERT INTO staff_refusals (controller, who, what, why, hour, times, effect)
             SELECT ?1, ?3, ?4, ?5, ?6, 1, ?7 WHERE ",
            condition,
            " ON CONFLICT (controller, who, what, why, hour) DO UPDATE SET times = times + 1",
        ];
        let note = database.statement(
            &sql.concat(),
            &[
                D1Type::Text(self.controller.as_str()),
                D1Type::Text(key),
                D1Type::Text(self.who),
                D1Type::Text(self.what),
                D1Type::Text(self.why.name()),
                D1Type::Integer(hour),
                D1Type::Text(effect.as_str()),
            ],
        )?;
        let entry = Entry {
            controller: self.controller.clone(),
            at: now,
            actor: Actor::Staff,
            action: Action::StaffRefused,
            object: self.who.to_owned(),
            detail: json!({"by": self.who, "what": self.what, "why": self.why.name()}),
        };
        let is_first = "EXISTS (SELECT 1 FROM staff_refusals WHERE controller = ?1 AND effect = ?2)";
        Ok([note, journal::append_all(database, self.controller, &[entry], effect.as_str(), is_first)?])
    }
}

/// Notes refusals. That they cannot be noted keeps nobody from being refused.
pub(super) async fn note(database: &Database, refusals: &[Refusal<'_>]) {
    let noted = async {
        let now = clock::now()?;
        let mut batch = Vec::new();
        for refusal in refusals {
            batch.extend(refusal.statements(database, now, ("1", ""))?);
        }
        if batch.is_empty() { Ok(None) } else { database.batch::<Value>(batch).await }
    };
    if let Err(problem) = noted.await {
        console_error!("staff: a refusal was not noted: {}", problem.name());
    }
}

/// Notes what somebody was refused of the API.
pub(crate) async fn refuse(environment: &Environment, staff: &Staff, refused: &[(&str, Why)]) {
    let Ok(database) = Database::of_environment(environment) else { return };
    let refusals = refused.iter().map(|(what, why)| Refusal {
        controller: &staff.controller,
        who: staff.actor.as_str(),
        what,
        why: *why,
    });
    note(&database, &refusals.collect::<Vec<_>>()).await;
}

/// The problem of a token that does not reach what it would fetch, which is noted.
pub(crate) async fn out_of_reach(call: &Call, staff: &Staff, what: &str, scope: nod_core::staff::Scope) -> Problem {
    refuse(&call.environment, staff, &[(what, Why::Scope)]).await;
    Problem::out_of_reach(super::out_of_reach(scope, &staff.scopes))
}

/// Forgets what was told long enough ago.
pub(super) async fn forget_old(database: &Database, now: Timestamp) -> Result<(), Problem> {
    let hour = now.millis().div_euclid(HOUR).saturating_sub(REMEMBERED);
    let before = D1Type::Integer(i32::try_from(hour).unwrap_or_default());
    database.run(database.statement("DELETE FROM staff_refusals WHERE hour < ?1", &[before])?).await
}
