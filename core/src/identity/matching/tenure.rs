//! Whose a customer id is: the newest holder's.
//!
//! Platforms of one's own give an id out again when an account is closed. Then the records about it tell of two people,
//! and the change shows in the e-mail address. A person who merely has a new address shows the same change; what tells
//! the two apart is a number that stayed, if nobody else's record has that number; or that a source says that the one
//! address followed the other.

use crate::sorted::{SortedMap, SortedSet};
use std::iter;

use super::{Observation, ObservationId, groups::Groups};
use crate::{
    identity::{Kind, pseudonym::Pseudonym},
    time::Timestamp,
};

/// From which observation on each customer id is its present holder's. Ids that had one holder only are left out.
pub(super) struct Tenures<'a>(SortedMap<Pseudonym, (Timestamp, &'a ObservationId)>);

impl<'a> Tenures<'a> {
    /// The tenures that these records tell of; each has the addresses of one person at most.
    pub(super) fn of(records: &[&'a Observation]) -> Self {
        let mut successions = Groups::apart(iter::empty());
        for record in records {
            successions.join(record.of_kind(Kind::Email));
        }
        // An address stands for all that it followed and that followed it.
        let mut with_address: Vec<(&Observation, Pseudonym)> = records
            .iter()
            .filter_map(|record| Some((*record, successions.name(record.of_kind(Kind::Email).next()?))))
            .collect();
        with_address.sort_unstable_by_key(|(record, _)| record.place());

        let mut by_id: SortedMap<Pseudonym, Vec<(&Observation, Pseudonym)>> = SortedMap::new();
        let mut ids_of_phone: SortedMap<Pseudonym, SortedSet<SortedSet<Pseudonym>>> = SortedMap::new();
        for (record, address) in &with_address {
            let ids: SortedSet<Pseudonym> = record.of_kind(Kind::CustomerId).collect();
            for id in &ids {
                by_id.entry(*id).or_default().push((record, *address));
            }
            for phone in record.of_kind(Kind::Phone) {
                ids_of_phone.entry(phone).or_default().insert(ids.clone());
            }
        }

        let is_own = |phone: &Pseudonym, id: &Pseudonym| {
            ids_of_phone.get(phone).is_some_and(|owners| owners.iter().all(|ids| ids.contains(id)))
        };
        let mut since = SortedMap::new();
        for (id, records) in by_id {
            for ((earlier, old), (later, new)) in records.iter().zip(records.iter().skip(1)) {
                let kept = |phone: &Pseudonym| earlier.identities.contains(phone) && is_own(phone, &id);
                if old != new && !later.of_kind(Kind::Phone).any(|phone| kept(&phone)) {
                    since.insert(id, later.place());
                }
            }
        }
        Self(since)
    }

    /// Whether an observation tells of a customer id's earlier holder.
    pub(super) fn is_former(&self, id: &Pseudonym, observation: &Observation) -> bool {
        self.0.get(id).is_some_and(|since| observation.place() < *since)
    }
}
