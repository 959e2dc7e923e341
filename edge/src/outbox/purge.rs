//! Everything that came through a connection is erased, in chunks.
//!
//! Observations and consents go, and with them each identity that nothing else names, its pseudonym included; so do the places in
//! changes and splits that named it. Of deliveries stays what keeps a captured one from coming back: that there was one, when, and
//! its dedupe keys. Rights requests stay, and the identities that they name: they are the controller's proof of what it was asked
//! and did. The row in the outbox stays until nothing is left, so this can stop anywhere and go on.

use nod_core::sorted::SortedSet;

use nod_core::{
    id::{ConnectionId, ControllerId, DeliveryId},
    journal::{Action, Actor, Entry},
};
use serde::{Deserialize, de::IgnoredAny};
use serde_json::json;
use worker::{D1PreparedStatement, D1Type};

use super::backoff;
use crate::{
    clock,
    database::{self, Database},
    environment::Environment,
    http::Problem,
    identity::{CHANGES, Remnant, SPLITS},
    journal, webhooks,
};

/// Rows of one chunk.
const CHUNK: i32 = 200;
/// Chunks of one round.
const CHUNKS: usize = 10;

/// A connection whose data is to be erased.
#[derive(Clone, Debug)]
pub(super) struct Purge {
    pub(super) controller: ControllerId,
    pub(super) connection: ConnectionId,
    pub(super) attempts: u32,
}

impl Purge {
    /// The kind that the outbox calls it.
    pub(super) const KIND: &'static str = "purge";

    pub(super) fn row(&self) -> backoff::Row<'_> {
        let Self { controller, connection, attempts } = self;
        backoff::Row { controller, kind: Self::KIND, object: connection.as_str(), attempts: *attempts }
    }
}

/// What tells of people, with what names them.
struct Told {
    table: &'static str,
    links: &'static str,
    column: &'static str,
}

const TOLD: [Told; 2] = [
    Told { table: "observations", links: "observation_identities", column: "observation" },
    Told { table: "subject_consents", links: "subject_consent_identities", column: "consent" },
];

/// Erases some. What is left is erased in the next round.
pub(super) async fn run(environment: &Environment, database: &Database, purge: &Purge) -> Result<(), Problem> {
    let work = Work { database, purge };
    let mut chunks = 0..CHUNKS;
    for told in &TOLD {
        while work.forget_told(told).await? {
            if chunks.next().is_none() {
                return Ok(());
            }
        }
    }
    let mut past = String::new();
    while let Some(last) = work.strip_deliveries(environment, &past).await? {
        past = last;
        if chunks.next().is_none() {
            return Ok(());
        }
    }
    work.finish().await
}

struct Work<'a> {
    database: &'a Database,
    purge: &'a Purge,
}

#[derive(Deserialize)]
struct Id {
    id: String,
}

