//! The outbox's rows: who takes one has it for a while, and says then what became of it.

use nod_core::{
    id::{ControllerId, ItemId},
    journal::{Action, Actor, Entry},
    mail::{Failure, MOST_ATTEMPTS, delay},
    time::Timestamp,
};
use serde::{Deserialize, de::IgnoredAny};
use serde_json::json;
use worker::{D1PreparedStatement, D1Type};

use crate::{
    clock,
    database::{Database, optional_text, time},
    http::Problem,
    journal,
};

/// Letters that one worker takes at a time.
pub(super) const AT_ONCE: i32 = 8;
/// How long it has them, in milliseconds: as long as all of them can take. Who was stopped meanwhile leaves them to the next.
const LEASE: i64 = 120_000;

/// A letter that is due.
#[derive(Deserialize)]
pub(super) struct Row {
    pub(super) controller: ControllerId,
    pub(super) id: ItemId,
    pub(super) kind: String,
    pub(super) sealed: String,
    pub(super) key_name: String,
    /// Which attempt this is, from 1.
    pub(super) attempts: u32,
    pub(super) not_after: Option<Timestamp>,
}

/// Takes the letters that have waited longest. Each is taken by one worker: the statement that finds it puts it off.
pub(super) async fn take(database: &Database, now: Timestamp) -> Result<Vec<Row>, Problem> {
    let statement = database.statement(
        "UPDATE mail_outbox SET attempts = attempts + 1, next_at = ?2
         WHERE (controller, id) IN (SELECT controller, id FROM mail_outbox WHERE state = 'queued' AND next_at <= ?1
                                    ORDER BY next_at LIMIT ?3)
         RETURNING controller, id, kind, sealed, key_name, attempts, not_after",
        &[time(now), time(clock::later(now, LEASE)), D1Type::Integer(AT_ONCE)],
    )?;
    database.all(statement).await
}

/// How a letter ends, or goes on.
pub(super) enum Outcome {
    /// The provider has it, under this id.
    Sent(Option<String>),
    Failed(Failure),
    /// It will not be sent: its time is over, its key is gone.
    Over(&'static str),
}

/// Writes what became of a letter. The letter itself goes once it is not needed any more.
pub(super) async fn settle(database: &Database, row: &Row, outcome: &Outcome) -> Result<(), Problem> {
    let now = clock::now()?;
    match outcome {
        Outcome::Sent(provider_id) => {
            let statement = row.statement(
                database,
                "UPDATE mail_outbox SET state = 'sent', sent_at = ?3, provider_id = ?4, sealed = NULL, next_at = NULL, failure = NULL
                 WHERE controller = ?1 AND id = ?2 AND state = 'queued'",
                vec![time(now), optional_text(provider_id.as_deref())],
            )?;
            database.run(statement).await
        }
        Outcome::Failed(Failure::Passing { because, asked }) if row.attempts < MOST_ATTEMPTS => {
            let next = clock::later(now, delay(row.attempts, *asked));
            let statement = row.statement(
                database,
                "UPDATE mail_outbox SET next_at = ?3, failure = ?4 WHERE controller = ?1 AND id = ?2 AND state = 'queued'",
                vec![time(next), D1Type::Text(because)],
            )?;
            database.run(statement).await
        }
        Outcome::Failed(Failure::Suppressed) => end(database, row, "suppressed", "suppressed", now).await,
        Outcome::Failed(failure) => end(database, row, "dead", failure.because(), now).await,
        Outcome::Over(because) => end(database, row, "dead", because, now).await,
    }
}

/// A letter that nobody will get: the row says why, and the journal tells staff.
async fn end(database: &Database, row: &Row, state: &str, because: &str, now: Timestamp) -> Result<(), Problem> {
    let update = row.statement(
        database,
        "UPDATE mail_outbox SET state = ?3, failure = ?4, sealed = NULL, next_at = NULL
         WHERE controller = ?1 AND id = ?2 AND state = 'queued'",
        vec![D1Type::Text(state), D1Type::Text(because)],
    )?;
    // First, while the row still waits: of two workers one writes it.
    let is_first = "EXISTS (SELECT 1 FROM mail_outbox WHERE controller = ?1 AND id = ?2 AND state = 'queued')";
    let entry = bounced(&row.controller, &row.id, because, now);
    let batch = vec![journal::append(database, &entry, is_first)?, update];
    database.batch::<IgnoredAny>(batch).await.map(drop)
}

/// The journal's entry of a mail that did not arrive.
pub(super) fn bounced(controller: &ControllerId, id: &ItemId, because: &str, at: Timestamp) -> Entry {
    Entry {
        controller: controller.clone(),
        at,
        actor: Actor::System,
        action: Action::MailBounced,
        object: id.to_string(),
        detail: json!({"because": because}),
    }
}

impl Row {
    /// A statement over the controller, the letter, and its own arguments from `?3` on.
    fn statement(&self, database: &Database, sql: &str, own: Vec<D1Type<'_>>) -> Result<D1PreparedStatement, Problem> {
        let mut arguments = vec![D1Type::Text(self.controller.as_str()), D1Type::Text(self.id.as_str())];
        arguments.extend(own);
        database.statement(sql, &arguments)
    }
}
