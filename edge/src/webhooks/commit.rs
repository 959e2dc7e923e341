//! What a delivery brings, as the statements of one batch.
//!
//! Every statement is guarded by the attempt that took effect, so that of any number of attempts at the same delivery one
//! has effects. Lists go in as one JSON text a table, so that a batch has few statements, whatever it brings.

use nod_core::{
    id::{ConnectionId, ControllerId, DeliveryId},
    identity::pseudonym::Pseudonym,
    intake::{Commit, ConsentRow, IdentityRow, ObservationRow, RequestRow},
    time::Timestamp,
    webhook::shopify::ShopDomain,
};
use serde_json::{Value, json};
use worker::{D1PreparedStatement, D1Type};

use crate::{
    database::{self, Database, optional_text, time},
    http::Problem,
    journal,
};

/// Holds once an attempt has taken effect: `?1` is the controller, `?2` the attempt.
const TOOK_EFFECT: &str = "EXISTS (SELECT 1 FROM deliveries WHERE controller = ?1 AND effect = ?2)";

/// The id of the identity that is stored under the first of the candidates in `link`, a JSON array.
const IDENTITY: &str = "(SELECT identities.id FROM json_each(link.value) AS candidate CROSS JOIN identities
                         ON identities.controller = ?1 AND identities.pseudonym = candidate.value
                         ORDER BY candidate.key LIMIT 1)";

/// One attempt at a delivery: whose, and the name that its effects are guarded by.
pub(super) struct Attempt<'a> {
    pub(super) database: &'a Database,
    pub(super) controller: &'a ControllerId,
    pub(super) effect: &'a DeliveryId,
}

