//! Our side: intake, the two queues with their consumers, and the receivers.
//!
//! The functions are those that the edge calls. The database is a stand-in, and so are the queues, which deliver in any order
//! and more than once.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    browser::Choice,
    ledger::Ledger,
    places::{Configuration, Law},
};
use crate::{
    consent::{self, Context, Record, Submission, tests_support},
    destinations::Delivery,
    events::{
        Batch, Decision, Ground, Identity, Message,
        claims::{self, Claim},
        decide,
        rollup::Tally,
    },
    id::{BatchId, DeliveryId, PurposeId, RecordId, VisitorId},
    identity::{Kind, hash::PlainHash},
    permissions::Permissions,
    site::Site,
    sorted::SortedMap,
    time::Timestamp,
};

/// A request that is on its way.
#[derive(Clone)]
pub(super) struct Request {
    /// The tab that waits for the answer.
    pub(super) tab: Option<usize>,
    pub(super) body: String,
    pub(super) gpc: bool,
    /// How often the choice had changed when it was sent.
    pub(super) changes: usize,
}

pub(super) struct Edge {
    law: Law,
    site: Site,
    records: BTreeMap<String, Record>,
    messages: Vec<String>,
    claims: Vec<(BatchId, Claim)>,
    counted: BTreeSet<BatchId>,
    tally: Tally,
    /// How many refusals were counted.
    pub(super) blocked: u32,
    deliveries: Vec<Delivery>,
    heard: BTreeSet<DeliveryId>,
    /// How often a receiver has got an event, by the event's name.
    sinks: BTreeMap<(String, String), usize>,
    /// What a receiver should have got, and whether it was refused on the way.
    due: BTreeMap<(String, String), bool>,
    /// The hashes that were told of a visitor.
    identities: BTreeSet<[u8; 32]>,
    ids: u8,
}

impl Edge {
    pub(super) fn new(law: Law) -> Self {
        Self {
            law,
            site: tests_support::site(),
            records: BTreeMap::new(),
            messages: Vec::new(),
            claims: Vec::new(),
            counted: BTreeSet::new(),
            tally: Tally::default(),
            blocked: 0,
            deliveries: Vec::new(),
            heard: BTreeSet::new(),
            sinks: BTreeMap::new(),
            due: BTreeMap::new(),
            identities: BTreeSet::new(),
            ids: 0,
        }
    }

    fn random(&mut self) -> [u8; 16] {
        self.ids = self.ids.wrapping_add(1);
        let mut bits = [self.ids; 16];
        bits[..8].copy_from_slice(&(self.messages.len() + self.claims.len() + self.counted.len()).to_be_bytes());
        bits[8..12].copy_from_slice(&u32::try_from(self.records.len()).unwrap().to_be_bytes());
        bits
    }

    /// The choice is recorded; one that is sent again is the same record.
    pub(super) fn record(&mut self, choice: &Choice, gpc: bool, now: i64) {
        let granted = |number| choice.allowed.allows(number);
        let body = serde_json::json!({
            "site": self.site.key, "visitor": choice.visitor(), "notice": self.site.fingerprint, "action": "custom",
            "purposes": {"analytics": granted(1), "marketing": granted(2)}, "locale": "en", "surface": "api",
            "at": choice.at,
        });
        let submission = Submission::parse(body.to_string().as_bytes()).unwrap();
        let context = Context {
            id: RecordId::from_random(self.random()),
            now: Timestamp::from_millis(now).unwrap(),
            regime: self.law.regime(),
            region: None,
            gpc,
            previous: None,
        };
        let record = consent::decide(submission, &self.site, context).unwrap();
        let before = self.records.get(&choice.visitor());
        if before.is_none_or(|before| before.claimed_at != record.claimed_at) {
            self.records.insert(choice.visitor(), record);
        }
    }

    /// What this visitor has granted, by the simulation's own reading of the newest record.
    fn granted(&self, visitor: &str) -> Permissions {
        let Some(record) = self.records.get(visitor) else { return Permissions::from_bits(1) };
        let ids = super::browser::PURPOSES;
        (0..3).filter(|number| record.purposes.iter().any(|(id, yes)| id.as_str() == ids[*number] && *yes)).collect()
    }

