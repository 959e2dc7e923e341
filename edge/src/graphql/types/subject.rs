//! Data subjects as staff see them: what identity reckons, with the connections that it names.

use std::sync::Arc;

use async_graphql::{ComplexObject, ID, Result, SimpleObject};
use nod_core::id::ConnectionId;
use serde_json::Value;

use super::{
    RightsRequest, WebhookConnection,
    connection::{Known, there},
};
use crate::{
    graphql::{
        names::{Channel, IdentityKind, SubjectChangeKind, WithheldReason},
        time::DateTime,
    },
    http::Problem,
    identity::{self, Profile},
};

/// A person, known by one or more identities. Reckoned anew from what was observed, each time.
#[derive(SimpleObject)]
pub(in crate::graphql) struct DataSubject {
    /// The id of the oldest of the identities. The id of any of them finds the person, so an old one keeps leading here after a
    /// merge, and to the right person after a split.
    id: ID,
    /// By what the person is known, the oldest first.
    identities: Vec<Identity>,
    /// Who knows the person, the first to have seen it first.
    platforms: Vec<Platform>,
    /// What the person allowed and took back, the newest decision first.
    consents: Vec<SubjectConsent>,
    /// What was asked for in the person's name, the newest first.
    requests: Vec<RightsRequest>,
    /// Merges and partings that touched an identity of the person, the newest first.
    changes: Vec<SubjectChange>,
    /// There is more around this person than one reckoning takes: what is here is right as far as it goes.
    is_partial: bool,
    /// What was seen together and is not one person for that.
    withheld: Vec<Withheld>,
}

/// What names a person: never the value itself.
#[derive(SimpleObject)]
struct Identity {
    /// Its id.
    id: ID,
    /// What it is by.
    kind: IdentityKind,
    /// A keyed hash of the value, with the version of the key.
    pseudonym: String,
    /// When it was first seen, by the clocks of those who saw it.
    first_seen_at: Option<DateTime>,
    /// When it was last seen.
    last_seen_at: Option<DateTime>,
}

/// A platform that knows a person.
#[derive(SimpleObject)]
#[graphql(complex)]
struct Platform {
    #[graphql(skip)]
    connection: Option<Arc<WebhookConnection>>,
    /// Since when.
    first_seen_at: DateTime,
    /// Until when.
    last_seen_at: DateTime,
    /// The classes of personal data in the deliveries that told of the person.
    classes: Vec<String>,
}

#[ComplexObject]
impl Platform {
    /// How it is connected.
    async fn connection(&self) -> Result<Arc<WebhookConnection>> {
        there(self.connection.as_ref())
    }
}

/// A person allowed something, or took it back.
#[derive(SimpleObject)]
#[graphql(complex)]
struct SubjectConsent {
    #[graphql(skip)]
    connection: Option<Arc<WebhookConnection>>,
    /// Its id.
    id: ID,
    /// By what the person is written to.
    channel: Channel,
    /// What for.
    purpose: String,
    /// Allowed, or taken back.
    granted: bool,
    /// When it was decided, by the platform's clock.
    decided_at: DateTime,
    /// When it was recorded here.
    recorded_at: DateTime,
    /// Whether anybody could have sent it. Such a record only takes back.
    weak: bool,
    /// What proves it. Personal details are keyed hashes.
    evidence: Value,
    /// Whether it is the one that counts today, of all for its channel.
    is_standing: bool,
}

#[ComplexObject]
impl SubjectConsent {
    /// Who told it.
    async fn connection(&self) -> Result<Arc<WebhookConnection>> {
        there(self.connection.as_ref())
    }
}

/// Several data subjects became one, or one became several.
#[derive(SimpleObject)]
struct SubjectChange {
    /// Its id: what `splitDataSubject` takes, of a merge.
    id: ID,
    /// When.
    at: DateTime,
    /// Which of the two.
    kind: SubjectChangeKind,
    /// The observation or the split that brought it about.
    cause: Option<ID>,
    /// The data subjects before, each as the ids of its identities.
    before: Vec<Vec<ID>>,
    /// The data subjects after.
    after: Vec<Vec<ID>>,
    /// The observations that hold a merge, or why a parting is one.
    reasons: Vec<String>,
    /// The split that took it back.
    undone_by: Option<ID>,
}

