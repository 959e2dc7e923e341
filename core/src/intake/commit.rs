//! What is stored of a delivery: rows, in pseudonyms only. The edge writes them as one batch.

use crate::sorted::{SortedMap, SortedSet};

use serde::Serialize;
use serde_json::Value;

use super::{Channel, Class};
use crate::{
    id::{ActorId, ConnectionId, ControllerId, DeliveryId, Fingerprint, IdentityId, RecordId, RightsRequestId},
    identity::{Kind, pseudonym::Pseudonym},
    journal::{Action, Actor, Entry},
    time::Timestamp,
    webhook::shopify::ShopDomain,
};

/// What became of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Read, and what is of use in it kept.
    Processed,
    /// Authentic, and nothing of it concerns anybody.
    Ignored,
    /// Authentic, and it cannot be used.
    DeadLettered,
}

impl Status {
    /// Every status.
    pub const ALL: [Self; 3] = [Self::Processed, Self::Ignored, Self::DeadLettered];

    /// The name that the API and the database use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Processed => "processed",
            Self::Ignored => "ignored",
            Self::DeadLettered => "dead_lettered",
        }
    }

    /// The status of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}

/// Everything that a delivery leaves behind. All of it is written at once, or none.
#[derive(Clone, Debug)]
pub struct Commit {
    /// The delivery itself.
    pub delivery: DeliveryRow,
    /// The identities that the other rows name by their index here. One that is stored already, under any of its
    /// candidates, keeps its id.
    pub identities: Vec<IdentityRow>,
    /// What was seen together.
    pub observations: Vec<ObservationRow>,
    /// What people allow or take back.
    pub consents: Vec<ConsentRow>,
    /// What is asked for in a person's name.
    pub request: Option<RequestRow>,
    /// Everything that came through this connection is to be erased.
    pub purge: bool,
    /// The shop, for a connection that has not met its shop yet.
    pub shop: Option<ShopDomain>,
    /// What the journal says about it, in this order. The first entry's number is the observations' place in the order of
    /// arrival.
    pub entries: Vec<Entry>,
}

/// A delivery, without its body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryRow {
    /// Its id.
    pub id: DeliveryId,
    /// Whose it is.
    pub controller: ControllerId,
    /// What it came through.
    pub connection: ConnectionId,
    /// When it arrived, by our clock.
    pub received_at: Timestamp,
    /// When it happened, by the platform's.
    pub happened_at: Option<Timestamp>,
    /// The platform's name of it; empty where it cannot be read.
    pub event: String,
    /// What became of it.
    pub status: Status,
    /// Why it was ignored or cannot be used.
    pub reason: Option<&'static str>,
    /// How it proved where it comes from: [`crate::webhook::Proof::name`].
    pub proof: &'static str,
    /// The classes of personal data that it held.
    pub classes: SortedSet<Class>,
    /// How many identifiers, each counted once, have no canonical form and so name nobody.
    pub unreadable: SortedMap<Kind, u32>,
    /// The SHA-256 of the body.
    pub body: Fingerprint,
    /// The body's length.
    pub bytes: usize,
    /// What makes a repeated delivery the same one, of what was signed.
    pub dedupe: Fingerprint,
    /// The same, of the platform's own id.
    pub vendor_key: Option<Fingerprint>,
}

/// An identity that is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentityRow {
    /// The id that it gets if none of the candidates is stored.
    pub id: IdentityId,
    /// Every pseudonym that it may be stored under, the newest first. It is stored under the newest.
    pub candidates: Vec<Pseudonym>,
    /// The version of the value's canonical form.
    pub form: u8,
}

impl IdentityRow {
    /// The pseudonym that a new row gets.
    pub fn pseudonym(&self) -> Option<Pseudonym> {
        self.candidates.first().copied()
    }
}

/// What a record said of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObservationRow {
    /// Made of the delivery's dedupe key and the part: the same for every attempt, replays included.
    pub id: String,
    /// Which part of the payload it is.
    pub part: String,
    /// When it was so.
    pub observed_at: Timestamp,
    /// Whether its source answers for it.
    pub authoritative: bool,
    /// Whether one address followed the other.
    pub succession: bool,
    /// Indices of identities, ascending.
    pub identities: Vec<usize>,
}

/// A decision about marketing.
#[derive(Clone, Debug, PartialEq)]
pub struct ConsentRow {
    /// Its id.
    pub id: RecordId,
    /// By what the person is written to.
    pub channel: Channel,
    /// Allowed, or taken back.
    pub granted: bool,
    /// Whether anybody could have sent it. Such a row only takes back.
    pub weak: bool,
    /// When it was decided.
    pub decided_at: Timestamp,
    /// What proves it: texts by name, personal ones as `{"keyed_hash": …}`.
    pub evidence: Value,
    /// Indices of identities, ascending.
    pub identities: Vec<usize>,
}

impl ConsentRow {
    /// What is allowed by all of them.
    pub const PURPOSE: &'static str = "marketing";
}

/// A rights request that a platform passes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestRow {
    /// Its id.
    pub id: RightsRequestId,
    /// `access` or `deletion`.
    pub kind: &'static str,
    /// The platform's number of it.
    pub external_reference: Option<String>,
    /// The platform's numbers of the orders that it is about.
    pub orders: Vec<String>,
    /// When it arrived.
    pub received_at: Timestamp,
    /// The id of the law that governs it, which is that of the controller's place.
    pub law: &'static str,
    /// The id of the calendar that its days are reckoned by.
    pub calendar: &'static str,
    /// When it must be done.
    pub due_at: Timestamp,
    /// Indices of identities, ascending. Empty where the platform names the person only by orders.
    pub identities: Vec<usize>,
}

impl Commit {
    /// The same plan as the effect of a replay: the journal says who replayed it, and when.
    #[must_use]
    pub fn replayed_by(mut self, token: &ActorId, at: Timestamp) -> Self {
        for entry in &mut self.entries {
            entry.at = at;
        }
        if let Some(entry) = self.entries.first_mut() {
            entry.actor = Actor::Staff;
            if entry.action == Action::DeliveryProcessed {
                entry.action = Action::DeliveryReplayed;
            }
            if let Value::Object(detail) = &mut entry.detail {
                detail.insert("by".into(), token.as_str().into());
            }
        }
        self
    }
}
