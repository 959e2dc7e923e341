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

/// Holds once an attempt has taken effect: `?1` is the controller, `?2` the attempt. A delivery's first attempt has its id,
/// so that only replays need an index of their own.
const TOOK_EFFECT: &str = "(EXISTS (SELECT 1 FROM deliveries WHERE controller = ?1 AND id = ?2 AND effect = ?2)
                            OR EXISTS (SELECT 1 FROM deliveries WHERE controller = ?1 AND effect = ?2 AND effect <> id))";

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
    /// [`Self::reckon`] and [`Self::purge`].
    pub(super) fn effects(&self, commit: &Commit) -> Result<Vec<D1PreparedStatement>, Problem> {
        let observed = links(commit, commit.observations.iter().map(|row| (row.id.as_str(), &row.identities)))?;
        let mut batch = Vec::new();
        if commit.purge {
            batch.push(self.purge(commit)?);
        }
        if commit.observations.iter().any(can_join) {
            batch.push(self.reckon(commit)?); // Before the identities: it asks who was known before.
        }
        if !commit.identities.is_empty() {
            batch.push(self.identities(&commit.identities, commit.delivery.received_at)?);
        }
        if !commit.entries.is_empty() {
            let (entries, effect) = (&commit.entries, self.effect.as_str());
            batch.push(journal::append_all(self.database, self.controller, entries, effect, TOOK_EFFECT)?);
        }
        if !commit.observations.is_empty() {
            batch.push(self.observations(commit)?);
            batch.push(self.links("observation_identities", "observation", &observed)?);
        }
        if !commit.consents.is_empty() {
            let about = links(commit, commit.consents.iter().map(|row| (row.id.as_str(), &row.identities)))?;
            batch.push(self.consents(commit)?);
            batch.push(self.links("subject_consent_identities", "consent", &about)?);
        }
        if let Some(request) = &commit.request {
            batch.push(self.request(commit, request)?);
            let about = links(commit, [(request.id.as_str(), &request.identities)])?;
            batch.push(self.links("rights_request_identities", "request", &about)?);
            batch.push(self.plan(commit, request)?);
        }
        if let Some(shop) = &commit.shop {
            batch.push(self.shop(&commit.delivery.connection, shop)?);
        }
        Ok(batch)
    }

    /// What observations make of people who were known before is left to reckon; each is answered with a row. An
    /// observation of a single identity changes nobody.
    fn reckon(&self, commit: &Commit) -> Result<D1PreparedStatement, Problem> {
        let rows = commit.observations.iter().filter(|row| can_join(row));
        let links = links(commit, rows.map(|row| (row.id.as_str(), &row.identities)))?;
        self.statement(
            &format!(
                "INSERT INTO outbox (controller, kind, object, created_at, next_at)
                 SELECT DISTINCT ?1, 'reckon', link.value ->> 0, ?3, ?3
                 FROM json_each(?4) AS link CROSS JOIN identities
                   ON identities.controller = ?1 AND identities.pseudonym = link.value ->> 1
                 WHERE {TOOK_EFFECT}
                 ON CONFLICT DO NOTHING RETURNING object"
            ),
            vec![time(commit.delivery.received_at), D1Type::Text(&links)],
        )
    }

    /// An erasure is left to do; it is answered with a row.
    fn purge(&self, commit: &Commit) -> Result<D1PreparedStatement, Problem> {
        self.statement(
            &format!(
                "INSERT INTO outbox (controller, kind, object, created_at, next_at)
                 SELECT ?1, 'purge', ?4, ?3, ?3 WHERE {TOOK_EFFECT}
                 ON CONFLICT DO NOTHING RETURNING object"
            ),
            vec![time(commit.delivery.received_at), D1Type::Text(commit.delivery.connection.as_str())],
        )
    }

    /// New identities. One that is there under any of its candidates keeps its row, and its older key until it is re-keyed.
    fn identities(&self, rows: &[IdentityRow], at: Timestamp) -> Result<D1PreparedStatement, Problem> {
        let has_older_keys = rows.iter().any(|row| row.candidates.len() > 1);
        let under_older_keys = if has_older_keys {
            "AND NOT EXISTS (SELECT 1 FROM json_each(item.value, '$.candidates') AS candidate CROSS JOIN identities
                             ON identities.controller = ?1 AND identities.pseudonym = candidate.value)"
        } else {
            ""
        };
        let rows = rows.iter().map(identity).collect::<Result<Vec<_>, _>>()?;
        self.statement(
            &format!(
                "INSERT INTO identities (controller, id, kind, pseudonym, key_version, form, created_at)
                 SELECT ?1, item.value ->> 'id', item.value ->> 'kind', item.value ->> '$.candidates[0]',
                        item.value ->> 'key_version', item.value ->> 'form', ?3
                 FROM json_each(?4) AS item
                 WHERE {TOOK_EFFECT} {under_older_keys}
                 ON CONFLICT DO NOTHING"
            ),
            vec![time(at), D1Type::Text(&database::json(&rows)?)],
        )
    }

    /// Their place in the order of arrival is the number of the first of the entries, which were just appended.
    fn observations(&self, commit: &Commit) -> Result<D1PreparedStatement, Problem> {
        let rows = database::json(&observations(commit))?;
        let (connection, delivery) = (commit.delivery.connection.as_str(), commit.delivery.id.as_str());
        let behind = i32::try_from(commit.entries.len().saturating_sub(1)).unwrap_or_default();
        self.guarded(
            "INSERT INTO observations
               (controller, id, seq, connection, delivery, part, observed_at, authoritative, succession)
             SELECT ?1, item.value ->> 'id', (SELECT MAX(seq) FROM journal WHERE controller = ?1) - ?3, ?4, ?5,
                    item.value ->> 'part', item.value ->> 'observed_at', item.value ->> 'authoritative',
                    item.value ->> 'succession'
             FROM json_each(?6) AS item WHERE",
            vec![D1Type::Integer(behind), D1Type::Text(connection), D1Type::Text(delivery), D1Type::Text(&rows)],
        )
    }

    fn consents(&self, commit: &Commit) -> Result<D1PreparedStatement, Problem> {
        let rows = database::json(&consents(commit))?;
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
                D1Type::Text(&rows),
            ],
        )
    }

    fn request(&self, commit: &Commit, request: &RequestRow) -> Result<D1PreparedStatement, Problem> {
        self.guarded(
            "INSERT INTO rights_requests
               (controller, id, kind, status, connection, delivery, external_reference, orders, received_at, due_at,
                verified_at, acknowledged_at, law, calendar)
             SELECT ?1, ?3, ?4, 'received', ?5, ?6, ?7, ?8, ?9, ?10, ?9, ?9, ?11, ?12 WHERE",
            vec![
                D1Type::Text(request.id.as_str()),
                D1Type::Text(request.kind),
                D1Type::Text(commit.delivery.connection.as_str()),
                D1Type::Text(commit.delivery.id.as_str()),
                optional_text(request.external_reference.as_deref()),
                D1Type::Text(&database::json(&request.orders)?),
                time(request.received_at),
                time(request.due_at),
                D1Type::Text(request.law),
                D1Type::Text(request.calendar),
            ],
        )
    }

    /// What is to be done for a request elsewhere is left to list; it is answered with a row.
    fn plan(&self, commit: &Commit, request: &RequestRow) -> Result<D1PreparedStatement, Problem> {
        self.statement(
            &[
                "INSERT INTO outbox (controller, kind, object, created_at, next_at)
                 SELECT ?1, 'rights', 'plan/' || ?3, ?4, ?4 WHERE ",
                TOOK_EFFECT,
                " RETURNING object",
            ]
            .concat(),
            vec![D1Type::Text(request.id.as_str()), time(commit.delivery.received_at)],
        )
    }

    /// Which identities a row names: see [`links`].
    fn links(&self, table: &str, column: &str, links: &str) -> Result<D1PreparedStatement, Problem> {
        self.statement(
            &format!(
                "INSERT INTO {table} (controller, {column}, identity)
                 SELECT ?1, link.value ->> 0, identities.id
                 FROM json_each(?3) AS link CROSS JOIN identities
                   ON identities.controller = ?1 AND identities.pseudonym = link.value ->> 1
                 WHERE {TOOK_EFFECT}
                 ON CONFLICT DO NOTHING"
            ),
            vec![D1Type::Text(links)],
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

fn observations(commit: &Commit) -> Vec<Value> {
    let row = |row: &ObservationRow| {
        json!({
            "id": row.id, "part": row.part, "observed_at": row.observed_at.millis(),
            "authoritative": row.authoritative, "succession": row.succession,
        })
    };
    commit.observations.iter().map(row).collect()
}

fn consents(commit: &Commit) -> Vec<Value> {
    let row = |row: &ConsentRow| {
        json!({
            "id": row.id, "channel": row.channel.name(), "granted": row.granted, "weak": row.weak,
            "decided_at": row.decided_at.millis(), "evidence": row.evidence,
        })
    };
    commit.consents.iter().map(row).collect()
}

/// Whether an observation can make two people one.
fn can_join(row: &ObservationRow) -> bool {
    row.identities.len() > 1
}

/// Pairs of a row's id and a pseudonym that it names, as JSON: one for each key that the pseudonym may be stored under. Two
/// Workers with different keys may have stored a value twice; then the row names both, which re-keying makes one.
fn links<'a>(commit: &Commit, rows: impl IntoIterator<Item = (&'a str, &'a Vec<usize>)>) -> Result<String, Problem> {
    let mut links: Vec<(&str, Pseudonym)> = Vec::new();
    for (id, identities) in rows {
        for at in identities {
            let missing = || Problem::internal("a row of an identity that is not there");
            let identity = commit.identities.get(*at).ok_or_else(missing)?;
            links.extend(identity.candidates.iter().map(|candidate| (id, *candidate)));
        }
    }
    database::json(&links)
}
