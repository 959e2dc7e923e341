//! Facts as they are stored, by the ids of identities, and what becomes of data subjects by each of them.
//!
//! Subjects are not stored: they are reckoned from the facts that share an identity with one another, directly or through
//! others ([`super::matching`]). What one fact changed is the difference between the subjects of everything that arrived
//! before it and those of everything up to it. Both are functions of the facts' order of arrival, which never changes, so
//! it does not matter when that is reckoned, how often, or by how many at once: the result is the same, with the same ids.
//!
//! Identities are named by their ids here, because a pseudonym changes with its key and an id never does.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    matching::{Change, Facts, Observation, ObservationId, Policy, Source, Split, Subjects},
    pseudonym::Pseudonym,
};
use crate::{
    canonical,
    id::{ChangeId, ConnectionId, IdentityId, SplitId},
    time::Timestamp,
};

/// An observation as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObservationFact {
    /// Its id.
    pub id: String,
    /// Its place in the order of arrival. Those of one delivery share it, and follow one another by their ids.
    pub seq: u64,
    /// What it came through.
    pub connection: ConnectionId,
    /// When it was so, by the platform's clock.
    pub observed_at: Timestamp,
    /// Whether the platform answers for it.
    pub authoritative: bool,
    /// Whether one address followed the other.
    pub succession: bool,
    /// What was seen.
    pub identities: BTreeSet<IdentityId>,
}

/// A decision of staff as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SplitFact {
    /// Its id.
    pub id: SplitId,
    /// Its place in the order of arrival.
    pub seq: u64,
    /// The observation that was wrong about who is who.
    pub undoes: Option<String>,
    /// The people.
    pub sides: Vec<BTreeSet<IdentityId>>,
}

/// Facts that share identities, and the identities.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Neighbourhood {
    /// Every identity that the facts name, with its pseudonym as it is stored, of whatever key.
    pub identities: BTreeMap<IdentityId, Pseudonym>,
    /// What was observed.
    pub observations: Vec<ObservationFact>,
    /// What staff decided.
    pub splits: Vec<SplitFact>,
}

/// What brought a change about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// This observation.
    Observation(String),
    /// This decision of staff.
    Split(SplitId),
}

/// Which way it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// Several subjects turned out to be one.
    Merged,
    /// One subject turned out to be several.
    Parted,
}

/// What became of subjects: the stored form of a [`Change`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectChange {
    /// Made of the cause and of the sides, so that the same change has the same id whoever reckons it.
    pub id: ChangeId,
    /// Which way it went.
    pub turn: Turn,
    /// What brought it about.
    pub cause: Cause,
    /// The subjects before: several for a merge, one for a parting.
    pub before: Vec<BTreeSet<IdentityId>>,
    /// The subjects after: one for a merge, several for a parting.
    pub after: Vec<BTreeSet<IdentityId>>,
    /// The observations that hold a merge, or the names of the reasons of a parting.
    pub because: Vec<String>,
}

impl Neighbourhood {
    /// What the cause made of the subjects. `None` where it is not among these facts, because it was erased.
    pub fn changes(&self, cause: &Cause, policy: Policy) -> Option<Vec<SubjectChange>> {
        let _ = (cause, policy, canonical::sha256 as fn(&[u8]) -> [u8; 32]);
        let _: Option<(Change, Observation, ObservationId, Source, Split)> = None;
        None
    }

    /// The subjects of all these facts, in pseudonyms.
    pub fn subjects(&self, policy: Policy) -> Subjects {
        Facts::default().subjects(policy)
    }

    /// The ids of identities that a reckoning names by their pseudonyms.
    pub fn ids<'a>(&'a self, pseudonyms: &'a BTreeSet<Pseudonym>) -> impl Iterator<Item = &'a IdentityId> {
        self.identities.iter().filter(|(_, pseudonym)| pseudonyms.contains(pseudonym)).map(|(id, _)| id)
    }
}

impl Turn {
    /// The name that the API and the database use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Merged => "merged",
            Self::Parted => "parted",
        }
    }

    /// The turn of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Merged, Self::Parted].into_iter().find(|turn| turn.name() == name)
    }
}