impl Attempt<'_> {
    /// A statement over the controller, the attempt, and its own arguments from `?3` on.
    pub(super) fn statement(&self, sql: &str, own: Vec<D1Type<'_>>) -> Result<D1PreparedStatement, Problem> {
        let mut arguments = vec![D1Type::Text(self.controller.as_str()), D1Type::Text(self.effect.as_str())];
        arguments.extend(own);
        self.database.statement(sql, &arguments)
    }

    /// The same, run only if the attempt took effect: `sql` ends where a condition may follow.
    pub(super) fn guarded(&self, sql: &str, own: Vec<D1Type<'_>>) -> Result<D1PreparedStatement, Problem> {
        self.statement(&format!("{sql} {TOOK_EFFECT}"), own)
    }

    /// Everything that the delivery brings beside its own row. A row comes back only of what is left to do: see
    /// [`Self::outbox`].
    pub(super) fn effects(&self, commit: &Commit) -> Result<Vec<D1PreparedStatement>, Problem> {
        let observations = database::json(&observations(commit)?)?;
        let mut batch = Vec::new();
        if commit.purge || !commit.observations.is_empty() {
            batch.push(self.outbox(commit, &observations)?); // Before the identities: it asks who was known before.
        }
        if !commit.identities.is_empty() {
            batch.push(self.identities(&commit.identities, commit.delivery.received_at)?);
        }
        if !commit.entries.is_empty() {
            let (entries, effect) = (&commit.entries, self.effect.as_str());
            batch.push(journal::append_all(self.database, self.controller, entries, effect, TOOK_EFFECT)?);
        }
        if !commit.observations.is_empty() {
            batch.push(self.observations(commit, &observations)?);
            batch.push(self.links("observation_identities", "observation", &observations)?);
        }
        if !commit.consents.is_empty() {
            let consents = database::json(&consents(commit)?)?;
            batch.push(self.consents(commit, &consents)?);
            batch.push(self.links("subject_consent_identities", "consent", &consents)?);
        }
        if let Some(request) = &commit.request {
            batch.push(self.request(commit, request)?);
            let links = json!([{"id": request.id, "identities": candidates(commit, &request.identities)?}]);
            batch.push(self.links("rights_request_identities", "request", &database::json(&links)?)?);
        }
        if let Some(shop) = &commit.shop {
            batch.push(self.shop(&commit.delivery.connection, shop)?);
        }
        Ok(batch)
    }

    /// Work that is left to do, each answered with a row: what observations make of people who were known before, and an
    /// erasure. An observation of a single identity changes nobody.
    fn outbox(&self, commit: &Commit, observations: &str) -> Result<D1PreparedStatement, Problem> {
        let purged = commit.purge.then(|| commit.delivery.connection.as_str());
        self.statement(
            &format!(
                "INSERT INTO outbox (controller, kind, object, created_at, next_at)
                 SELECT ?1, work.kind, work.object, ?3, ?3 FROM (
                   SELECT 'reckon' AS kind, item.value ->> 'id' AS object FROM json_each(?4) AS item
                   WHERE json_array_length(item.value, '$.identities') > 1 AND EXISTS (
                     SELECT 1 FROM json_each(item.value, '$.identities') AS link WHERE {IDENTITY} IS NOT NULL)
                   UNION ALL SELECT 'purge', ?5 WHERE ?5 IS NOT NULL) AS work
                 WHERE {TOOK_EFFECT}
                 ON CONFLICT DO NOTHING RETURNING object"
            ),
            vec![time(commit.delivery.received_at), D1Type::Text(observations), optional_text(purged)],
        )
    }

    /// New identities. One that is there under any of its candidates keeps its row, and its older key until it is re-keyed.
    fn identities(&self, rows: &[IdentityRow], at: Timestamp) -> Result<D1PreparedStatement, Problem> {
        let rows = rows.iter().map(identity).collect::<Result<Vec<_>, _>>()?;
        self.statement(
            &format!(
                "INSERT INTO identities (controller, id, kind, pseudonym, key_version, form, created_at)
                 SELECT ?1, item.value ->> 'id', item.value ->> 'kind', item.value ->> '$.candidates[0]',
                        item.value ->> 'key_version', item.value ->> 'form', ?3
                 FROM json_each(?4) AS item
                 WHERE {TOOK_EFFECT} AND NOT EXISTS (
                   SELECT 1 FROM json_each(item.value, '$.candidates') AS candidate CROSS JOIN identities
                   ON identities.controller = ?1 AND identities.pseudonym = candidate.value)
                 ON CONFLICT DO NOTHING"
            ),
            vec![time(at), D1Type::Text(&database::json(&rows)?)],
        )
    }

    /// Their place in the order of arrival is the number of the first of the entries, which were just appended.
    fn observations(&self, commit: &Commit, rows: &str) -> Result<D1PreparedStatement, Problem> {
        let (connection, delivery) = (commit.delivery.connection.as_str(), commit.delivery.id.as_str());
        let behind = i32::try_from(commit.entries.len().saturating_sub(1)).unwrap_or_default();
        self.guarded(
            "INSERT INTO observations
               (controller, id, seq, connection, delivery, part, observed_at, authoritative, succession)
             SELECT ?1, item.value ->> 'id', (SELECT MAX(seq) FROM journal WHERE controller = ?1) - ?3, ?4, ?5,
                    item.value ->> 'part', item.value ->> 'observed_at', item.value ->> 'authoritative',
                    item.value ->> 'succession'
             FROM json_each(?6) AS item WHERE",
            vec![D1Type::Integer(behind), D1Type::Text(connection), D1Type::Text(delivery), D1Type::Text(rows)],
        )
    }

    fn consents(&self, commit: &Commit, rows: &str) -> Result<D1PreparedStatement, Problem> {
        let delivery = &commit.delivery;
        self.guarded(
            "INSERT INTO subject_consents
               (controller, id, connection, delivery, channel, purpose, granted, weak, decided_at, recorded_at, evidence)
             SELECT ?1, item.value ->> 'id', ?3, ?4, item.value ->> 'channel', ?5, item.value ->> 'granted',
                    item.value ->> 'weak', item.value ->> 'decided_at', ?6, item.value ->> 'evidence'
             FROM json_each(?7) AS item WHERE",
            vec![
                D1Type::Text(delivery.connection.as_str()),
                D1Type::Text(delivery.id.as_str()),
                D1Type::Text(ConsentRow::PURPOSE),
                time(delivery.received_at),
                D1Type::Text(rows),
            ],
        )
    }

    fn request(&self, commit: &Commit, request: &RequestRow) -> Result<D1PreparedStatement, Problem> {
        self.guarded(
            "INSERT INTO rights_requests
               (controller, id, kind, status, connection, delivery, external_reference, orders, received_at, due_at)
             SELECT ?1, ?3, ?4, 'received', ?5, ?6, ?7, ?8, ?9, ?10 WHERE",
            vec![
                D1Type::Text(request.id.as_str()),
                D1Type::Text(request.kind),
                D1Type::Text(commit.delivery.connection.as_str()),
                D1Type::Text(commit.delivery.id.as_str()),
                optional_text(request.external_reference.as_deref()),
                D1Type::Text(&database::json(&request.orders)?),
                time(request.received_at),
                time(request.due_at),
            ],
        )
    }

    /// Which identities a row names: `rows` is a JSON array of objects with an `id` and lists of candidates.
    fn links(&self, table: &str, column: &str, rows: &str) -> Result<D1PreparedStatement, Problem> {
        self.statement(
            &format!(
                "INSERT INTO {table} (controller, {column}, identity)
                 SELECT ?1, item.value ->> 'id', {IDENTITY}
                 FROM json_each(?3) AS item CROSS JOIN json_each(item.value, '$.identities') AS link
                 WHERE {TOOK_EFFECT}
                 ON CONFLICT DO NOTHING"
            ),
            vec![D1Type::Text(rows)],
        )
    }

    /// A connection meets its shop. Copies of it are stale from here on: they would take any shop for the first.
    fn shop(&self, connection: &ConnectionId, shop: &ShopDomain) -> Result<D1PreparedStatement, Problem> {
        self.guarded(
            "UPDATE connections SET shop = ?4, version = version + 1
             WHERE controller = ?1 AND id = ?3 AND shop IS NULL AND",
            vec![D1Type::Text(connection.as_str()), D1Type::Text(shop.as_str())],
        )
    }
}

