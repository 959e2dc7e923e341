//! Facts as they are stored, by the ids of identities, and what becomes of data subjects by each of them.
//!
//! Subjects are not stored: they are reckoned from the facts that share an identity with one another, directly or through
//! others ([`super::matching`]). What one fact changed is the difference between the subjects of everything that arrived
//! before it and those of everything up to it. Both are functions of the facts' order of arrival, which never changes, so
//! it does not matter when that is reckoned, how often, or by how many at once: the result is the same, with the same ids.
//!
//! Identities are named by their ids here, because a pseudonym changes with its key and an id never does.

use crate::sorted::{SortedMap, SortedSet};

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
    pub identities: SortedSet<IdentityId>,
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
    pub sides: Vec<SortedSet<IdentityId>>,
}

/// Facts that share identities, and the identities.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Neighbourhood {
    /// Every identity that the facts name, with its pseudonym as it is stored, of whatever key.
    pub identities: SortedMap<IdentityId, Pseudonym>,
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
    pub before: Vec<SortedSet<IdentityId>>,
    /// The subjects after: one for a merge, several for a parting.
    pub after: Vec<SortedSet<IdentityId>>,
    /// The observations that hold a merge, or the names of the reasons of a parting.
    pub because: Vec<String>,
}

impl Neighbourhood {
    /// What the cause made of the subjects. `None` where it is not among these facts, because it was erased.
    pub fn changes(&self, cause: &Cause, policy: Policy) -> Option<Vec<SubjectChange>> {
        let place = self.place(cause)?;
        let mut facts = self.facts(|one| one < place);
        let changes = match cause {
            Cause::Observation(id) => {
                let observation = self.observations.iter().find(|one| one.id == *id)?;
                facts.observe(self.observation(observation), policy)
            }
            Cause::Split(id) => {
                let split = self.splits.iter().find(|one| one.id == *id)?;
                facts.split(self.split(split)?, policy)
            }
        };
        let mut changes: Vec<SubjectChange> = changes.iter().map(|change| self.stored(change, cause)).collect();
        changes.sort_unstable_by(|one, other| (&one.turn, &one.before).cmp(&(&other.turn, &other.before)));
        Some(changes)
    }

    /// The subjects of all these facts, in pseudonyms.
    pub fn subjects(&self, policy: Policy) -> Subjects {
        self.facts(|_| true).subjects(policy)
    }

    /// The ids of identities that a reckoning names by their pseudonyms.
    pub fn ids(&self, pseudonyms: &SortedSet<Pseudonym>) -> SortedSet<IdentityId> {
        self.identities.iter().filter(|(_, one)| pseudonyms.contains(one)).map(|(id, _)| id.clone()).collect()
    }

    /// A fact's place in the order of arrival: its number, and within one delivery its name.
    fn place<'a>(&self, cause: &'a Cause) -> Option<(u64, &'a str)> {
        let seq = match cause {
            Cause::Observation(id) => self.observations.iter().find(|one| one.id == *id)?.seq,
            Cause::Split(id) => self.splits.iter().find(|one| one.id == *id)?.seq,
        };
        let name = match cause {
            Cause::Observation(id) => id,
            Cause::Split(id) => id.as_str(),
        };
        Some((seq, name))
    }

    fn facts(&self, is_in: impl Fn((u64, &str)) -> bool) -> Facts {
        let mut facts = Facts::default();
        for one in self.observations.iter().filter(|one| is_in((one.seq, &one.id))) {
            facts.add(self.observation(one));
        }
        for one in self.splits.iter().filter(|one| is_in((one.seq, one.id.as_str()))) {
            if let Some(split) = self.split(one) {
                facts.add_split(split);
            }
        }
        facts
    }

    fn observation(&self, fact: &ObservationFact) -> Observation {
        Observation {
            observed_at: fact.observed_at,
            id: ObservationId::new(fact.id.as_str()),
            authoritative: fact.authoritative,
            succession: fact.succession,
            identities: self.pseudonyms(&fact.identities),
            source: Source::new(fact.connection.as_str()),
        }
    }

    /// `None` for a split that is none any more, because identities of it were erased.
    fn split(&self, fact: &SplitFact) -> Option<Split> {
        let sides = fact.sides.iter().map(|side| self.pseudonyms(side)).filter(|side| !side.is_empty()).collect();
        let split = Split::new(sides)?;
        Some(match &fact.undoes {
            Some(observation) => split.undoing(ObservationId::new(observation.as_str())),
            None => split,
        })
    }

    fn pseudonyms(&self, ids: &SortedSet<IdentityId>) -> SortedSet<Pseudonym> {
        ids.iter().filter_map(|id| self.identities.get(id)).copied().collect()
    }

    fn stored(&self, change: &Change, cause: &Cause) -> SubjectChange {
        let one = |side: &SortedSet<Pseudonym>| vec![self.ids(side)];
        let several = |sides: &[SortedSet<Pseudonym>]| {
            let mut sides: Vec<SortedSet<IdentityId>> = sides.iter().map(|side| self.ids(side)).collect();
            sides.sort_unstable();
            sides
        };
        let (turn, before, after, because) = match change {
            Change::Merged { sides, into, because, .. } => {
                let because = because.iter().map(|observation| observation.as_str().to_owned()).collect();
                (Turn::Merged, several(sides), one(into), because)
            }
            Change::Parted { from, into, because, .. } => {
                let because = because.iter().map(|reason| reason.name().to_owned()).collect();
                (Turn::Parted, one(from), several(into), because)
            }
        };
        let id = change_id(cause, turn, &before, &after);
        SubjectChange { id, turn, cause: cause.clone(), before, after, because }
    }
}

/// 128 bits of the SHA-256 of the change: what brought it about, which way it went, and both states by the identities' ids.
/// Their texts are of one length and hold none of the separators.
fn change_id(cause: &Cause, turn: Turn, before: &[SortedSet<IdentityId>], after: &[SortedSet<IdentityId>]) -> ChangeId {
    let state = |sides: &[SortedSet<IdentityId>]| {
        let side = |side: &SortedSet<IdentityId>| side.iter().map(IdentityId::as_str).collect::<Vec<_>>().join(",");
        sides.iter().map(side).collect::<Vec<_>>().join("|")
    };
    let (kind, name) = match cause {
        Cause::Observation(id) => ("observation", id.as_str()),
        Cause::Split(id) => ("split", id.as_str()),
    };
    let text = ["nod change 1", kind, name, turn.name(), &state(before), &state(after)].join("\0");
    let mut bits = [0; 16];
    for (bit, byte) in bits.iter_mut().zip(canonical::sha256(text.as_bytes())) {
        *bit = byte;
    }
    ChangeId::from_random(bits)
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

#[cfg(test)]
mod tests;
