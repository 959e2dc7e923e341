//! From a reading, in the clear, to what is stored of it, which holds no value.

use crate::sorted::{SortedMap, SortedSet};

use serde_json::{Map, Value, json};

use super::{
    Commit, ConsentRow, ConsentStatement, DeliveryRow, Evidence, ObservationRow, Outcome, PersonRecord, Reading,
    Relation, RequestRow, RightsRequest, Status, Unusable, people::People,
};
use crate::{
    id::{ConnectionId, ControllerId, DeliveryId, Fingerprint, RecordId, RightsRequestId},
    identity::{self, email::Unicode, phone::NumberingPlan},
    journal::{Action, Actor, Entry},
    keys::{InvalidKeys, MasterKeys},
    region::Region,
    rights::{self, Kind, Origin},
    time::Timestamp,
    webhook::{Source, Verified},
};

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
/// What anybody could have sent ([`crate::webhook::Proof::is_weak`]) joins nobody, grants no consent, and asks neither
/// for rights nor for erasure.
pub fn settle(
    read: Result<Outcome, Unusable>,
    verified: &Verified<'_>,
    setting: &Setting<'_>,
    random: Random<'_>,
) -> Result<Commit, InvalidKeys> {
    match read {
        Ok(Outcome::Useful(reading)) => useful(reading, verified, setting, random),
        Ok(Outcome::Ignored { event, why }) => {
            let delivery = DeliveryRow { event, ..row(Status::Ignored, Some(why.name()), verified, setting) };
            Ok(commit(delivery))
        }
        Err(unusable) => {
            let delivery = row(Status::DeadLettered, Some(unusable.name()), verified, setting);
            let detail = json!({
                "connection": delivery.connection,
                "reason": unusable.name(),
                "status": Status::DeadLettered.name(),
            });
            let entry = entry(setting, Action::DeliveryDeadLettered, setting.delivery.as_str(), detail);
            Ok(Commit { entries: vec![entry], ..commit(delivery) })
        }
    }
}

fn useful(
    reading: Reading,
    verified: &Verified<'_>,
    setting: &Setting<'_>,
    random: Random<'_>,
) -> Result<Commit, InvalidKeys> {
    let is_weak = verified.proof().is_weak();
    let mut people = People::new(setting, random);
    let clock = Clock { received_at: setting.received_at, happened_at: reading.happened_at };
    let observation_name = observation_name(setting.connection, verified.dedupe());

    let mut observations = Vec::new();
    for record in &reading.records {
        observations.extend(observation(record, is_weak, clock, &observation_name, &mut people)?);
    }
    let mut consents = Vec::new();
    for statement in reading.consents.iter().filter(|statement| !(is_weak && statement.granted)) {
        consents.extend(consent(statement, is_weak, clock, &mut people)?);
    }
    let request = match &reading.request {
        Some(request) if !is_weak => Some(request_row(request, &mut people)?),
        _ => None,
    };
    let purge = reading.purge && !is_weak;

    let (identities, unreadable) = people.into_rows();
    let delivery = DeliveryRow {
        happened_at: reading.happened_at,
        event: reading.event,
        classes: reading.classes,
        unreadable,
        vendor_key: reading.vendor_key.or_else(|| verified.vendor_key()),
        ..row(Status::Processed, None, verified, setting)
    };
    let detail = json!({
        "connection": delivery.connection,
        "consents": consents.len(),
        "event": delivery.event,
        "identities": identities.len(),
        "observations": observations.len(),
        "purge": purge,
        "status": Status::Processed.name(),
        "unreadable": delivery.unreadable.values().sum::<u32>(),
    });
    let mut entries = vec![entry(setting, Action::DeliveryProcessed, setting.delivery.as_str(), detail)];
    if let Some(request) = &request {
        let detail = json!({
            "connection": delivery.connection,
            "delivery": delivery.id,
            "due_at": request.due_at,
            "kind": request.kind,
        });
        entries.push(entry(setting, Action::RightsRequestReceived, request.id.as_str(), detail));
    }
    let shop = reading.shop;
    Ok(Commit { identities, observations, consents, request, purge, shop, entries, ..commit(delivery) })
}

/// A plan that stores the delivery and nothing else.
fn commit(delivery: DeliveryRow) -> Commit {
    Commit {
        delivery,
        identities: Vec::new(),
        observations: Vec::new(),
        consents: Vec::new(),
        request: None,
        purge: false,
        shop: None,
        entries: Vec::new(),
    }
}

