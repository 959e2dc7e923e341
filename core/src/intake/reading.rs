//! What a delivery says, with the values still in the clear: it lives as long as the call.

use crate::sorted::{SortedMap, SortedSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Class, Ignored, Outcome};
use crate::{id::Fingerprint, identity::Kind, time::Timestamp, webhook::shopify::ShopDomain};

/// A value as somebody wrote it. It does not show itself and cannot be serialised.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Written(String);

impl Written {
    /// Takes a value.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The value itself: for hashing and sealing, never for storing or logging.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Written {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("(hidden)")
    }
}

/// Something that names a person.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Identifier {
    /// What it is by.
    pub kind: Kind,
    /// The value, as the payload has it.
    pub value: Written,
}

/// How the identifiers of one record belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// They were seen together at one moment. Two e-mail addresses make it a record of two people.
    Together,
    /// The platform says that one followed another: an old and a new e-mail address of the same person.
    Succession,
}

/// What a payload says about one person: one observation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRecord {
    /// Which part of the payload it is: `order`, `customer`, `previous`. Unique within a reading; lower-case letters,
    /// digits, `_` and `.` only.
    pub part: String,
    /// When it was so, by the platform's clock; `None` where the payload does not say.
    pub observed_at: Option<Timestamp>,
    /// Whether the platform answers for it.
    pub authoritative: bool,
    /// How its identifiers belong together.
    pub relation: Relation,
    /// The identifiers, each once.
    pub identifiers: SortedSet<Identifier>,
}

/// By what a person is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// E-mail.
    Email,
    /// Text messages.
    Sms,
}

impl Channel {
    /// The name that the API and the database use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
        }
    }

    /// The channel of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Email, Self::Sms].into_iter().find(|channel| channel.name() == name)
    }
}

/// A detail that proves a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// No personal data: `single_opt_in`, a list's id. Kept as it is.
    Plain(String),
    /// Personal data, such as the network address that a form was sent from. Only a keyed hash is kept: it confirms a claim,
    /// and tells nothing without one.
    Personal(Written),
}

/// A person allows marketing by a channel, or takes it back, as a platform tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentStatement {
    /// Whom it is about: the identifiers of one person, at least one.
    pub about: SortedSet<Identifier>,
    /// By what the person is written to.
    pub channel: Channel,
    /// Allowed, or taken back.
    pub granted: bool,
    /// When, by the platform's clock; `None` where the payload does not say.
    pub decided_at: Option<Timestamp>,
    /// What proves it, by name.
    pub evidence: SortedMap<&'static str, Evidence>,
}

/// What a platform asks for in a person's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RightsRequest {
    /// Deletion, or else access.
    pub deletes: bool,
    /// The platform's number of the request.
    pub external_reference: Option<String>,
    /// The platform's numbers of the orders that it is about.
    pub orders: Vec<String>,
    /// Whom it is about.
    pub about: SortedSet<Identifier>,
}

/// Everything that is of use in a delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The platform's name of the event: `orders/create`, `customer.updated`, `subscribe`. At most 100 visible ASCII
    /// characters.
    pub event: String,
    /// When it happened, by the platform's clock.
    pub happened_at: Option<Timestamp>,
    /// The classes of personal data that the payload held.
    pub classes: SortedSet<Class>,
    /// The people it speaks of.
    pub records: Vec<PersonRecord>,
    /// What they allow.
    pub consents: Vec<ConsentStatement>,
    /// What is asked for in their name.
    pub request: Option<RightsRequest>,
    /// Everything that came through this connection is to be erased.
    pub purge: bool,
    /// The shop that it came from, for a connection that has not met its shop yet.
    pub shop: Option<ShopDomain>,
    /// A second key against duplicates, where the platform gives one: see [`crate::webhook::Verified::vendor_key`].
    pub vendor_key: Option<Fingerprint>,
}

impl Reading {
    /// A reading that has said nothing yet.
    pub(super) fn new(event: String, happened_at: Option<Timestamp>) -> Self {
        Self {
            event,
            happened_at,
            classes: SortedSet::new(),
            records: Vec::new(),
            consents: Vec::new(),
            request: None,
            purge: false,
            shop: None,
            vendor_key: None,
        }
    }

    /// Adds a record, unless it names nobody.
    pub(super) fn add(&mut self, part: &str, observed_at: Option<Timestamp>, identifiers: SortedSet<Identifier>) {
        if !identifiers.is_empty() {
            let record = PersonRecord::new(part.to_owned(), observed_at, identifiers);
            self.classes.extend(record.classes());
            self.records.push(record);
        }
    }

    /// The reading, if it says anything about people.
    pub(super) fn into_outcome(self) -> Outcome {
        let says_nothing = self.classes.is_empty() && self.records.is_empty() && self.request.is_none() && !self.purge;
        if says_nothing {
            return Outcome::Ignored { event: self.event, why: Ignored::NoPersonalData };
        }
        Outcome::Useful(self)
    }
}

impl PersonRecord {
    /// What a platform answers for, and saw together.
    pub(super) fn new(part: String, observed_at: Option<Timestamp>, identifiers: SortedSet<Identifier>) -> Self {
        Self { part, observed_at, authoritative: true, relation: Relation::Together, identifiers }
    }

    /// The classes that its identifiers are of.
    pub(super) fn classes(&self) -> impl Iterator<Item = Class> {
        self.identifiers.iter().map(|identifier| Class::of(identifier.kind))
    }
}
