//! A dead letter is read again, with what is known today, because somebody of the controller says so.

use nod_core::{
    id::{ActorId, ConnectionId, ControllerId, DeliveryId, Fingerprint},
    intake::{Commit, Status},
    time::Timestamp,
    webhook::{Delivery, Proof, Verified},
};
use serde::Deserialize;
use worker::{D1PreparedStatement, D1Type};

use super::{
    arrival::is_work_left,
    commit::Attempt,
    dead_letter::{self, Letter},
    settle,
};
use crate::{
    clock,
    connection::{self, Known},
    database::{self, Database, first_row, optional_text, optional_time},
    http::{Call, Problem},
    keys, outbox,
};

/// Why a delivery is not replayed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NotReplayed {
    /// There is no such delivery.
    Unknown,
    /// It was processed or ignored, at first or by an earlier replay.
    NoDeadLetter,
    /// Its content was kept for a limited time, which is over.
    Gone,
    /// It still cannot be used: the reason's name and a sentence.
    StillUnusable(&'static str, String),
}

/// What is stored of a dead letter.
#[derive(Deserialize)]
struct Row {
    connection: ConnectionId,
    received_at: Timestamp,
    status: String,
    proof: String,
    dedupe: Fingerprint,
    sealed: Option<String>,
}

/// Reads a dead letter again; the delivery becomes what it would have been, now and in the journal by `staff`.
pub(crate) async fn replay(
    call: &Call,
    controller: &ControllerId,
    delivery: &DeliveryId,
    staff: &ActorId,
) -> Result<Result<(), NotReplayed>, Problem> {
    let database = Database::of(call)?;
    let Some(row) = find(&database, controller, delivery).await? else { return Ok(Err(NotReplayed::Unknown)) };
    if row.status != Status::DeadLettered.name() {
        return Ok(Err(NotReplayed::NoDeadLetter));
    }
    let Some(sealed) = &row.sealed else { return Ok(Err(NotReplayed::Gone)) };
    let Some(letter) = Letter::open(&call.environment, controller, delivery, sealed).await? else {
        return Ok(Err(NotReplayed::Gone));
    };
    let known = connection::known(&call.environment, controller, &row.connection).await?;
    let known = known.ok_or_else(|| Problem::internal("a delivery of a connection that is not there"))?;
    Replay { call, database: &database, known: &known, row: &row, delivery, staff }.run(&letter).await
}

async fn find(database: &Database, controller: &ControllerId, id: &DeliveryId) -> Result<Option<Row>, Problem> {
    let statement = database.statement(
        "SELECT connection, received_at, status, proof, dedupe, sealed
         FROM deliveries LEFT JOIN dead_letters
           ON dead_letters.controller = deliveries.controller AND dead_letters.delivery = deliveries.id
         WHERE deliveries.controller = ?1 AND deliveries.id = ?2",
        &[D1Type::Text(controller.as_str()), D1Type::Text(id.as_str())],
    )?;
    database.first(statement).await
}

struct Replay<'a> {
    call: &'a Call,
    database: &'a Database,
    known: &'a Known,
    row: &'a Row,
    delivery: &'a DeliveryId,
    staff: &'a ActorId,
}

impl Replay<'_> {
    async fn run(&self, letter: &Letter) -> Result<Result<(), NotReplayed>, Problem> {
        let (known, body) = (self.known, letter.body()?);
        let headers = letter.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let delivery = Delivery { body: &body, headers };
        let proof = Proof::parse(&self.row.proof).ok_or_else(|| Problem::internal("a proof that is none"))?;
        let (source, id) = (known.connection.scheme.source(), letter.id.as_deref());
        let verified = Verified::replayed(source, proof, &body, id, self.row.dedupe.clone());
        let read = settle::read(&delivery, &verified, known);
        if let Err(unusable) = read {
            self.keep(unusable.name()).await?;
            return Ok(Err(NotReplayed::StillUnusable(unusable.name(), unusable.to_string())));
        }
        let (environment, at) = (&self.call.environment, self.row.received_at);
        let commit = settle::settle(environment, known, read, &verified, at, self.delivery.clone())?;
        self.store(commit.replayed_by(self.staff, clock::now()?)).await
    }

    async fn keep(&self, reason: &str) -> Result<(), Problem> {
        let statement = self.database.statement(
            "UPDATE deliveries SET reason = ?3 WHERE controller = ?1 AND id = ?2 AND status = 'dead_lettered'",
            &[
                D1Type::Text(self.known.connection.controller.as_str()),
                D1Type::Text(self.delivery.as_str()),
                D1Type::Text(reason),
            ],
        )?;
        self.database.run(statement).await
    }

    /// One batch, which does nothing if another replay was quicker.
    async fn store(&self, commit: Commit) -> Result<Result<(), NotReplayed>, Problem> {
        let effect = DeliveryId::from_random(keys::random()?);
        let controller = &self.known.connection.controller;
        let attempt = Attempt { database: self.database, controller, effect: &effect };
        let mut batch = vec![update(&attempt, &commit)?, removal(&attempt, self.delivery)?];
        batch.extend(attempt.effects(&commit)?);
        let answers = self.database.results(batch).await?;
        if answers.first().map(first_row::<serde_json::Value>).transpose()?.flatten().is_none() {
            return Ok(Err(NotReplayed::NoDeadLetter));
        }
        let environment = &self.call.environment;
        dead_letter::forget(environment.clone(), controller.clone(), self.delivery.clone()).await;
        if commit.shop.is_some() {
            connection::forget(&self.known.connection.address);
        }
        if is_work_left(&answers)? {
            self.call.context.wait_until(outbox::drain(environment.clone()));
        }
        Ok(Ok(()))
    }
}

fn update(attempt: &Attempt<'_>, commit: &Commit) -> Result<D1PreparedStatement, Problem> {
    let row = &commit.delivery;
    attempt.statement(
        "UPDATE deliveries
         SET effect = ?2, happened_at = ?4, event = ?5, status = ?6, reason = ?7, classes = ?8, unreadable = ?9
         WHERE controller = ?1 AND id = ?3 AND status = 'dead_lettered'
         RETURNING id",
        vec![
            D1Type::Text(row.id.as_str()),
            optional_time(row.happened_at),
            D1Type::Text(&row.event),
            D1Type::Text(row.status.name()),
            optional_text(row.reason),
            D1Type::Text(&database::json(&row.classes)?),
            D1Type::Text(&database::json(&row.unreadable)?),
        ],
    )
}

fn removal(attempt: &Attempt<'_>, delivery: &DeliveryId) -> Result<D1PreparedStatement, Problem> {
    attempt.guarded(
        "DELETE FROM dead_letters WHERE controller = ?1 AND delivery = ?3 AND",
        vec![D1Type::Text(delivery.as_str())],
    )
}
