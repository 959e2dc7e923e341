//! A field mapping, tried out on a sample: what was found where, and never what it says.

use std::{collections::BTreeSet, fmt};

use serde::Serialize;

use super::{Channel, Class, Path};
use crate::identity::Kind;

/// What a mapping finds in a sample.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trial {
    /// Where the event's name is.
    pub event: Option<Path>,
    /// Where its time is.
    pub occurred_at: Option<Path>,
    /// The classes of personal data.
    pub classes: BTreeSet<Class>,
    /// The people: one for each record of the mapping.
    pub records: Vec<TrialRecord>,
    /// What they allow, or do not: how often each channel was decided.
    pub consents: Vec<TrialConsent>,
    /// What was not found, or cannot be used.
    pub problems: Vec<Problem>,
}

/// What a record of the mapping finds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TrialRecord {
    /// Its name.
    pub part: String,
    /// How many people have an identifier.
    pub people: usize,
    /// Identifiers.
    pub found: Vec<Found>,
}

/// Identifiers at a path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Found {
    /// What they are by.
    pub kind: Kind,
    /// Where.
    pub path: Path,
    /// How many, of all people.
    pub count: usize,
}

/// Decisions at a path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TrialConsent {
    /// By what the person is written to.
    pub channel: Channel,
    /// Where.
    pub path: Path,
    /// How many.
    pub count: usize,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum Problem {
    /// Nothing says which event it is, or what does is no name.
    NoEvent,
    /// There are times in the mapping, and none in the sample.
    NoTime,
    /// A record without an identifier.
    NoIdentifier {
        /// The record's name.
        part: String,
    },
    /// Nothing at a class's path.
    NothingAt {
        /// The path.
        path: Path,
    },
    /// What stands there says neither yes nor no.
    NoDecision {
        /// The path.
        path: Path,
    },
    /// More people than are taken.
    TooMany,
}

impl Problem {
    /// The name that the API uses.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::NoEvent => "no_event",
            Self::NoTime => "no_time",
            Self::NoIdentifier { .. } => "no_identifier",
            Self::NothingAt { .. } => "nothing_at",
            Self::NoDecision { .. } => "no_decision",
            Self::TooMany => "too_many",
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoEvent => out.write_str("no event name of at most 100 letters, digits and . _ - / : was found"),
            Self::NoTime => out.write_str("no time was found; the time of arrival will be used"),
            Self::NoIdentifier { part } => write!(out, "the record '{part}' names nobody in this sample"),
            Self::NothingAt { path } => write!(out, "nothing stands at {path} in this sample"),
            Self::NoDecision { path } => write!(out, "no yes or no stands at {path} in this sample"),
            Self::TooMany => out.write_str("more than 1000 people; a delivery of that many is not taken"),
        }
    }
}

impl Trial {
    /// Whether a delivery like the sample would be of use: it names its event and at least one person.
    pub fn is_useful(&self) -> bool {
        self.event.is_some()
            && self.records.iter().any(|record| record.people > 0)
            && !self.problems.contains(&Problem::TooMany)
    }
}
