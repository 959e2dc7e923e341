//! From rows to facts.

use nod_core::sorted::{SortedMap, SortedSet};

use nod_core::{
    id::{ConnectionId, DeliveryId, IdentityId, SplitId},
    identity::{
        neighbourhood::{Neighbourhood, ObservationFact, SplitFact},
        pseudonym::Pseudonym,
    },
    time::Timestamp,
};
use serde::Deserialize;

use super::{Around, MOST, Stored};

/// An observation, with its identities as a JSON array.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct ObservationRow {
    pub(super) id: String,
    pub(super) seq: u64,
    pub(super) connection: ConnectionId,
    pub(super) delivery: DeliveryId,
    pub(super) observed_at: Timestamp,
    pub(super) authoritative: u8,
    pub(super) succession: u8,
    pub(super) identities: String,
}

/// A split, with its sides as a JSON array of pairs: the side's number and an identity.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct SplitRow {
    pub(super) id: SplitId,
    pub(super) seq: u64,
    pub(super) undoes: Option<String>,
    pub(super) sides: String,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct IdentityRow {
    pub(super) id: IdentityId,
    pub(super) pseudonym: Pseudonym,
    pub(super) created_at: Timestamp,
}

/// The identities that observations name, and those that were asked for.
pub(super) fn named(observations: &[ObservationRow], seeds: &[IdentityId]) -> SortedSet<IdentityId> {
    let of = |row: &ObservationRow| serde_json::from_str::<Vec<IdentityId>>(&row.identities).unwrap_or_default();
    observations.iter().flat_map(of).chain(seeds.iter().cloned()).collect()
}

/// The facts that the rows tell of. `None` where a row is not what it should be.
pub(super) fn around(
    observations: Vec<ObservationRow>,
    splits: Vec<SplitRow>,
    identities: Vec<IdentityRow>,
    newest: impl Fn(&Pseudonym) -> Pseudonym,
) -> Option<Around> {
    let is_partial = observations.len() > MOST || identities.len() > MOST;
    let deliveries = observations.iter().map(|row| (row.id.clone(), row.delivery.clone())).collect();
    let facts = Neighbourhood {
        identities: identities.iter().map(|row| (row.id.clone(), newest(&row.pseudonym))).collect(),
        observations: observations.into_iter().map(observation).collect::<Option<_>>()?,
        splits: splits.into_iter().map(split).collect::<Option<_>>()?,
    };
    let stored = |row: IdentityRow| (row.id, Stored { pseudonym: row.pseudonym, created_at: row.created_at });
    Some(Around { facts, stored: identities.into_iter().map(stored).collect(), deliveries, is_partial })
}

fn observation(row: ObservationRow) -> Option<ObservationFact> {
    Some(ObservationFact {
        id: row.id,
        seq: row.seq,
        connection: row.connection,
        observed_at: row.observed_at,
        authoritative: row.authoritative != 0,
        succession: row.succession != 0,
        identities: serde_json::from_str(&row.identities).ok()?,
    })
}

fn split(row: SplitRow) -> Option<SplitFact> {
    let sides = sides(serde_json::from_str(&row.sides).ok()?);
    Some(SplitFact { id: row.id, seq: row.seq, undoes: row.undoes, sides })
}

/// Identities by their sides, in the order of the sides' numbers.
pub(in crate::identity) fn sides(pairs: Vec<(u32, IdentityId)>) -> Vec<SortedSet<IdentityId>> {
    let mut sides: SortedMap<u32, SortedSet<IdentityId>> = SortedMap::new();
    for (side, identity) in pairs {
        sides.entry(side).or_default().insert(identity);
    }
    sides.into_values().collect()
}
