//! The database, in memory: what the edge's batch does with a [`Commit`], and nothing more.

use crate::sorted::{SortedMap, SortedSet};

use crate::{
    id::{ChangeId, ConnectionId, DeliveryId, Fingerprint, IdentityId},
    identity::{
        Kind,
        matching::Policy,
        neighbourhood::{Cause, Neighbourhood, ObservationFact, SubjectChange},
        pseudonym::{Keyring, Pseudonym},
    },
    intake::{Commit, ConsentRow, DeliveryRow, RequestRow, Status},
    journal::Action,
};

/// What the sender hears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Effect(Status),
    Duplicate,
}

/// A row with the identities that it names.
pub(super) struct Naming<T> {
    pub(super) row: T,
    pub(super) connection: ConnectionId,
    pub(super) identities: SortedSet<IdentityId>,
}

#[derive(Default)]
pub(super) struct Store {
    pub(super) deliveries: SortedMap<DeliveryId, DeliveryRow>,
    dedupe: SortedSet<(ConnectionId, Fingerprint)>,
    vendor_keys: SortedSet<(ConnectionId, Fingerprint)>,
    pub(super) repeats: usize,
    pub(super) identities: SortedMap<IdentityId, Pseudonym>,
    by_pseudonym: SortedMap<Pseudonym, IdentityId>,
    pub(super) observations: SortedMap<String, ObservationFact>,
    of_identity: SortedMap<IdentityId, SortedSet<String>>,
    pub(super) consents: Vec<Naming<ConsentRow>>,
    pub(super) requests: Vec<Naming<RequestRow>>,
    /// What was done to what; an entry's number is one more than its place.
    pub(super) journal: Vec<(Action, String)>,
    /// The observations whose changes have not been reckoned.
    pub(super) outbox: SortedSet<String>,
    pub(super) changes: SortedMap<ChangeId, SubjectChange>,
    /// The connections that are to be erased.
    pub(super) purges: SortedSet<ConnectionId>,
}

impl Store {
    /// The batch: all of it, or nothing for a delivery that was here before.
    pub(super) fn apply(&mut self, commit: Commit) -> Answer {
        let row = commit.delivery;
        let connection = row.connection.clone();
        let key = (connection.clone(), row.dedupe.clone());
        let vendor_key = row.vendor_key.clone().map(|key| (connection.clone(), key));
        if self.dedupe.contains(&key) || vendor_key.as_ref().is_some_and(|key| self.vendor_keys.contains(key)) {
            self.repeats += 1;
            return Answer::Duplicate;
        }
        self.dedupe.insert(key);
        self.vendor_keys.extend(vendor_key);

        let seq = self.journal.len() as u64 + 1;
        self.journal.extend(commit.entries.into_iter().map(|entry| (entry.action, entry.object)));
        let ids: Vec<IdentityId> = commit
            .identities
            .into_iter()
            .map(|identity| {
                let stored = identity.candidates.iter().find_map(|one| self.by_pseudonym.get(one));
                stored.cloned().unwrap_or_else(|| {
                    let newest = identity.candidates[0];
                    self.by_pseudonym.insert(newest, identity.id.clone());
                    self.identities.insert(identity.id.clone(), newest);
                    identity.id
                })
            })
            .collect();
        let named = |indices: &[usize]| indices.iter().map(|index| ids[*index].clone()).collect::<SortedSet<_>>();
        for observation in commit.observations {
            let identities = named(&observation.identities);
            for identity in &identities {
                self.of_identity.entry(identity.clone()).or_default().insert(observation.id.clone());
            }
            self.outbox.insert(observation.id.clone());
            let fact = ObservationFact {
                id: observation.id.clone(),
                seq,
                connection: connection.clone(),
                observed_at: observation.observed_at,
                authoritative: observation.authoritative,
                succession: observation.succession,
                identities,
            };
            assert!(self.observations.insert(observation.id, fact).is_none(), "an observation was made twice");
        }
        for row in commit.consents {
            let identities = named(&row.identities);
            self.consents.push(Naming { row, connection: connection.clone(), identities });
        }
        if let Some(row) = commit.request {
            let identities = named(&row.identities);
            self.requests.push(Naming { row, connection: connection.clone(), identities });
        }
        if commit.purge {
            self.purges.insert(connection);
        }
        let status = row.status;
        assert!(self.deliveries.insert(row.id.clone(), row).is_none(), "a delivery's id was given twice");
        Answer::Effect(status)
    }

    /// The facts that share an identity with this observation, directly or through others.
    pub(super) fn neighbourhood(&self, observation: &str) -> Neighbourhood {
        let mut found = SortedSet::from([observation]);
        let mut open = vec![observation];
        let mut identities = SortedMap::new();
        while let Some(fact) = open.pop().and_then(|id| self.observations.get(id)) {
            for identity in &fact.identities {
                if identities.insert(identity.clone(), self.identities[identity]).is_none() {
                    open.extend(self.of_identity[identity].iter().map(String::as_str).filter(|id| found.insert(id)));
                }
            }
        }
        let observations = found.into_iter().filter_map(|id| self.observations.get(id)).cloned().collect();
        Neighbourhood { identities, observations, splits: Vec::new() }
    }

    /// What the first half of the outbox work is: reckoning, which stores nothing.
    pub(super) fn reckon(&self, observation: &str) -> Vec<SubjectChange> {
        let cause = Cause::Observation(observation.to_owned());
        self.neighbourhood(observation).changes(&cause, Policy::default()).unwrap()
    }

    /// The batch of the outbox work: changes that are not there yet, with their entries, and the row that asked for them.
    pub(super) fn finish(&mut self, observation: &str, changes: Vec<SubjectChange>) {
        for change in changes {
            if !self.changes.contains_key(&change.id) {
                self.journal.push((Action::SubjectsMerged, change.id.as_str().to_owned()));
                self.changes.insert(change.id.clone(), change);
            }
        }
        self.outbox.remove(observation);
    }

    /// One step of an erasure: at most so many rows, and the row that asked for it with the last of them.
    pub(super) fn purge(&mut self, connection: &ConnectionId, most: usize) {
        let theirs = |one: &&ObservationFact| one.connection == *connection;
        let gone: Vec<String> =
            self.observations.values().filter(theirs).take(most).map(|one| one.id.clone()).collect();
        for id in &gone {
            for identity in self.observations.remove(id).iter().flat_map(|fact| &fact.identities) {
                self.of_identity.get_mut(identity).unwrap().remove(id);
            }
        }
        if gone.len() < most {
            self.consents.retain(|one| one.connection != *connection);
            self.requests.retain(|one| one.connection != *connection);
            self.purges.remove(connection);
        }
    }

    /// One step of the scheduled re-key: at most so many rows. Says whether there are more.
    pub(super) fn rekey(&mut self, rings: &SortedMap<Kind, Keyring>, most: usize) -> bool {
        let newest = rings[&Kind::Email].version();
        let stale: Vec<(IdentityId, Pseudonym)> = self
            .identities
            .iter()
            .filter(|(_, pseudonym)| pseudonym.version() < newest)
            .take(most)
            .map(|(id, pseudonym)| (id.clone(), *pseudonym))
            .collect();
        for (id, old) in &stale {
            let new = rings[&old.kind()].rekey(old).unwrap();
            self.by_pseudonym.remove(old);
            assert!(self.by_pseudonym.insert(new, id.clone()).is_none(), "two rows stand for one identity");
            self.identities.insert(id.clone(), new);
        }
        stale.len() == most
    }
}
