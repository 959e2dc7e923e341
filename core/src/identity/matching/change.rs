//! What becomes of subjects when a fact is added: events for the journal and for staff, and the way back.

use crate::sorted::SortedSet;

use serde::Serialize;

use super::{ObservationId, Reason, Subjects};
use crate::identity::pseudonym::Pseudonym;

/// A decision of staff: these are different people.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Split {
    undoes: Option<ObservationId>,
    sides: Vec<SortedSet<Pseudonym>>,
}

impl Split {
    /// Keeps the sides apart from now on. `None` where there are fewer than two, or one is empty or shares an identity
    /// with another.
    pub fn new(sides: Vec<SortedSet<Pseudonym>>) -> Option<Self> {
        let all: SortedSet<&Pseudonym> = sides.iter().flatten().collect();
        let is_disjoint = all.len() == sides.iter().map(SortedSet::len).sum::<usize>();
        (sides.len() > 1 && is_disjoint && !sides.iter().any(SortedSet::is_empty))
            .then_some(Self { undoes: None, sides })
    }

    /// The same decision, which moreover says that this observation was wrong about who is who.
    #[must_use]
    pub fn undoing(self, observation: ObservationId) -> Self {
        Self { undoes: Some(observation), ..self }
    }

    /// The people.
    pub fn sides(&self) -> &[SortedSet<Pseudonym>] {
        &self.sides
    }

    /// The observation that was wrong about who is who, and is no longer asked about it.
    pub fn undoes(&self) -> Option<&ObservationId> {
        self.undoes.as_ref()
    }
}

/// An event in the life of subjects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "event")]
pub enum Change {
    /// Several subjects turned out to be one.
    Merged {
        /// What arrived and brought it about; `None` for a decision.
        cause: Option<ObservationId>,
        /// The subjects before.
        sides: Vec<SortedSet<Pseudonym>>,
        /// The subject after.
        into: SortedSet<Pseudonym>,
        /// The observations that hold the sides together.
        because: SortedSet<ObservationId>,
    },
    /// One subject turned out to be several.
    Parted {
        /// What arrived and brought it about; `None` for a decision.
        cause: Option<ObservationId>,
        /// The subject before.
        from: SortedSet<Pseudonym>,
        /// The subjects after.
        into: Vec<SortedSet<Pseudonym>>,
        /// Why they are no longer joined.
        because: SortedSet<Reason>,
    },
}

impl Change {
    /// The decision that takes a merge back: both sides are again what they were, and stay so. `None` for what is no
    /// merge.
    pub fn undo(&self) -> Option<Split> {
        match self {
            Self::Merged { cause, sides, .. } => {
                Split::new(sides.clone()).map(|split| Split { undoes: cause.clone(), ..split })
            }
            Self::Parted { .. } => None,
        }
    }
}

/// The events that lead from one state to the next. Identities that are only in the next make none.
pub(super) fn between(before: &Subjects, after: &Subjects, cause: Option<&ObservationId>) -> Vec<Change> {
    let mut changes = Vec::new();
    for (from, into) in across(before, after) {
        let news = after.withheld.difference(&before.withheld);
        let because = news.filter(|one| !one.identities.is_disjoint(&from)).map(|one| one.reason).collect();
        changes.push(Change::Parted { cause: cause.cloned(), from, into, because });
    }
    for (into, sides) in across(after, before) {
        let holds =
            |joined: &SortedSet<Pseudonym>| joined.is_subset(&into) && !sides.iter().any(|side| joined.is_subset(side));
        let because = after.joined.iter().filter(|(_, joined)| holds(joined)).map(|(id, _)| id.clone()).collect();
        changes.push(Change::Merged { cause: cause.cloned(), sides, into, because });
    }
    changes
}

/// Each subject of one state that has identities of several subjects in the other, with those.
fn across(state: &Subjects, other_state: &Subjects) -> Vec<(SortedSet<Pseudonym>, Vec<SortedSet<Pseudonym>>)> {
    let others = |identities: &SortedSet<Pseudonym>| {
        let touches = |other: &&super::Subject| !other.identities.is_disjoint(identities);
        other_state.subjects.iter().filter(touches).map(|other| other.identities.clone()).collect::<Vec<_>>()
    };
    let all = state.subjects.iter().map(|subject| (subject.identities.clone(), others(&subject.identities)));
    all.filter(|(_, others)| others.len() > 1).collect()
}
