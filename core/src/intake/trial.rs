//! A field mapping, tried out on a sample: what was found where, and never what it says.

use crate::sorted::SortedSet;
use std::fmt;

use serde::Serialize;
use serde_json::Value;

use super::{Channel, Class, FieldMapping, MAX_IDENTIFIERS, Path, custom, table};
use crate::identity::Kind;

/// What a mapping finds in a sample.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trial {
    /// Where the event's name is.
    pub event: Option<Path>,
    /// Where its time is.
    pub occurred_at: Option<Path>,
    /// The classes of personal data.
    pub classes: SortedSet<Class>,
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
    /// More people or identifiers than are taken.
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
            Self::TooMany => {
                out.write_str("more than 1000 people or 4000 identifiers; a delivery of that many is not taken")
            }
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

impl FieldMapping {
    /// Tries the mapping on a sample. What comes back holds paths and counts, and nothing that the sample says.
    pub fn try_on(&self, sample: &Value) -> Trial {
        let mut trial = Trial {
            event: custom::event(self, sample).map(|(path, _)| path.clone()),
            occurred_at: custom::occurred_at(self, sample).map(|(path, _)| path.clone()),
            classes: SortedSet::new(),
            records: Vec::new(),
            consents: Vec::new(),
            problems: Vec::new(),
        };
        if trial.event.is_none() {
            trial.problems.push(Problem::NoEvent);
        }
        if trial.occurred_at.is_none() {
            trial.problems.push(Problem::NoTime);
        }
        trial.try_classes(self, sample);
        trial.try_records(self, sample);
        let identifiers = trial.records.iter().flat_map(|record| &record.found).map(|found| found.count);
        if custom::too_many(self, sample) || identifiers.sum::<usize>() > MAX_IDENTIFIERS {
            trial.problems.push(Problem::TooMany);
        }
        trial.try_consents(self, sample);
        trial
    }
}

impl Trial {
    fn try_classes(&mut self, mapping: &FieldMapping, sample: &Value) {
        for mapped in &mapping.classes {
            if mapped.path.find(sample).any(table::is_present) {
                self.classes.insert(mapped.class);
            } else {
                self.problems.push(Problem::NothingAt { path: mapped.path.clone() });
            }
        }
    }

    fn try_records(&mut self, mapping: &FieldMapping, sample: &Value) {
        for record in &mapping.records {
            let mut found: Vec<Found> = Vec::new();
            let mut people = 0;
            for (_, person) in custom::people(record, sample) {
                let mut named = false;
                for kind in Kind::ALL {
                    let (Some(path), all) = custom::identifiers(record, kind, person) else { continue };
                    named = true;
                    match found.iter_mut().find(|known| known.kind == kind && known.path == *path) {
                        Some(known) => known.count += all.len(),
                        None => found.push(Found { kind, path: path.clone(), count: all.len() }),
                    }
                }
                people += usize::from(named);
            }
            if people == 0 {
                self.problems.push(Problem::NoIdentifier { part: record.part.clone() });
            }
            self.classes.extend(found.iter().map(|found| Class::of(found.kind)));
            self.records.push(TrialRecord { part: record.part.clone(), people, found });
        }
    }

    fn try_consents(&mut self, mapping: &FieldMapping, sample: &Value) {
        for consent in &mapping.consents {
            let of_record = mapping.records.iter().filter(|record| custom::is_of(mapping, consent, record));
            let people = of_record.flat_map(|record| custom::people(record, sample));
            let count = people.filter(|(_, person)| custom::decision(consent, person).is_some()).count();
            let path = consent.granted.clone();
            if count == 0 {
                self.problems.push(Problem::NoDecision { path });
            } else {
                self.consents.push(TrialConsent { channel: consent.channel, path, count });
            }
        }
    }
}
