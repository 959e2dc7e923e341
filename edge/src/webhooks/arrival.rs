//! An authentic delivery is taken: one batch that stores it with its effects, or finds it stored.

use nod_core::{
    id::{DeliveryId, Fingerprint},
    intake::{Commit, DeliveryRow, Outcome, Status, Unusable},
    time::Timestamp,
    webhook::{Delivery, Verified},
};
use serde::Deserialize;
use worker::{D1PreparedStatement, D1Result, D1Type};

use super::{
    commit::Attempt,
    dead_letter::{self, Letter},
    settle,
};
use crate::{
    connection::Known,
    database::{self, Database, first_row, optional_text, optional_time, time},
    environment::Environment,
    http::Problem,
    keys,
};

/// How long an erasure in the same words counts as the same one, in milliseconds: longer than Shopify tries to deliver it.
const SAME_ERASURE: i64 = 24 * 60 * 60 * 1000;

/// An authentic delivery, and what it is judged by.
pub(super) struct Arrival<'a> {
    pub(super) environment: &'a Environment,
    pub(super) database: &'a Database,
    pub(super) known: &'a Known,
    pub(super) delivery: &'a Delivery<'a>,
    pub(super) verified: &'a Verified<'a>,
    pub(super) now: Timestamp,
}

/// What a sender hears of its delivery.
pub(super) enum Heard {
    /// It was here before.
    Duplicate,
    /// What became of it, and why.
    Taken(Status, Option<&'static str>),
}

/// The delivery that is stored, and what is left to do.
pub(super) struct Stands {
    pub(super) id: DeliveryId,
    pub(super) heard: Heard,
    /// The connection knows its shop from now on.
    pub(super) is_shop_met: bool,
    /// The outbox has something to do.
    pub(super) is_work_left: bool,
    /// A dead letter that was sealed and is not stored.
    pub(super) superfluous_letter: Option<DeliveryId>,
}

impl Arrival<'_> {
    /// Reads and stores the delivery. `None` where the connection is no longer what it was.
    pub(super) async fn take(&self) -> Result<Option<Stands>, Problem> {
        let commit = self.settle(settle::read(self.delivery, self.verified, self.known))?;
        let erasure = commit.purge.then(|| commit.delivery.event.clone());
        let stands = self.store(&commit).await?;
        let (Some(Stands { heard: Heard::Duplicate, .. }), Some(event)) = (&stands, erasure) else { return Ok(stands) };
        if self.is_asked_again(&event).await? { self.store(&self.asked_again(event)?).await } else { Ok(stands) }
    }

    fn settle(&self, read: Result<Outcome, Unusable>) -> Result<Commit, Problem> {
        let id = DeliveryId::from_random(keys::random()?);
        settle::settle(self.environment, self.known, read, self.verified, self.now, id)
    }

    async fn store(&self, commit: &Commit) -> Result<Option<Stands>, Problem> {
        let row = &commit.delivery;
        let attempt = Attempt { database: self.database, controller: &row.controller, effect: &row.id };
        let mut batch = vec![insertion(&attempt, row, self.known.connection.version)?];
        if row.status == Status::DeadLettered {
            let letter = Letter::new(self.delivery, self.verified);
            let sealed = letter.seal(self.environment, &row.controller, &row.id).await?;
            batch.push(dead_letter::insertion(&attempt, &row.id, &sealed, row.received_at)?);
        }
        batch.extend(attempt.effects(commit)?);
        let answers = self.database.results(batch).await?;
        stands(commit, &answers)
    }

