//! Pseudonyms are put under the newest key, without their values, some hundreds at a time.
//!
//! Each row is changed by itself, and only if it still is what was read, so this can stop anywhere and run twice. Its
//! progress is in the rows: those with an older key are left to do.

use nod_core::sorted::{SortedMap, SortedSet};

use nod_core::{
    id::{ControllerId, IdentityId},
    identity::pseudonym::{KeyVersion, Pseudonym},
    journal::{Action, Actor, Entry},
    keys::MasterKeys,
};
use serde::{Deserialize, de::IgnoredAny};
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
    let (ids, moves) = plan(rows, |stored| keyrings.newest(stored), version);
    if moves.is_empty() {
        return Err(Problem::internal("pseudonyms of a key that is not in the ring"));
    }
    let chunk = Chunk { database, controller: &controller, version, moves: database::json(&moves)? };
    let twins = chunk.run(&ids).await?;
    if !twins.is_empty() {
        chunk.unite(&twins).await?;
    }
    Ok(true)
}

/// Which rows are changed, and what each pseudonym becomes.
fn plan(
    rows: Vec<Row>,
    newest: impl Fn(&Pseudonym) -> Pseudonym,
    version: KeyVersion,
) -> (SortedSet<IdentityId>, SortedMap<String, Pseudonym>) {
    let moves = rows.into_iter().map(|row| (row.id, row.pseudonym, newest(&row.pseudonym)));
    moves.filter(|(.., new)| new.version() == version).map(|(id, old, new)| (id, (old.to_string(), new))).unzip()
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

/// A row whose value has another row under the newest key already. That happens while Workers with and without the key run
/// side by side.
#[derive(Deserialize)]
struct Twin {
    id: IdentityId,
    survivor: IdentityId,
}

/// Where identities are named.
const LINKS: [&str; 6] = [
    "observation_identities",
    "subject_consent_identities",
    "rights_request_identities",
    "split_identities",
    "subject_change_identities",
    "visitor_identities",
];

struct Chunk<'a> {
    database: &'a Database,
    controller: &'a ControllerId,
    version: KeyVersion,
    /// A JSON object: what each pseudonym becomes.
    moves: String,
}

impl Chunk<'_> {
    /// Changes the rows, and says which cannot be changed for their twins. The last chunk of a controller leaves a journal
    /// entry.
    async fn run(&self, ids: &SortedSet<IdentityId>) -> Result<Vec<Twin>, Problem> {
        let controller = || D1Type::Text(self.controller.as_str());
        let moved = self.database.statement(
            "UPDATE OR IGNORE identities SET pseudonym = json_extract(?2, '$.\"' || pseudonym || '\"'), key_version = ?3
             WHERE controller = ?1 AND pseudonym IN (SELECT key FROM json_each(?2))",
            &[controller(), D1Type::Text(&self.moves), D1Type::Integer(self.version.number().into())],
        )?;
        self.database.batch::<IgnoredAny>(vec![self.finished(ids)?, moved]).await?;
        let twins = self.database.statement(
            "SELECT mine.id, twin.id AS survivor FROM json_each(?2) AS move
             CROSS JOIN identities AS mine ON mine.controller = ?1 AND mine.pseudonym = move.key
             CROSS JOIN identities AS twin ON twin.controller = ?1 AND twin.pseudonym = move.value",
            &[controller(), D1Type::Text(&self.moves)],
        )?;
        self.database.all(twins).await
    }

    /// The entry of a controller that has no other rows to do than these. It stands before their change, so that of two at
    /// once the second finds nothing left and writes none.
    fn finished(&self, ids: &SortedSet<IdentityId>) -> Result<D1PreparedStatement, Problem> {
        let number = self.version.number();
        let entry = Entry {
            controller: self.controller.clone(),
            at: clock::now()?,
            actor: Actor::System,
            action: Action::IdentitiesRekeyed,
            object: number.to_string(),
            detail: json!({"key_version": number}),
        };
        let older = format!("SELECT 1 FROM identities WHERE controller = ?1 AND key_version < {number}");
        let is_last =
            format!("EXISTS ({older}) AND NOT EXISTS ({older} AND id NOT IN (SELECT value FROM json_each(?2)))");
        journal::append_all(self.database, self.controller, &[entry], &database::json(&ids)?, &is_last)
    }

    /// One identity of two rows: what named the older key's names the other.
    async fn unite(&self, twins: &[Twin]) -> Result<(), Problem> {
        let survivors: SortedMap<&IdentityId, &IdentityId> = twins.iter().map(|one| (&one.id, &one.survivor)).collect();
        let survivors = database::json(&survivors)?;
        let statement = |sql: &str| {
            self.database.statement(sql, &[D1Type::Text(self.controller.as_str()), D1Type::Text(&survivors)])
        };
        let mut batch = Vec::new();
        for links in LINKS {
            let table = format!("{links} INDEXED BY {links}_by_identity");
            let these = "WHERE controller = ?1 AND identity IN (SELECT key FROM json_each(?2))";
            batch.push(statement(&format!("UPDATE OR IGNORE {table} SET identity = ?2 ->> identity {these}"))?);
            batch.push(statement(&format!("DELETE FROM {table} {these}"))?);
        }
        // Whose request it is. Of two that count for the same kind the second keeps only the link that was just moved.
        let these = "WHERE controller = ?1 AND contact IN (SELECT key FROM json_each(?2))";
        let set = "UPDATE OR IGNORE rights_requests SET contact = ?2 ->> contact, version = version + 1 ";
        batch.push(statement(&[set, these].concat())?);
        let unset = "UPDATE rights_requests SET contact = NULL, version = version + 1 ";
        batch.push(statement(&[unset, these].concat())?);
        batch.push(statement(
            "UPDATE opt_outs SET identity = ?2 ->> identity
             WHERE controller = ?1 AND identity IN (SELECT key FROM json_each(?2))",
        )?);
        let sql = "DELETE FROM identities WHERE controller = ?1 AND id IN (SELECT key FROM json_each(?2))";
        batch.push(statement(sql)?);
        self.database.batch::<IgnoredAny>(batch).await.map(drop)
    }
}

#[cfg(test)]
mod tests {
    use nod_core::identity::Kind;

    use super::*;

    #[test]
    fn a_row_is_changed_only_if_its_pseudonym_reaches_the_newest_key() {
        let versions: Vec<KeyVersion> = (1..=3).filter_map(KeyVersion::new).collect();
        let [first, second, third] = versions.as_slice() else { unreachable!("there are three") };
        let pseudonym = |version: &KeyVersion, bits| Pseudonym::from_parts(Kind::Email, *version, [bits; 32]);
        let row = |bits, version| Row { id: IdentityId::from_random([bits; 16]), pseudonym: pseudonym(version, bits) };
        // The second key is not in this ring.
        let newest = |old: &Pseudonym| if old.version() == *first { pseudonym(third, 9) } else { *old };
        let (ids, moves) = plan(vec![row(1, first), row(2, second)], newest, *third);
        assert_eq!(ids, SortedSet::from([IdentityId::from_random([1; 16])]));
        assert_eq!(moves, SortedMap::from([(pseudonym(first, 1).to_string(), pseudonym(third, 9))]));
    }
}
