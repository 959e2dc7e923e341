//! The facts around a person: everything that shares an identity with it, directly or through others.
//!
//! What is loaded is bounded ([`MOST`]), and so is what the database reads for it. Beyond the bound it is partial: subjects
//! reckoned from half of the facts could be wrong, so nobody may reckon them.

mod rows;
#[cfg(test)]
mod tests;

use nod_core::sorted::SortedMap;

use futures_util::future::try_join;
use nod_core::{
    id::{ControllerId, DeliveryId, IdentityId},
    identity::{neighbourhood::Neighbourhood, pseudonym::Pseudonym},
    keys::MasterKeys,
    time::Timestamp,
};
use worker::D1Type;

use super::keyrings::Keyrings;
use crate::{
    database::{self, Database},
    http::Problem,
};
pub(super) use rows::sides;
use rows::{IdentityRow, ObservationRow, SplitRow};

/// How many observations, and how many identities, one reckoning takes.
pub(super) const MOST: usize = 2000;

/// Facts, and what else is known about their identities and observations.
#[derive(Debug, Default)]
pub(super) struct Around {
    /// The facts, with all pseudonyms under the newest key.
    pub(super) facts: Neighbourhood,
    /// The identities as they are stored.
    pub(super) stored: SortedMap<IdentityId, Stored>,
    /// Which delivery brought each observation.
    pub(super) deliveries: SortedMap<String, DeliveryId>,
    /// There are more facts than these.
    pub(super) is_partial: bool,
}

/// An identity as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stored {
    pub(super) pseudonym: Pseudonym,
    pub(super) created_at: Timestamp,
}

/// Where to begin.
#[derive(Clone, Copy, Debug)]
pub(super) enum Start<'a> {
    Identities(&'a [IdentityId]),
    /// Observations and splits, by their ids.
    Facts(&'a [&'a str]),
}

/// From identities to those that were seen with them, each once. An identity of a crowd is followed into so many of its
/// observations that the bound is passed, and no further.
const NEAR: &str = "
  UNION
  SELECT other.identity FROM near
  CROSS JOIN observation_identities AS mine ON mine.controller = ?1 AND mine.identity = near.identity
    AND mine.observation <= COALESCE(
      (SELECT last.observation FROM observation_identities AS last
       WHERE last.controller = ?1 AND last.identity = near.identity ORDER BY last.observation LIMIT 1 OFFSET ?3), '~')
  CROSS JOIN observation_identities AS other ON other.controller = ?1 AND other.observation = mine.observation
  LIMIT ?3";

const OBSERVATIONS: &str = "
  SELECT observations.id, seq, connection, delivery, observed_at, authoritative, succession,
         (SELECT json_group_array(identity) FROM observation_identities
          WHERE controller = ?1 AND observation = observations.id) AS identities
  FROM (SELECT DISTINCT mine.observation AS id FROM near CROSS JOIN observation_identities AS mine
        ON mine.controller = ?1 AND mine.identity = near.identity LIMIT ?3) AS found
  CROSS JOIN observations ON observations.controller = ?1 AND observations.id = found.id";

const SPLITS: &str = "
  SELECT splits.id, seq, undoes,
         (SELECT json_group_array(json_array(side, identity)) FROM split_identities
          WHERE controller = ?1 AND split = splits.id) AS sides
  FROM (SELECT DISTINCT split AS id FROM json_each(?2) AS one CROSS JOIN split_identities
        ON split_identities.controller = ?1 AND split_identities.identity = one.value) AS found
  CROSS JOIN splits ON splits.controller = ?1 AND splits.id = found.id";

/// The identities themselves, and those that a split names beside them.
const IDENTITIES: &str = "
  SELECT identities.id, pseudonym, created_at
  FROM (SELECT value AS id FROM json_each(?2)
        UNION
        SELECT other.identity FROM json_each(?2) AS one
        CROSS JOIN split_identities AS mine ON mine.controller = ?1 AND mine.identity = one.value
        CROSS JOIN split_identities AS other ON other.controller = ?1 AND other.split = mine.split) AS named
  CROSS JOIN identities ON identities.controller = ?1 AND identities.id = named.id";

/// Everything around.
pub(super) async fn load(
    database: &Database,
    masters: &MasterKeys,
    controller: &ControllerId,
    start: Start<'_>,
) -> Result<Around, Problem> {
    let observations = observations(database, controller, start).await?;
    let seeds = if let Start::Identities(ids) = start { ids } else { &[] };
    let named = rows::named(&observations, seeds);
    let named = database::json(&named)?;
    let arguments = [D1Type::Text(controller.as_str()), D1Type::Text(&named)];
    let (splits, identities) = try_join(
        database.all::<SplitRow>(database.statement(SPLITS, &arguments)?),
        database.all::<IdentityRow>(database.statement(IDENTITIES, &arguments)?),
    )
    .await?;
    let keyrings = Keyrings::of(masters, controller)?;
    rows::around(observations, splits, identities, |stored| keyrings.newest(stored))
        .ok_or_else(|| Problem::internal("rows about an identity that cannot be read"))
}

async fn observations(
    database: &Database,
    controller: &ControllerId,
    start: Start<'_>,
) -> Result<Vec<ObservationRow>, Problem> {
    let (seeds, ids) = match start {
        Start::Identities(ids) => ("SELECT value FROM json_each(?2)", database::json(&ids)?),
        Start::Facts(ids) => (
            "SELECT identity FROM json_each(?2) AS one CROSS JOIN observation_identities
             ON observation_identities.controller = ?1 AND observation_identities.observation = one.value
             UNION
             SELECT identity FROM json_each(?2) AS one CROSS JOIN split_identities
             ON split_identities.controller = ?1 AND split_identities.split = one.value",
            database::json(&ids)?,
        ),
    };
    let sql = format!("WITH RECURSIVE near (identity) AS ({seeds} {NEAR}) {OBSERVATIONS}");
    let limit = i32::try_from(MOST.saturating_add(1)).unwrap_or(i32::MAX);
    let arguments = [D1Type::Text(controller.as_str()), D1Type::Text(&ids), D1Type::Integer(limit)];
    database.all(database.statement(&sql, &arguments)?).await
}