fn identity(row: &IdentityRow) -> Result<Value, Problem> {
    let newest = row.pseudonym().ok_or_else(|| Problem::internal("an identity without a pseudonym"))?;
    Ok(json!({
        "id": row.id, "kind": newest.kind(), "candidates": row.candidates, "key_version": newest.version().number(),
        "form": row.form,
    }))
}

fn observations(commit: &Commit) -> Result<Vec<Value>, Problem> {
    let row = |row: &ObservationRow| {
        Ok(json!({
            "id": row.id, "part": row.part, "observed_at": row.observed_at.millis(),
            "authoritative": row.authoritative, "succession": row.succession,
            "identities": candidates(commit, &row.identities)?,
        }))
    };
    commit.observations.iter().map(row).collect()
}

fn consents(commit: &Commit) -> Result<Vec<Value>, Problem> {
    let row = |row: &ConsentRow| {
        Ok(json!({
            "id": row.id, "channel": row.channel.name(), "granted": row.granted, "weak": row.weak,
            "decided_at": row.decided_at.millis(), "evidence": row.evidence,
            "identities": candidates(commit, &row.identities)?,
        }))
    };
    commit.consents.iter().map(row).collect()
}

/// What each of these identities may be stored under.
fn candidates<'a>(commit: &'a Commit, identities: &[usize]) -> Result<Vec<&'a [Pseudonym]>, Problem> {
    let of = |at: &usize| commit.identities.get(*at).map(|row| row.candidates.as_slice());
    identities
        .iter()
        .map(of)
        .collect::<Option<_>>()
        .ok_or_else(|| Problem::internal("a row of an identity that is not there"))
}