    /// A request arrives: everything up to the answer. `changes`: how often the choice has changed by now.
    pub(super) fn receive(&mut self, request: &Request, ledger: &mut Ledger, now: i64, changes: usize) {
        let now = Timestamp::from_millis(now).unwrap();
        let batch = Batch::parse(request.body.as_bytes(), now).expect("what a page sends can be read");
        let visitor = batch.visitor.clone();
        let record = visitor.as_ref().and_then(|visitor| self.records.get(visitor.as_str()));
        let ground =
            Ground { site: &self.site, record, opted_out: None, regime: self.law.regime(), gpc: request.gpc, now };
        let (page, sent) = (batch.page.clone(), batch.events.clone());
        let decision = decide(batch, &ground);
        let body: serde_json::Value = serde_json::from_str(&request.body).unwrap();
        if let (Some(hash), None) = (body["identity"]["email"].as_str(), &decision.identity) {
            assert_ne!(request.changes, changes, "somebody was named and is refused");
            ledger.unname(hash);
        }
        self.check(&decision, visitor.as_ref().map(VisitorId::as_str), request.gpc);
        for event in sent {
            let told = ledger.event(&event.id.as_ref().unwrap().to_string());
            if decision.events.contains(&event) {
                told.allowed_at_edge += 1;
            } else if decision.permitted.contains(&event.purpose) {
                told.too_old_at_edge += 1;
            } else {
                // The page and the edge see the same, unless the choice changed on the way.
                assert_ne!(request.changes, changes, "{} was sent and is refused", told.id);
                told.blocked_at_edge += 1;
            }
        }
        let message = Message {
            id: BatchId::from_random(self.random()),
            controller: self.site.controller.clone(),
            site: self.site.key.clone(),
            received_at: now,
            visitor,
            visit: decision.is_visit.then(|| "mark".to_owned()),
            regime: self.law.regime().id.to_owned(),
            permitted: decision.permitted.clone(),
            blocked: decision.blocked_list(),
            dropped: decision.dropped,
            page,
            identity: decision.identity,
            user_agent: None,
            events: decision.events,
        };
        self.messages.push(serde_json::to_string(&message).unwrap());
    }

    fn check(&self, decision: &Decision, visitor: Option<&str>, gpc: bool) {
        let objected = if gpc && self.law.honours_gpc() { Permissions::from_bits(4) } else { Permissions::NONE };
        let granted = match visitor {
            None => self.law.defaults().without(objected),
            Some(visitor) if self.records.get(visitor).is_some_and(|record| record.gpc) => self.granted(visitor),
            Some(visitor) => self.granted(visitor).without(objected),
        };
        let may = |purpose: &str| {
            super::browser::PURPOSES.iter().position(|id| *id == purpose).is_some_and(|number| granted.allows(number))
        };
        assert!(decision.events.iter().all(|event| may(event.purpose.as_str())), "taken without consent");
        assert!(decision.identity.is_none() || may("analytics"), "somebody is named without consent");
    }

    pub(super) fn message_count(&self) -> usize {
        self.messages.len()
    }

    /// The queue delivers a message. `until`: the instance ends after so many steps (0 to 3), and the queue will deliver the
    /// message again; so it may when everything is done (4).
    pub(super) fn consume(&mut self, place: usize, configuration: &Configuration, until: usize) {
        let text = self.messages[place].clone();
        let message: Message = serde_json::from_str(&text).expect("a message is read as it was written");
        if until == 0 {
            return;
        }
        let place_of = |edge: &Self| edge.claims.iter().position(|(id, _)| *id == message.id);
        if place_of(self).is_none() {
            self.claims.extend(claims::claims(&message.events).into_iter().map(|claim| (message.id.clone(), claim)));
        }
        if until == 1 {
            return;
        }
        let first = place_of(self).unwrap_or(self.claims.len());
        let earlier: Vec<Claim> = self.claims[..first].iter().map(|(_, claim)| claim.clone()).collect();
        let new: Vec<_> = claims::unclaimed(&message.events, &earlier).into_iter().cloned().collect();
        if self.counted.insert(message.id.clone()) {
            for event in &new {
                self.tally.add(event, &SortedMap::new());
            }
            self.blocked += message.blocked_by_purpose().values().sum::<u32>();
            if message.visitor.is_some() {
                let hashes = message.identity.iter().flat_map(Identity::hashes);
                self.identities.extend(hashes.map(|hash| *hash.expose()));
            }
            for destination in &configuration.destinations {
                if destination.purposes.iter().all(|purpose| message.permitted.contains(purpose)) {
                    self.due.extend(new.iter().map(|event| ((destination.id.clone(), event.name.clone()), false)));
                }
            }
        }
        if until == 2 {
            return;
        }
        // What is for a destination that the owner has taken away meanwhile, or that now needs a purpose that was not
        // granted, has nowhere to go.
        let takes = |name: &str| {
            let mut named = configuration.destinations.iter().filter(|destination| destination.id == name);
            named.any(|destination| destination.purposes.iter().all(|purpose| message.permitted.contains(purpose)))
        };
        for ((destination, name), refused) in &mut self.due {
            *refused |= !takes(destination) && new.iter().any(|event| event.name == *name);
        }
        let purposes = self.purposes();
        for destination in &configuration.destinations {
            self.deliveries.extend(destination.deliveries(&message, &new, message.identity.as_ref(), &purposes));
            if until == 3 {
                return;
            }
        }
        if until != 4 {
            self.messages.remove(place);
        }
    }