/// A delivery of which nothing is known but that it arrived.
fn row(status: Status, reason: Option<&'static str>, verified: &Verified<'_>, setting: &Setting<'_>) -> DeliveryRow {
    DeliveryRow {
        id: setting.delivery.clone(),
        controller: setting.controller.clone(),
        connection: setting.connection.clone(),
        received_at: setting.received_at,
        happened_at: None,
        event: String::new(),
        status,
        reason,
        proof: verified.proof().name(),
        classes: SortedSet::new(),
        unreadable: SortedMap::new(),
        body: verified.fingerprint(),
        bytes: verified.body().len(),
        dedupe: verified.dedupe().clone(),
        vendor_key: verified.vendor_key(),
    }
}

fn entry(setting: &Setting<'_>, action: Action, object: &str, detail: Value) -> Entry {
    Entry {
        controller: setting.controller.clone(),
        at: setting.received_at,
        actor: Actor::Platform,
        action,
        object: object.to_owned(),
        detail,
    }
}

/// What the ids of a delivery's observations begin with: 32 hex digits of `SHA-256(connection ‖ dedupe key)`, whose texts
/// have one length each.
fn observation_name(connection: &ConnectionId, dedupe: &Fingerprint) -> String {
    let digest = Fingerprint::of([connection.as_str(), dedupe.as_str()].concat().as_bytes());
    digest.as_str().chars().take(32).collect()
}

/// When something was so.
#[derive(Clone, Copy)]
struct Clock {
    received_at: Timestamp,
    happened_at: Option<Timestamp>,
}

impl Clock {
    /// What is said, or else when the event happened, or else now; never the future.
    fn at(self, said: Option<Timestamp>) -> Timestamp {
        let latest = self.received_at.millis().saturating_add(AHEAD);
        said.or(self.happened_at).filter(|at| at.millis() <= latest).unwrap_or(self.received_at)
    }
}

fn observation(
    record: &PersonRecord,
    is_weak: bool,
    clock: Clock,
    name: &str,
    people: &mut People<'_, '_>,
) -> Result<Option<ObservationRow>, InvalidKeys> {
    let succession = record.relation == Relation::Succession;
    // All customer ids of one delivery are of one namespace. Two in one record are two customers' or two names of one, and the
    // record does not say which, so neither is believed to go with the rest. One that followed the other is said so.
    let ids = || record.identifiers.iter().filter(|identifier| identifier.kind == identity::Kind::CustomerId);
    let is_in_doubt = !succession && ids().nth(1).is_some();
    let believed = record.identifiers.iter().filter(|one| !(is_in_doubt && one.kind == identity::Kind::CustomerId));
    let identities = people.indices(believed)?;
    Ok((!identities.is_empty()).then(|| ObservationRow {
        id: format!("{name}.{}", record.part),
        part: record.part.clone(),
        observed_at: clock.at(record.observed_at),
        authoritative: record.authoritative && !is_weak,
        succession,
        identities,
    }))
}

fn consent(
    statement: &ConsentStatement,
    weak: bool,
    clock: Clock,
    people: &mut People<'_, '_>,
) -> Result<Option<ConsentRow>, InvalidKeys> {
    let identities = people.indices(&statement.about)?;
    if identities.is_empty() {
        return Ok(None);
    }
    let mut evidence = Map::new();
    for (name, detail) in &statement.evidence {
        let detail = match detail {
            Evidence::Plain(text) => Value::from(text.as_str()),
            Evidence::Personal(value) => json!({ "keyed_hash": people.keyed_hash(name, value.expose())? }),
        };
        evidence.insert((*name).to_owned(), detail);
    }
    Ok(Some(ConsentRow {
        id: RecordId::from_random((people.random)()),
        channel: statement.channel,
        granted: statement.granted,
        weak,
        decided_at: clock.at(statement.decided_at),
        evidence: Value::Object(evidence),
        identities,
    }))
}

fn request_row(request: &RightsRequest, people: &mut People<'_, '_>) -> Result<RequestRow, InvalidKeys> {
    let Setting { received_at, home, .. } = *people.setting;
    let law = rights::governing(home);
    let kind = if request.deletes { Kind::Deletion } else { Kind::Access };
    let calendar = law.calendar_at(home);
    let filing = rights::Filing { kind, origin: Origin::Platform, law, calendar, verified: true, duplicate_of: None };
    let state = rights::submit(&filing, received_at).state;
    Ok(RequestRow {
        id: RightsRequestId::from_random((people.random)()),
        kind: kind.name(),
        external_reference: request.external_reference.clone(),
        orders: request.orders.clone(),
        received_at,
        law: law.id,
        calendar: calendar.id,
        due_at: state.clock.due_at,
        identities: people.indices(&request.about)?,
    })
}

#[cfg(test)]
mod tests;
