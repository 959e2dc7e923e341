//! A data subject as staff see it: what is kept of one person, and what became of it.

use nod_core::sorted::SortedSet;

use nod_core::{
    id::{ChangeId, ConnectionId, IdentityId, RecordId, RightsRequestId, SiteKey, VisitorId},
    identity::{Kind, matching::Reason, neighbourhood::Turn, pseudonym::Pseudonym},
    intake::{Channel, Class},
    time::Timestamp,
};
use serde::Deserialize;
use serde_json::Value;

/// One data subject.
#[derive(Clone, Debug)]
pub(crate) struct Profile {
    /// The oldest of its identities names it; any of them finds it.
    pub(crate) id: IdentityId,
    /// By what the person is known, the oldest first.
    pub(crate) identities: Vec<Identity>,
    /// Who knows the person, the first to have seen it first.
    pub(crate) platforms: Vec<Platform>,
    /// What the person allowed and took back, the newest decision first.
    pub(crate) consents: Vec<Consent>,
    /// What was asked for in the person's name, the newest first.
    pub(crate) requests: Vec<Request>,
    /// Merges and partings that touched an identity of the person, the newest first.
    pub(crate) changes: Vec<SubjectChange>,
    /// What was not joined, and why.
    pub(crate) withheld: Vec<WithheldFact>,
    /// Browsers whose pages said that this is who uses them, the first to have said so first.
    pub(crate) visitors: Vec<Visitor>,
    /// There is more around this person than one reckoning takes: what is here is right as far as it goes.
    pub(crate) is_partial: bool,
}

/// An identity of a data subject.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    pub(crate) id: IdentityId,
    pub(crate) kind: Kind,
    /// As it is stored, with its key version.
    pub(crate) pseudonym: Pseudonym,
    /// By the clocks of those who saw it; `None` where only a decision or a request names it.
    pub(crate) first_seen_at: Option<Timestamp>,
    pub(crate) last_seen_at: Option<Timestamp>,
}

/// A platform that knows the person.
#[derive(Clone, Debug)]
pub(crate) struct Platform {
    pub(crate) connection: ConnectionId,
    pub(crate) first_seen_at: Timestamp,
    pub(crate) last_seen_at: Timestamp,
    /// The classes of personal data in the deliveries that told of the person.
    pub(crate) classes: SortedSet<Class>,
}

/// A browser that a page linked to the person.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Visitor {
    pub(crate) id: VisitorId,
    pub(crate) site: SiteKey,
    pub(crate) first_seen_at: Timestamp,
}

/// A decision about marketing.
#[derive(Clone, Debug)]
pub(crate) struct Consent {
    pub(crate) id: RecordId,
    pub(crate) connection: ConnectionId,
    pub(crate) channel: Channel,
    pub(crate) purpose: String,
    pub(crate) granted: bool,
    pub(crate) weak: bool,
    pub(crate) decided_at: Timestamp,
    pub(crate) recorded_at: Timestamp,
    pub(crate) evidence: Value,
    /// The one that counts today, of all for its channel.
    pub(crate) is_standing: bool,
}

/// A request in the person's name.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) id: RightsRequestId,
    pub(crate) connection: Option<ConnectionId>,
}

/// Several subjects became one, or one became several.
#[derive(Clone, Debug)]
pub(crate) struct SubjectChange {
    pub(crate) id: ChangeId,
    pub(crate) at: Timestamp,
    pub(crate) kind: Turn,
    /// The observation or the split that brought it about.
    pub(crate) cause: Option<String>,
    pub(crate) before: Vec<Vec<IdentityId>>,
    pub(crate) after: Vec<Vec<IdentityId>>,
    /// The observations that hold a merge, or why a parting is one.
    pub(crate) reasons: Vec<String>,
    /// The split that took it back.
    pub(crate) undone_by: Option<String>,
}

/// Identities that were seen together and are not one person for that.
#[derive(Clone, Debug)]
pub(crate) struct WithheldFact {
    pub(crate) reason: Reason,
    pub(crate) identities: Vec<IdentityId>,
    pub(crate) observed_at: Timestamp,
}
