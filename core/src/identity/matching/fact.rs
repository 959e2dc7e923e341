//! What was observed, and what staff decided.

use crate::sorted::{Entry, SortedMap, SortedSet};

use serde::Serialize;

use super::{Change, Policy, Split, Subjects, change, subjects};
use crate::{
    identity::{Kind, pseudonym::Pseudonym},
    time::Timestamp,
};

/// The name of an observation: of the delivery, and of the part of it where it has several.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ObservationId(String);

/// Where an observation comes from: a connection, or Nod's own pages.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Source(String);

macro_rules! names {
    ($($name:ident),+) => {$(
        impl $name {
            /// The thing of this name.
            pub fn new(name: impl Into<String>) -> Self {
                Self(name.into())
            }

            /// The name.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
    )+};
}

names!(ObservationId, Source);

/// Identities that were seen together.
// The order of the fields is the order of observations: the newer one is the greater.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Observation {
    /// When, by the clock of its source.
    pub observed_at: Timestamp,
    /// Its name. A record that changes is observed again, under another name.
    pub id: ObservationId,
    /// Whether its source answers for it: a customer's record does, what a page sends does not.
    pub authoritative: bool,
    /// Whether the source says that one address followed the other: both are the same person's.
    pub succession: bool,
    /// What was seen.
    pub identities: SortedSet<Pseudonym>,
    /// Where.
    pub source: Source,
}

impl Observation {
    pub(super) fn of_kind(&self, kind: Kind) -> impl Iterator<Item = Pseudonym> {
        self.identities.iter().copied().filter(move |identity| identity.kind() == kind)
    }

    /// How many addresses one person may have in it.
    pub(super) const fn addresses(&self) -> usize {
        if self.succession { 2 } else { 1 }
    }

    /// Its place in time. The name decides between two of the same moment, so that there is one order for everybody.
    pub(super) fn place(&self) -> (Timestamp, &ObservationId) {
        (self.observed_at, &self.id)
    }
}

/// Everything that is known, as a set: adding is in any order and as often as one likes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    observations: SortedMap<ObservationId, Observation>,
    splits: SortedSet<Split>,
}

impl Facts {
    /// Adds what was stored before.
    pub fn add(&mut self, observation: Observation) {
        match self.observations.entry(observation.id.clone()) {
            Entry::Vacant(entry) => {
                entry.insert(observation);
            }
            Entry::Occupied(known) => {
                if observation > *known {
                    *known = observation;
                }
            }
        }
    }

    /// Adds a decision that was stored before.
    pub fn add_split(&mut self, split: Split) {
        self.splits.insert(split);
    }

    /// Adds what arrives, and says what becomes of the subjects by it.
    pub fn observe(&mut self, observation: Observation, policy: Policy) -> Vec<Change> {
        let cause = observation.id.clone();
        self.change(policy, Some(&cause), |facts| facts.add(observation))
    }

    /// Adds what staff decide, and says what becomes of the subjects by it.
    pub fn split(&mut self, split: Split, policy: Policy) -> Vec<Change> {
        self.change(policy, None, |facts| facts.add_split(split))
    }

    /// The data subjects, as far as these facts go.
    pub fn subjects(&self, policy: Policy) -> Subjects {
        subjects::reckon(self, policy)
    }

    fn change(&mut self, policy: Policy, cause: Option<&ObservationId>, change: impl FnOnce(&mut Self)) -> Vec<Change> {
        let before = self.subjects(policy);
        change(self);
        change::between(&before, &self.subjects(policy), cause)
    }

    pub(super) fn observations(&self) -> impl Iterator<Item = &Observation> {
        self.observations.values()
    }

    pub(super) fn splits(&self) -> impl Iterator<Item = &Split> {
        self.splits.iter()
    }

    /// Whether staff have said that this observation was wrong about who is who.
    pub(super) fn is_undone(&self, id: &ObservationId) -> bool {
        self.splits.iter().any(|split| split.undoes() == Some(id))
    }
}