/// Identities that were seen together and are not one person for that.
#[derive(SimpleObject)]
struct Withheld {
    /// Why.
    reason: WithheldReason,
    /// The identities, by their ids.
    identities: Vec<ID>,
    /// When they were seen together.
    observed_at: DateTime,
}

/// The connections that a profile names.
pub(in crate::graphql) fn connections(profile: &Profile) -> impl Iterator<Item = &ConnectionId> {
    let platforms = profile.platforms.iter().map(|platform| &platform.connection);
    let consents = profile.consents.iter().map(|consent| &consent.connection);
    platforms.chain(consents).chain(profile.requests.iter().filter_map(|request| request.connection.as_ref()))
}

/// A person as staff see them.
pub(in crate::graphql) fn subject(profile: Profile, known: &Known) -> Result<DataSubject, Problem> {
    let requests = profile.requests.into_iter().map(|request| RightsRequest::of_profile(request, known));
    Ok(DataSubject {
        id: profile.id.into(),
        identities: profile.identities.into_iter().map(Identity::from).collect(),
        platforms: profile.platforms.iter().map(|platform| Platform::new(platform, known)).collect(),
        consents: profile.consents.into_iter().map(|consent| SubjectConsent::new(consent, known)).collect(),
        requests: requests.collect::<Result<_, _>>()?,
        changes: profile.changes.into_iter().map(SubjectChange::from).collect(),
        is_partial: profile.is_partial,
        withheld: profile.withheld.into_iter().map(Withheld::from).collect(),
    })
}

impl From<identity::Identity> for Identity {
    fn from(identity: identity::Identity) -> Self {
        Self {
            id: identity.id.into(),
            kind: identity.kind.into(),
            pseudonym: identity.pseudonym.to_string(),
            first_seen_at: identity.first_seen_at.map(DateTime),
            last_seen_at: identity.last_seen_at.map(DateTime),
        }
    }
}

impl Platform {
    fn new(platform: &identity::Platform, known: &Known) -> Self {
        Self {
            connection: known.get(&platform.connection).cloned(),
            first_seen_at: platform.first_seen_at.into(),
            last_seen_at: platform.last_seen_at.into(),
            classes: platform.classes.iter().map(|class| class.name().to_owned()).collect(),
        }
    }
}

impl SubjectConsent {
    fn new(consent: identity::Consent, known: &Known) -> Self {
        Self {
            connection: known.get(&consent.connection).cloned(),
            id: consent.id.into(),
            channel: consent.channel.into(),
            purpose: consent.purpose,
            granted: consent.granted,
            decided_at: consent.decided_at.into(),
            recorded_at: consent.recorded_at.into(),
            weak: consent.weak,
            evidence: consent.evidence,
            is_standing: consent.is_standing,
        }
    }
}

impl From<identity::SubjectChange> for SubjectChange {
    fn from(change: identity::SubjectChange) -> Self {
        let ids = |sides: Vec<Vec<_>>| sides.into_iter().map(|side| side.into_iter().map(ID::from).collect()).collect();
        Self {
            id: change.id.into(),
            at: change.at.into(),
            kind: change.kind.into(),
            cause: change.cause.map(ID),
            before: ids(change.before),
            after: ids(change.after),
            reasons: change.reasons,
            undone_by: change.undone_by.map(ID),
        }
    }
}

impl From<identity::WithheldFact> for Withheld {
    fn from(fact: identity::WithheldFact) -> Self {
        Self {
            reason: fact.reason.into(),
            identities: fact.identities.into_iter().map(ID::from).collect(),
            observed_at: fact.observed_at.into(),
        }
    }
}
