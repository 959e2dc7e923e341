//! The journal: the append-only log of everything the platform did with personal data.
//!
//! An entry says what happened in pseudonyms only. Its leaf hash is that of RFC 6962 (section 2.1), so that signed
//! heads and proofs can be made over the entries without changing one of them. The position in the log is given by the
//! database in the same batch as the effect, and is not part of what is hashed.

use serde::Serialize;
use serde_json::Value;

use crate::{
    canonical,
    id::{ControllerId, Fingerprint},
    time::Timestamp,
};

/// Who did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// A visitor of a site.
    Visitor,
    /// A data subject, by the link that proves the address.
    Subject,
    /// A connected platform or application.
    Platform,
    /// Someone of the controller, through the API. The entry's detail says who, as `by`.
    Staff,
    /// Nod itself.
    System,
}

impl Actor {
    /// The name that entries have for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Visitor => "visitor",
            Self::Subject => "subject",
            Self::Platform => "platform",
            Self::Staff => "staff",
            Self::System => "system",
        }
    }
}

macro_rules! actions {
    ($($(#[$doc:meta])* $variant:ident => $name:literal),+ $(,)?) => {
        /// What was done.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
        pub enum Action {
            $($(#[$doc])* #[serde(rename = $name)] $variant),+
        }

        impl Action {
            /// Every action.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name that the entry, the API and the database use.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }
    };
}

actions! {
    /// A visitor's choice was recorded.
    ConsentRecorded => "consent.recorded",
    /// A consent record was looked at by staff.
    ConsentRecordViewed => "consent_record.viewed",
    /// A notice was published.
    NoticePublished => "notice.published",
    /// A site's name, origins or look were changed.
    SiteUpdated => "site.updated",
    /// What is said of the controller was changed.
    ControllerUpdated => "controller.updated",
    /// A connection was made.
    ConnectionCreated => "connection.created",
    /// A connection got a new secret.
    ConnectionSecretRotated => "connection.secret_rotated",
    /// A connection takes no more deliveries.
    ConnectionDisabled => "connection.disabled",
    /// Where a custom application's payloads hold identifiers was saved.
    ConnectionMapped => "connection.mapped",
    /// A test delivery was made up and read, and nothing of it kept.
    ConnectionTested => "connection.tested",
    /// A connection's endpoint for rights requests was set or taken away.
    ConnectionRightsEndpointSet => "connection.rights_endpoint_set",
    /// Everything that came through a connection was erased.
    ConnectionPurged => "connection.purged",
    /// A delivery was read and what is of use in it kept.
    DeliveryProcessed => "delivery.processed",
    /// A delivery is authentic and cannot be used.
    DeliveryDeadLettered => "delivery.dead_lettered",
    /// A dead letter was processed after all.
    DeliveryReplayed => "delivery.replayed",
    /// Several data subjects turned out to be one.
    SubjectsMerged => "subjects.merged",
    /// One data subject turned out to be several.
    SubjectsParted => "subjects.parted",
    /// Staff decided that several people are not one.
    SubjectsSplit => "subjects.split",
    /// A data subject was looked up by an identifier or an id.
    SubjectViewed => "subject.viewed",
    /// Pseudonyms were put under a newer key.
    IdentitiesRekeyed => "identities.rekeyed",
    /// Events were dropped because their purposes were not granted.
    EventsBlocked => "events.blocked",
    /// A page said who its visitor is.
    VisitorIdentified => "visitor.identified",
    /// A destination got a secret.
    DestinationSecretSet => "destination.secret_set",
    /// Rights requests were fetched as a file.
    RightsExported => "rights.exported",
    /// The journal was fetched as a file.
    JournalExported => "journal.exported",
    /// A rights request arrived.
    RightsRequestReceived => "rights_request.received",
    /// A rights request was filed.
    RightsRequestSubmitted => "rights_request.submitted",
    /// The address behind a rights request was proven.
    RightsRequestVerified => "rights_request.verified",
    /// The same was asked before: the earlier request is answered.
    RightsRequestDuplicate => "rights_request.duplicate",
    /// The person was told that a rights request is here.
    RightsRequestAcknowledged => "rights_request.acknowledged",
    /// Staff took a rights request up.
    RightsRequestStarted => "rights_request.started",
    /// A rights request takes longer.
    RightsRequestExtended => "rights_request.extended",
    /// A rights request waits for something.
    RightsRequestHeld => "rights_request.held",
    /// A rights request waits no longer.
    RightsRequestResumed => "rights_request.resumed",
    /// A rights request was met.
    RightsRequestFulfilled => "rights_request.fulfilled",
    /// A rights request was refused.
    RightsRequestDenied => "rights_request.denied",
    /// The person appealed against a refusal.
    RightsRequestAppealed => "rights_request.appealed",
    /// A rights request was taken back.
    RightsRequestWithdrawn => "rights_request.withdrawn",
    /// Nobody proved the address behind a rights request.
    RightsRequestExpired => "rights_request.expired",
    /// The person or staff wrote about a rights request.
    RightsRequestMessageSent => "rights_request.message_sent",
    /// A file of a rights request was downloaded.
    RightsRequestDownloaded => "rights_request.downloaded",
    /// What a rights request says was read by staff.
    RightsRequestViewed => "rights_request.viewed",
    /// What was kept of the person behind a rights request was erased.
    RightsRequestErased => "rights_request.erased",
    /// A file was put to a rights request.
    RightsRequestFileAdded => "rights_request.file_added",
    /// A task of a rights request was done.
    RightsRequestTaskDone => "rights_request.task_done",
    /// The data behind a rights request may not be erased for now.
    RightsRequestLegalHoldPlaced => "rights_request.legal_hold_placed",
    /// The data behind a rights request may be erased again.
    RightsRequestLegalHoldLifted => "rights_request.legal_hold_lifted",
    /// Requests were taken in words and dropped, because there were too many. The entry says how many, and of which hour.
    RightsRequestsDropped => "rights_requests.dropped",
    /// A data subject signed in.
    SubjectSignedIn => "subject.signed_in",
    /// Somebody became staff.
    StaffAdded => "staff.added",
    /// A member of staff got another role.
    StaffRoleChanged => "staff.role_changed",
    /// Somebody is staff no more.
    StaffRemoved => "staff.removed",
    /// A member of staff signed in.
    StaffSignedIn => "staff.signed_in",
    /// Somebody was refused what they may not, or came with what holds no more. Told once in an hour for the same.
    StaffRefused => "staff.refused",
    /// A session of a member of staff was ended.
    StaffSessionEnded => "staff.session_ended",
    /// A token of the API was made.
    StaffTokenCreated => "staff.token_created",
    /// A token of the API was ended.
    StaffTokenRevoked => "staff.token_revoked",
    /// A mail could not be delivered.
    MailBounced => "mail.bounced",
    /// The draft of a site's tags was saved or thrown away.
    TagsDrafted => "tags.drafted",
    /// A site's tags were published.
    TagsPublished => "tags.published",
    /// An earlier version of a site's tags was published again.
    TagsRolledBack => "tags.rolled_back",
}

/// One entry.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// Whose log it is.
    pub controller: ControllerId,
    /// When, by the server's clock.
    pub at: Timestamp,
    /// Who did it.
    pub actor: Actor,
    /// What was done.
    pub action: Action,
    /// What it was done to: an id of that kind of thing.
    pub object: String,
    /// What else is needed to understand it. No raw personal data.
    pub detail: Value,
}

/// An entry as it is stored: its canonical bytes and their leaf hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// The canonical JSON of the entry.
    pub entry: String,
    /// `SHA-256(0x00 ‖ entry)`.
    pub hash: Fingerprint,
}

impl Entry {
    /// The entry as it is stored.
    pub fn leaf(&self) -> Result<Leaf, serde_json::Error> {
        let entry = serde_json::to_value(self)?.to_string();
        let mut preimage = vec![0];
        preimage.extend_from_slice(entry.as_bytes());
        Ok(Leaf { hash: Fingerprint::from_digest(&canonical::sha256(&preimage)), entry })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_actor_has_one_name() {
        for actor in [Actor::Visitor, Actor::Subject, Actor::Platform, Actor::Staff, Actor::System] {
            assert_eq!(serde_json::to_value(actor).unwrap(), actor.name());
        }
    }

    #[test]
    fn an_action_is_about_one_thing() {
        for action in Action::ALL {
            assert_eq!(action.name().matches('.').count(), 1, "{}", action.name());
        }
    }

    #[test]
    fn an_action_has_one_name() {
        for action in Action::ALL {
            assert_eq!(serde_json::to_value(action).unwrap(), action.name());
        }
    }

    #[test]
    fn the_leaf_is_the_hash_of_a_zero_byte_and_the_canonical_entry() {
        let entry = Entry {
            controller: ControllerId::parse("demo").unwrap(),
            at: Timestamp::from_millis(0).unwrap(),
            actor: Actor::Visitor,
            action: Action::ConsentRecorded,
            object: "r".into(),
            detail: serde_json::json!({"b": 1, "a": true}),
        };
        let leaf = entry.leaf().unwrap();
        assert_eq!(
            leaf.entry,
            r#"{"action":"consent.recorded","actor":"visitor","at":"1970-01-01T00:00:00.000Z","controller":"demo","detail":{"a":true,"b":1},"object":"r"}"#
        );
        assert_eq!(leaf.hash, Fingerprint::of(format!("\0{}", leaf.entry).as_bytes()));
    }
}
