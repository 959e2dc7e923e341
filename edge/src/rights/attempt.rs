//! One attempt to change something. Its effects are guarded by its name, so that of any number of attempts at the same
//! change one has effects: the row that it changes takes the name, if it still is what was read.

use nod_core::{
    id::{AttemptId, ControllerId},
    journal::Entry,
};
use worker::{D1PreparedStatement, D1Type};

use crate::{database::Database, http::Problem, journal, keys, mail};

/// The row that takes the attempt's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Guard {
    Request,
    Link,
    Task,
}

impl Guard {
    /// Holds once the attempt has taken effect: `?1` is the controller, `?2` the attempt.
    pub(crate) const fn took_effect(self) -> &'static str {
        match self {
            Self::Request => "EXISTS (SELECT 1 FROM rights_requests WHERE controller = ?1 AND effect = ?2)",
            Self::Link => "EXISTS (SELECT 1 FROM links WHERE controller = ?1 AND effect = ?2)",
            Self::Task => "EXISTS (SELECT 1 FROM rights_tasks WHERE controller = ?1 AND effect = ?2)",
        }
    }
}

/// One attempt: whose, and the name that its effects are guarded by.
pub(crate) struct Attempt<'a> {
    pub(crate) database: &'a Database,
    pub(crate) controller: &'a ControllerId,
    pub(crate) effect: AttemptId,
    pub(crate) guard: Guard,
}

impl<'a> Attempt<'a> {
    pub(crate) fn new(database: &'a Database, controller: &'a ControllerId, guard: Guard) -> Result<Self, Problem> {
        Ok(Self { database, controller, effect: AttemptId::from_random(keys::random()?), guard })
    }

    /// A statement over the controller, the attempt, and its own arguments from `?3` on.
    pub(crate) fn statement(&self, sql: &str, own: Vec<D1Type<'_>>) -> Result<D1PreparedStatement, Problem> {
        let mut arguments = vec![D1Type::Text(self.controller.as_str()), D1Type::Text(self.effect.as_str())];
        arguments.extend(own);
        self.database.statement(sql, &arguments)
    }

    /// The same, run only if the attempt took effect: `sql` ends where a condition may follow.
    pub(crate) fn guarded(&self, sql: &str, own: Vec<D1Type<'_>>) -> Result<D1PreparedStatement, Problem> {
        self.guarded_by(self.guard, sql, own)
    }

    /// The same, for a step before the last: run only if that row took the attempt's name.
    pub(crate) fn guarded_by(
        &self,
        guard: Guard,
        sql: &str,
        own: Vec<D1Type<'_>>,
    ) -> Result<D1PreparedStatement, Problem> {
        self.statement(&[sql, " ", guard.took_effect()].concat(), own)
    }

    /// The same as mails have it.
    pub(crate) fn effect(&self) -> mail::Effect<'_> {
        let condition = self.guard.took_effect();
        mail::Effect { database: self.database, controller: self.controller, key: self.effect.as_str(), condition }
    }

    /// The statement that appends entries to the journal.
    pub(crate) fn journal(&self, entries: &[Entry]) -> Result<D1PreparedStatement, Problem> {
        let effect = self.guard.took_effect();
        journal::append_all(self.database, self.controller, entries, self.effect.as_str(), effect)
    }
}
