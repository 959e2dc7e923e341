//! Where a custom application's JSON says what: written by staff, tried out on a sample, and kept with the connection.
//!
//! Every list of paths is a list of alternatives: the first path at which something stands counts, with all its matches.
//! Two e-mail addresses of which each is somebody's own are two records.
//!
//! The identifiers of one record are of one person. Where the payload lists people, the record's `root` leads to them
//! (`users[]`): each match is a person, and the record's other paths start there.

use crate::sorted::SortedSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Channel, Class, Path};

/// The longest JSON text of a mapping, in bytes.
pub const MAX_JSON: usize = 32 * 1024;

const MAX_RECORDS: usize = 16;
const MAX_PATHS: usize = 16;
const MAX_CLASSES: usize = 128;
const MAX_CONSENTS: usize = 16;

/// Where things are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldMapping {
    /// The name of the event.
    pub event: Vec<Path>,
    /// When it happened: RFC 3339, or Unix seconds or milliseconds.
    #[serde(default)]
    pub occurred_at: Vec<Path>,
    /// The people.
    pub records: Vec<RecordMapping>,
    /// Other personal data, of which only the class is kept.
    #[serde(default)]
    pub classes: Vec<ClassMapping>,
    /// What the people allow.
    #[serde(default)]
    pub consents: Vec<ConsentMapping>,
}

/// Where one person is named, or each of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordMapping {
    /// Its name in the mapping: lower-case letters, digits and `_`.
    pub part: String,
    /// Where the people are, if not at the top. Each match is one person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root: Option<Path>,
    /// E-mail addresses.
    #[serde(default)]
    pub email: Vec<Path>,
    /// Telephone numbers.
    #[serde(default)]
    pub phone: Vec<Path>,
    /// The application's own number or name of the person.
    #[serde(default)]
    pub customer_id: Vec<Path>,
    /// Whether the application answers for it that these identifiers are one person's.
    pub authoritative: bool,
}

/// Where a class of personal data is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassMapping {
    /// The class.
    pub class: Class,
    /// Where.
    pub path: Path,
}

/// Where it stands whether somebody allows marketing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentMapping {
    /// Whose: the `part` of a record, the first where it is left out. The paths start where the record's do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// By what the person is written to.
    pub channel: Channel,
    /// `true` or `false`, or a word such as `granted`, `subscribed`, `withdrawn`, `unsubscribed`.
    pub granted: Path,
    /// When it was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<Path>,
}

/// Why a mapping is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InvalidMapping {
    /// Not JSON of a mapping's form; the text says what is wrong, and where.
    Form(String),
    /// More of these than are taken.
    TooMany(&'static str),
    /// None of these, of which one is needed.
    Missing(&'static str),
    /// A record's name that is none, or not its own.
    Part(String),
    /// A consent of a record that is not there.
    NoSuchPart(String),
}

impl InvalidMapping {
    /// The name that the API uses.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Form(_) => "form",
            Self::TooMany(_) => "too_many",
            Self::Missing(_) => "missing",
            Self::Part(_) => "part",
            Self::NoSuchPart(_) => "no_such_part",
        }
    }
}

impl fmt::Display for InvalidMapping {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form(what) => write!(out, "the mapping cannot be read: {what}"),
            Self::TooMany(what) => write!(out, "the mapping has more {what} than are taken; leave some out"),
            Self::Missing(what) => write!(out, "the mapping has no {what}; at least one is needed"),
            Self::Part(part) => {
                write!(out, "'{part}' cannot name a record: use lower-case letters, digits and _, each name once")
            }
            Self::NoSuchPart(part) => {
                write!(out, "a consent is of the record '{part}', which the mapping does not have")
            }
        }
    }
}

impl std::error::Error for InvalidMapping {}

impl FieldMapping {
    /// What is looked for where nothing else was said: Standard Webhooks' envelope (`type`, `timestamp`, `data`), or the same
    /// names at the top.
    pub fn standard() -> Self {
        let paths = |all: &[&'static str]| all.iter().map(|path| Path::of(path)).collect::<Vec<_>>();
        Self {
            event: paths(&["type", "event"]),
            occurred_at: paths(&["timestamp", "occurred_at"]),
            records: vec![RecordMapping {
                part: "person".into(),
                root: None,
                email: paths(&["data.email", "email"]),
                phone: paths(&["data.phone", "phone"]),
                customer_id: paths(&["data.customer_id", "data.user_id", "customer_id", "user_id"]),
                authoritative: true,
            }],
            classes: super::custom::standard_classes(),
            consents: Vec::new(),
        }
    }

    /// Reads and checks a mapping's JSON.
    pub fn parse(json: &str) -> Result<Self, InvalidMapping> {
        if json.len() > MAX_JSON {
            return Err(InvalidMapping::TooMany("bytes"));
        }
        let mapping: Self = serde_json::from_str(json).map_err(|error| InvalidMapping::Form(error.to_string()))?;
        mapping.check()?;
        Ok(mapping)
    }

    /// What the form alone does not say: how many, and that names fit together.
    pub fn check(&self) -> Result<(), InvalidMapping> {
        let paths = |record: &RecordMapping| [record.email.len(), record.phone.len(), record.customer_id.len()];
        for (count, most, what) in [
            (self.event.len(), MAX_PATHS, "event paths"),
            (self.occurred_at.len(), MAX_PATHS, "time paths"),
            (self.records.len(), MAX_RECORDS, "records"),
            (self.records.iter().flat_map(paths).max().unwrap_or(0), MAX_PATHS, "paths of a kind in one record"),
            (self.classes.len(), MAX_CLASSES, "classes"),
            (self.consents.len(), MAX_CONSENTS, "consents"),
        ] {
            if count > most {
                return Err(InvalidMapping::TooMany(what));
            }
        }
        if self.event.is_empty() {
            return Err(InvalidMapping::Missing("event path"));
        }
        if self.records.iter().all(|record| paths(record) == [0; 3]) {
            return Err(InvalidMapping::Missing("path of an identifier"));
        }
        let mut parts = SortedSet::new();
        let is_name = |part: &str| {
            let of_a_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
            (1..=32).contains(&part.len()) && part.bytes().all(of_a_name)
        };
        if let Some(record) = self.records.iter().find(|record| !is_name(&record.part) || !parts.insert(&record.part)) {
            return Err(InvalidMapping::Part(record.part.chars().take(32).collect()));
        }
        match self.consents.iter().filter_map(|consent| consent.part.as_ref()).find(|part| !parts.contains(part)) {
            Some(part) => Err(InvalidMapping::NoSuchPart(part.chars().take(32).collect())),
            None => Ok(()),
        }
    }
}