    /// Whether the platform can mean a second erasure by the same words: some time after the last one, and with something
    /// in between to erase.
    async fn is_asked_again(&self, event: &str) -> Result<bool, Problem> {
        #[derive(Deserialize)]
        struct Row {
            is_asked_again: u8,
        }
        let connection = &self.known.connection;
        let since = self.now.millis().saturating_sub(SAME_ERASURE);
        let since = Timestamp::from_millis(since).unwrap_or(self.now);
        let statement = self.database.statement(
            "WITH last AS (SELECT received_at AS at FROM deliveries
                           WHERE controller = ?1 AND connection = ?2 AND event = ?3
                           ORDER BY received_at DESC LIMIT 1)
             SELECT last.at < ?4 AND EXISTS (
               SELECT 1 FROM deliveries WHERE controller = ?1 AND connection = ?2 AND received_at > last.at
             ) AS is_asked_again FROM last",
            &[
                D1Type::Text(connection.controller.as_str()),
                D1Type::Text(connection.id.as_str()),
                D1Type::Text(event),
                time(since),
            ],
        )?;
        Ok(self.database.first::<Row>(statement).await?.is_some_and(|row| row.is_asked_again != 0))
    }

    /// The same words again, kept for staff to decide: nothing that is signed tells a second request from a replay of the
    /// first.
    fn asked_again(&self, event: String) -> Result<Commit, Problem> {
        let mut commit = self.settle(Err(Unusable::RepeatedErasure))?;
        let parts = [self.verified.dedupe().as_str(), commit.delivery.id.as_str()];
        commit.delivery.dedupe = Fingerprint::of(parts.join(".").as_bytes());
        commit.delivery.event = event;
        Ok(commit)
    }
}

/// The row that the first statement of a batch answers with.
#[derive(Deserialize)]
struct Standing {
    id: DeliveryId,
    effect: DeliveryId,
}

fn stands(commit: &Commit, answers: &[D1Result]) -> Result<Option<Stands>, Problem> {
    let row = &commit.delivery;
    let standing = answers.first().map(first_row::<Standing>).transpose()?.flatten();
    let is_letter = row.status == Status::DeadLettered;
    let Some(standing) = standing else { return Ok(None) };
    let is_ours = standing.effect == row.id;
    Ok(Some(Stands {
        id: standing.id,
        heard: if is_ours { Heard::Taken(row.status, row.reason) } else { Heard::Duplicate },
        is_shop_met: is_ours && commit.shop.is_some(),
        is_work_left: is_work_left(answers)?,
        superfluous_letter: (is_letter && !is_ours).then(|| row.id.clone()),
    }))
}

/// Whether a statement behind the first answers with a row: see [`Attempt::effects`].
pub(super) fn is_work_left(answers: &[D1Result]) -> Result<bool, Problem> {
    for answer in answers.iter().skip(1) {
        if first_row::<serde_json::Value>(answer)?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The statement that takes a delivery, as long as its connection is what it was, or counts one more arrival of it; and
/// answers which one stands.
fn insertion(attempt: &Attempt<'_>, row: &DeliveryRow, version: u32) -> Result<D1PreparedStatement, Problem> {
    attempt.statement(
        "INSERT INTO deliveries
           (controller, id, effect, connection, received_at, happened_at, event, status, reason, proof, classes,
            unreadable, body, bytes, dedupe, vendor_key)
         SELECT ?1, ?2, ?2, ?3, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16
         WHERE EXISTS (SELECT 1 FROM connections
                       WHERE controller = ?1 AND id = ?3 AND version = ?4 AND disabled_at IS NULL)
         ON CONFLICT DO UPDATE SET repeats = repeats + 1
         RETURNING id, effect",
        vec![
            D1Type::Text(row.connection.as_str()),
            D1Type::Real(version.into()),
            time(row.received_at),
            optional_time(row.happened_at),
            D1Type::Text(&row.event),
            D1Type::Text(row.status.name()),
            optional_text(row.reason),
            D1Type::Text(row.proof),
            D1Type::Text(&database::json(&row.classes)?),
            D1Type::Text(&database::json(&row.unreadable)?),
            D1Type::Text(row.body.as_str()),
            D1Type::Real(u32::try_from(row.bytes).unwrap_or(u32::MAX).into()),
            D1Type::Text(row.dedupe.as_str()),
            optional_text(row.vendor_key.as_ref().map(Fingerprint::as_str)),
        ],
    )
}
