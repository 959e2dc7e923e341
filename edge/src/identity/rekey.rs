//! Pseudonyms are put under the newest key, without their values, some hundreds at a time.
//!
//! Each row is changed by itself, and only if it still is what was read, so this can stop anywhere and run twice. Its
//! progress is in the rows: those with an older key are left to do.

use std::collections::BTreeSet;

use nod_core::{
    id::{ControllerId, IdentityId},
    identity::pseudonym::{KeyVersion, Pseudonym},
    journal::{Action, Actor, Entry},
    keys::MasterKeys,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use worker::{D1PreparedStatement, D1Type};

use super::keyrings::Keyrings;
use crate::{
    clock,
    database::{self, Database},
    http::Problem,
    journal,
};

/// Rows of one step.
const CHUNK: i32 = 500;

/// Re-keys some identities of one controller. Whether there was something to do.
pub(crate) async fn rekey(database: &Database, masters: &MasterKeys) -> Result<bool, Problem> {
    let version = masters.version();
    let Some(controller) = unfinished(database, version).await? else { return Ok(false) };
    let keyrings = Keyrings::of(masters, &controller)?;
    let rows = older(database, &controller, version).await?;
    let steps: Vec<Step> = rows.into_iter().filter_map(|row| row.step(&keyrings, version)).collect();
    if steps.is_empty() {
        return Err(Problem::internal("pseudonyms of a key that is not in the ring"));
    }
    let step = Chunk { database, controller: &controller, version, rows: database::json(&steps)? };
    let twins = step.run(&steps).await?;
    if !twins.is_empty() {
        step.unite(&twins).await?;
    }
    Ok(true)
}

/// A controller that has identities under an older key.
async fn unfinished(database: &Database, version: KeyVersion) -> Result<Option<ControllerId>, Problem> {
    #[derive(Deserialize)]
    struct Row {
        id: ControllerId,
    }
    let statement = database.statement(
        "SELECT id FROM controllers
         WHERE EXISTS (SELECT 1 FROM identities WHERE controller = controllers.id AND key_version < ?1) LIMIT 1",
        &[D1Type::Integer(version.number().into())],
    )?;
    Ok(database.first::<Row>(statement).await?.map(|row| row.id))
}

async fn older(database: &Database, controller: &ControllerId, version: KeyVersion) -> Result<Vec<Row>, Problem> {
    let statement = database.statement(
        "SELECT id, pseudonym FROM identities WHERE controller = ?1 AND key_version < ?2 LIMIT ?3",
        &[D1Type::Text(controller.as_str()), D1Type::Integer(version.number().into()), D1Type::Integer(CHUNK)],
    )?;
    database.all(statement).await
}

#[derive(Deserialize)]
struct Row {
    id: IdentityId,
    pseudonym: Pseudonym,
}

impl Row {
    fn step(self, keyrings: &Keyrings, version: KeyVersion) -> Option<Step> {
        let new = keyrings.newest(&self.pseudonym);
        (new.version() == version).then_some(Step { id: self.id, old: self.pseudonym, new })
    }
}

/// One row's way to the newest key.
#[derive(Serialize)]
struct Step {
    id: IdentityId,
    old: Pseudonym,
    new: Pseudonym,
}

/// A row whose value has another row under the newest key already. That happens while Workers with and without the key run
/// side by side.
#[derive(Deserialize, Serialize)]
struct Twin {
    id: IdentityId,
    survivor: IdentityId,
}

/// Where identities are named.
const LINKS: [&str; 5] = [
    "observation_identities",
    "subject_consent_identities",
    "rights_request_identities",
    "split_identities",
    "subject_change_identities",
];

struct Chunk<'a> {
    database: &'a Database,
    controller: &'a ControllerId,
    version: KeyVersion,
    /// The steps as a JSON array.
    rows: String,
}

impl Chunk<'_> {
    /// Changes the rows, and says which cannot be changed for their twins. The last chunk of a controller leaves a journal entry.
    async fn run(&self, steps: &[Step]) -> Result<Vec<Twin>, Problem> {
        let finished = self.finished(steps)?;
        let update = self.statement(
            "UPDATE OR IGNORE identities SET pseudonym = step.value ->> 'new', key_version = ?3
             FROM json_each(?2) AS step
             WHERE identities.controller = ?1 AND identities.id = step.value ->> 'id'
               AND identities.pseudonym = step.value ->> 'old'",
            vec![D1Type::Integer(self.version.number().into())],
        )?;
        self.database.batch::<serde::de::IgnoredAny>(vec![finished, update]).await?;
        let twins = self.statement(
            "SELECT mine.id, twin.id AS survivor FROM json_each(?2) AS step
             CROSS JOIN identities AS mine ON mine.controller = ?1 AND mine.id = step.value ->> 'id'
               AND mine.pseudonym = step.value ->> 'old'
             CROSS JOIN identities AS twin ON twin.controller = ?1 AND twin.pseudonym = step.value ->> 'new'",
            Vec::new(),
        )?;
        self.database.all(twins).await
    }

    /// The entry of a controller that has no other rows to do than these. It stands before their change, so that of two at
    /// once the second finds nothing left and writes none.
    fn finished(&self, steps: &[Step]) -> Result<D1PreparedStatement, Problem> {
        let number = self.version.number();
        let entry = Entry {
            controller: self.controller.clone(),
            at: clock::now()?,
            actor: Actor::System,
            action: Action::IdentitiesRekeyed,
            object: number.to_string(),
            detail: json!({"key_version": number}),
        };
        let ids: BTreeSet<&IdentityId> = steps.iter().map(|step| &step.id).collect();
        let older = format!("SELECT 1 FROM identities WHERE controller = ?1 AND key_version < {number}");
        let is_last =
            format!("EXISTS ({older}) AND NOT EXISTS ({older} AND id NOT IN (SELECT value FROM json_each(?2)))");
        journal::append_all(self.database, self.controller, &[entry], &database::json(&ids)?, &is_last)
    }

    /// One identity of two rows: what named the older key's names the other.
    async fn unite(&self, twins: &[Twin]) -> Result<(), Problem> {
        let rows = database::json(&twins)?;
        let arguments = [D1Type::Text(self.controller.as_str()), D1Type::Text(&rows)];
        let mut batch = Vec::new();
        for table in LINKS {
            batch.push(self.database.statement(
                &format!(
                    "UPDATE OR IGNORE {table} SET identity = twin.value ->> 'survivor' FROM json_each(?2) AS twin
                     WHERE {table}.controller = ?1 AND {table}.identity = twin.value ->> 'id'"
                ),
                &arguments,
            )?);
            batch.push(self.gone(table, "identity", &arguments)?);
        }
        batch.push(self.gone("identities", "id", &arguments)?);
        self.database.batch::<serde::de::IgnoredAny>(batch).await.map(drop)
    }

    fn gone(&self, table: &str, column: &str, arguments: &[D1Type<'_>]) -> Result<D1PreparedStatement, Problem> {
        let sql = format!(
            "DELETE FROM {table} WHERE controller = ?1
             AND {column} IN (SELECT value ->> 'id' FROM json_each(?2))"
        );
        self.database.statement(&sql, arguments)
    }

    fn statement(&self, sql: &str, own: Vec<D1Type<'_>>) -> Result<D1PreparedStatement, Problem> {
        let mut arguments = vec![D1Type::Text(self.controller.as_str()), D1Type::Text(&self.rows)];
        arguments.extend(own);
        self.database.statement(sql, &arguments)
    }
}