impl Work<'_> {
    /// One chunk of observations or consents, and the identities that nothing names any more. Whether there was one.
    async fn forget_told(&self, told: &Told) -> Result<bool, Problem> {
        let Told { table, links, column } = told;
        let ids: Vec<Id> = self
            .all(
                &format!("SELECT id FROM {table} WHERE controller = ?1 AND connection = ?2 LIMIT {CHUNK}"),
                self.purge.connection.as_str(),
            )
            .await?;
        if ids.is_empty() {
            return Ok(false);
        }
        let rows = list(&ids)?;
        let named: Vec<Id> = self
            .all(
                &format!(
                    "SELECT DISTINCT identity AS id FROM json_each(?2) AS one CROSS JOIN {links} AS link
                 ON link.controller = ?1 AND link.{column} = one.value"
                ),
                &rows,
            )
            .await?;
        let named = list(&named)?;
        let changes: Vec<Id> = self.all(&CHANGES.touching(), &named).await?;
        let splits: Vec<Id> = self.all(&SPLITS.touching(), &named).await?;
        let in_rows = "IN (SELECT value FROM json_each(?2))";
        let mut batch = vec![
            self.statement(&format!("DELETE FROM {links} WHERE controller = ?1 AND {column} {in_rows}"), &rows)?,
            self.statement(&format!("DELETE FROM {table} WHERE controller = ?1 AND id {in_rows}"), &rows)?,
            self.statement(
                &format!("DELETE FROM outbox WHERE controller = ?1 AND kind = 'reckon' AND object {in_rows}"),
                &rows,
            )?,
        ];
        for table in ["subject_change_identities", "split_identities"] {
            let table = format!("{table} INDEXED BY {table}_by_identity");
            batch.push(self.statement(&nameless(&table, "identity"), &named)?);
        }
        batch.push(self.statement(&nameless("identities", "id"), &named)?);
        batch.extend(self.without_sides(&CHANGES, &list(&changes)?)?);
        batch.extend(self.without_sides(&SPLITS, &list(&splits)?)?);
        self.database.batch::<IgnoredAny>(batch).await?;
        Ok(true)
    }

    /// Of a change or a split that has lost a side nothing is left to tell.
    fn without_sides(&self, remnant: &Remnant, candidates: &str) -> Result<[D1PreparedStatement; 2], Problem> {
        let [links, rows] = remnant.end();
        Ok([self.statement(&links, candidates)?, self.statement(&rows, candidates)?])
    }

    /// One chunk of deliveries behind this dedupe key; the last of them.
    async fn strip_deliveries(&self, environment: &Environment, past: &str) -> Result<Option<String>, Problem> {
        #[derive(Deserialize)]
        struct Row {
            id: DeliveryId,
            dedupe: String,
            is_dead: u8,
        }
        let Purge { controller, connection, .. } = self.purge;
        let statement = self.database.statement(
            &format!(
                "SELECT id, dedupe, EXISTS (SELECT 1 FROM dead_letters
                                            WHERE controller = ?1 AND delivery = deliveries.id) AS is_dead
                 FROM deliveries
                 WHERE controller = ?1 AND connection = ?2 AND dedupe > ?3 AND body IS NOT NULL
                 ORDER BY dedupe LIMIT {CHUNK}"
            ),
            &[D1Type::Text(controller.as_str()), D1Type::Text(connection.as_str()), D1Type::Text(past)],
        )?;
        let rows: Vec<Row> = self.database.all(statement).await?;
        for row in rows.iter().filter(|row| row.is_dead != 0) {
            webhooks::shred_dead_letter(environment, controller, &row.id).await?;
        }
        let ids = database::json(&rows.iter().map(|row| &row.id).collect::<Vec<_>>())?;
        let Some(last) = rows.into_iter().last() else { return Ok(None) };
        let in_rows = "IN (SELECT value FROM json_each(?2))";
        let batch = vec![
            self.statement(&format!("DELETE FROM dead_letters WHERE controller = ?1 AND delivery {in_rows}"), &ids)?,
            self.statement(
                &format!(
                    "UPDATE deliveries SET classes = '[]', unreadable = '{{}}', body = NULL
                     WHERE controller = ?1 AND id {in_rows}"
                ),
                &ids,
            )?,
        ];
        self.database.batch::<IgnoredAny>(batch).await?;
        Ok(Some(last.dedupe))
    }

    /// The journal's entry and the end of the work, unless something came in the meantime.
    async fn finish(&self) -> Result<(), Problem> {
        let Purge { controller, connection, .. } = self.purge;
        let is_clean = "EXISTS (SELECT 1 FROM outbox WHERE controller = ?1 AND kind = 'purge' AND object = ?2)
             AND NOT EXISTS (SELECT 1 FROM observations WHERE controller = ?1 AND connection = ?2)
             AND NOT EXISTS (SELECT 1 FROM subject_consents WHERE controller = ?1 AND connection = ?2)";
        let entry = Entry {
            controller: controller.clone(),
            at: clock::now()?,
            actor: Actor::System,
            action: Action::ConnectionPurged,
            object: connection.to_string(),
            detail: json!({}),
        };
        let row = format!("DELETE FROM outbox WHERE controller = ?1 AND kind = 'purge' AND object = ?2 AND {is_clean}");
        let batch = vec![journal::append(self.database, &entry, is_clean)?, self.statement(&row, connection.as_str())?];
        self.database.batch::<IgnoredAny>(batch).await.map(drop)
    }

    /// A statement over the controller and one argument of its own.
    fn statement(&self, sql: &str, own: &str) -> Result<D1PreparedStatement, Problem> {
        self.database.statement(sql, &[D1Type::Text(self.purge.controller.as_str()), D1Type::Text(own)])
    }

    async fn all(&self, sql: &str, own: &str) -> Result<Vec<Id>, Problem> {
        self.database.all(self.statement(sql, own)?).await
    }
}

fn list(ids: &[Id]) -> Result<String, Problem> {
    database::json(&ids.iter().map(|row| &row.id).collect::<SortedSet<_>>())
}

/// Deletes where an identity of those in `?2` is named that no observation, consent, request or visitor names.
fn nameless(table: &str, column: &str) -> String {
    let unnamed = |links: &str| {
        format!("NOT EXISTS (SELECT 1 FROM {links} AS link WHERE link.controller = ?1 AND link.identity = one.value)")
    };
    let [observed, consented, requested, visited] =
        ["observation_identities", "subject_consent_identities", "rights_request_identities", "visitor_identities"]
            .map(unnamed);
    format!(
        "DELETE FROM {table} WHERE controller = ?1 AND {column} IN (
           SELECT one.value FROM json_each(?2) AS one WHERE {observed} AND {consented} AND {requested} AND {visited}
             AND NOT EXISTS (SELECT 1 FROM rights_requests WHERE controller = ?1 AND contact = one.value)
             AND NOT EXISTS (SELECT 1 FROM opt_outs WHERE controller = ?1 AND identity = one.value))"
    )
}