    pub(super) fn delivery_count(&self) -> usize {
        self.deliveries.len()
    }

    /// The other queue delivers what is for a receiver. `is_heard`: the receiver's answer comes back.
    pub(super) fn dispatch(&mut self, place: usize, configuration: &Configuration, now: i64, is_heard: bool) {
        let delivery = &self.deliveries[place];
        let record = delivery.visitor.as_ref().and_then(|visitor| self.records.get(visitor.as_str()));
        let granted = delivery.granted(&self.site, record, None, Timestamp::from_millis(now).unwrap());
        let destination = configuration.destinations.iter().find(|one| one.id == delivery.destination);
        let items = destination.map_or(Vec::new(), |destination| {
            let (items, _) = destination.items(delivery, &granted, &self.purposes());
            let purposes = destination.purposes.iter().filter(|_| !items.is_empty()).map(PurposeId::as_str);
            self.check_release(delivery, items.iter().map(|item| item.purpose.as_str()).chain(purposes));
            items
        });
        for event in &delivery.events {
            if !items.iter().any(|item| item.name == event.name) {
                let what = (delivery.destination.clone(), event.name.clone());
                self.due.entry(what).and_modify(|refused| *refused = true);
            }
        }
        if !items.is_empty() && self.heard.insert(delivery.id.clone()) {
            for item in items {
                *self.sinks.entry((delivery.destination.clone(), item.name)).or_default() += 1;
            }
        }
        if is_heard {
            self.deliveries.remove(place);
        }
    }

    fn check_release<'a>(&self, delivery: &Delivery, purposes: impl Iterator<Item = &'a str>) {
        let visitor = delivery.visitor.as_ref().map(VisitorId::as_str);
        let granted = visitor.map_or(self.law.defaults(), |visitor| self.granted(visitor));
        let ids = super::browser::PURPOSES;
        let may = |purpose: &str| (0..3).any(|number| ids[number] == purpose && granted.allows(number));
        purposes.for_each(|purpose| assert!(may(purpose), "delivered without consent"));
    }

    fn purposes(&self) -> Vec<PurposeId> {
        self.site.notice.purposes.iter().map(|purpose| purpose.id.clone()).collect()
    }

    /// How often an event was counted.
    pub(super) fn count(&self, name: &str) -> u32 {
        self.tally.counts.iter().filter(|((_, counted), _)| counted == name).map(|(_, count)| count).sum()
    }

    /// Everything was delivered: the receivers have what they should, once.
    pub(super) fn check_sinks(&self) {
        assert!(self.messages.is_empty() && self.deliveries.is_empty());
        for (what, count) in &self.sinks {
            assert_eq!(*count, 1, "{what:?} came to a receiver more than once");
        }
        for (what, refused) in &self.due {
            assert!(*refused || self.sinks.contains_key(what), "{what:?} never came to its receiver");
        }
    }

    /// Whether a visitor is known by this hash.
    pub(super) fn knows(&self, hash: &str) -> bool {
        PlainHash::received(Kind::Email, Kind::Email.form(), hash)
            .is_some_and(|hash| self.identities.contains(hash.expose()))
    }

    pub(super) fn sink_count(&self) -> usize {
        self.sinks.len()
    }
}
