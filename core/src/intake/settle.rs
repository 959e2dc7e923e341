//! From a reading, in the clear, to what is stored of it, which holds no value.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::{
    Commit, ConsentRow, ConsentStatement, DeliveryRow, Evidence, Identifier, IdentityRow, ObservationRow, Outcome,
    PersonRecord, Reading, Relation, RequestRow, RightsRequest, Status, Unusable,
};
use crate::{
    id::{ConnectionId, ControllerId, DeliveryId, Fingerprint, IdentityId, RecordId, RightsRequestId},
    identity::{
        Canonical, Kind,
        customer_id::{self, Namespace},
        email::{self, Unicode},
        hash::PlainHash,
        phone::{self, NumberingPlan},
        pseudonym::{Keyring, Pseudonym},
    },
    journal::{Action, Actor, Entry},
    keys::{InvalidKeys, MasterKeys},
    region::Region,
    time::Timestamp,
    webhook::{Source, Verified},
};

/// How long Shopify gives for a request of its compliance webhooks: "Complete the action within 30 days of receiving the
/// request" (<https://shopify.dev/docs/apps/build/compliance/privacy-law-compliance>). In milliseconds.
const DUE: i64 = 30 * 24 * 60 * 60 * 1000;

/// How far a platform's clock may be ahead of ours, in milliseconds: as far as a signature's. What claims to be from
/// later is taken as of now, else it would stand against everything that comes after it.
const AHEAD: i64 = 5 * 60 * 1000;

/// Random bytes, new each time.
pub type Random<'a> = &'a mut dyn FnMut() -> [u8; 16];

/// Where and when a delivery arrived, and what its identifiers are read with.
#[derive(Clone)]
pub struct Setting<'a> {
    /// Whose it is.
    pub controller: &'a ControllerId,
    /// What it came through.
    pub connection: &'a ConnectionId,
    /// Who sends through it.
    pub source: Source,
    /// What pseudonyms are made with.
    pub keys: &'a MasterKeys,
    /// What the platform knows about Unicode.
    pub unicode: &'a dyn Unicode,
    /// What the platform knows about telephone numbers.
    pub plan: &'a dyn NumberingPlan,
    /// Where the controller's numbers without a country are dialled. Without it they name nobody.
    pub home: Option<&'a Region>,
    /// When it arrived: at first, also for a replay.
    pub received_at: Timestamp,
    /// The id that it gets, or has.
    pub delivery: DeliveryId,
}

/// The plan of what is stored.
///
/// What anybody could have sent ([`crate::webhook::Proof::is_weak`]) joins nobody, grants no consent, and asks neither for rights nor
/// for erasure.
pub fn settle(
    read: Result<Outcome, Unusable>,
    verified: &Verified<'_>,
    setting: &Setting<'_>,
    random: Random<'_>,
) -> Result<Commit, InvalidKeys> {
    let _ = (read, verified, setting, random, DUE, AHEAD);
    Err(InvalidKeys::None)
}
