//! Our side: what the edge does with a call, and what may go wrong in the middle of it.

use std::collections::VecDeque;

use base64ct::{Base64UrlUnpadded, Encoding as _};

use super::{
    random::Random,
    store::{Answer, Store},
    world::{Message, SHOP, Via, World},
};
use crate::{
    id::{ControllerId, DeliveryId},
    identity::{Kind, email::tests_support::Platform, phone::tests_support::Plan, pseudonym::Keyring},
    intake::{Commit, Known, Setting, read, settle},
    keys::MasterKeys,
    sorted::SortedMap,
    time::Timestamp,
    webhook::{Authentication, Delivery, Secrets, shopify::ShopDomain, verify},
};

/// How much goes wrong: once in so many times. `None` for a run in which nothing does.
pub(super) struct Faults {
    /// The instance ends before the batch, or after it and before the answer.
    pub(super) crash: u64,
    /// The sender sends again although it was answered.
    pub(super) again: u64,
    /// Two instances have the same call, or the same piece of work, at the same time.
    pub(super) twice: u64,
    /// Over how many messages the order is shuffled.
    pub(super) window: usize,
}

pub(super) struct Edge {
    pub(super) store: Store,
    /// What the senders were told was taken.
    pub(super) acknowledged: Vec<usize>,
    pub(super) crashes: usize,
    controller: ControllerId,
    keys: Vec<MasterKeys>,
    authentications: SortedMap<Via, Authentication>,
    random: Random,
    now: i64,
}

fn master_keys(versions: u8) -> MasterKeys {
    let texts: Vec<String> = (1..=versions).map(|number| Base64UrlUnpadded::encode_string(&[number; 32])).collect();
    MasterKeys::parse(texts.iter().map(String::as_str)).unwrap()
}

impl Edge {
    pub(super) fn new(seed: u64, world: &World) -> Self {
        Self {
            store: Store::default(),
            acknowledged: Vec::new(),
            crashes: 0,
            controller: ControllerId::parse("demo").unwrap(),
            keys: vec![master_keys(1)],
            authentications: Via::ALL.into_iter().map(|via| (via, via.signing(1))).collect(),
            random: Random::new(seed),
            now: world.end(),
        }
    }

    /// The keyrings of today.
    pub(super) fn rings(&self) -> SortedMap<Kind, Keyring> {
        let keys = self.keys.last().unwrap();
        Kind::ALL.into_iter().map(|kind| (kind, keys.keyring(&self.controller, kind).unwrap())).collect()
    }

    /// Everything is said in the order in which it happened, once, and nothing goes wrong.
    pub(super) fn run_quietly(&mut self, world: &World) {
        for number in 0..world.messages.len() {
            let commit = self.receive(&world.messages[number], 1);
            assert!(matches!(self.store.apply(commit), Answer::Effect(_)), "two messages are one");
            self.acknowledged.push(number);
        }
    }

    /// Everything goes wrong that may. In the middle the connections get new secrets, to which the platforms switch later,
    /// and the deployment gets a new key.
    pub(super) fn run(&mut self, world: &World, faults: &Faults) {
        let mut order: Vec<usize> = (0..world.messages.len()).collect();
        order.chunks_mut(faults.window).for_each(|window| self.random.shuffle(window));
        let (total, mut tried) = (order.len(), 0);
        let mut waiting = VecDeque::from(order);
        while let Some(number) = waiting.pop_front() {
            tried += 1;
            if tried == total / 2 {
                self.rotate();
                self.keys.push(master_keys(2));
            }
            let secret = if tried > total * 3 / 4 { 2 } else { 1 };
            let heard = self.call(&world.messages[number], secret, faults);
            if heard {
                self.acknowledged.push(number);
            }
            if !heard || self.random.one_in(faults.again) {
                // Sooner or later.
                let place = self.random.place(waiting.len() + 1);
                waiting.insert(place, number);
            }
            self.work(faults);
            if tried.is_multiple_of(10) {
                let rings = self.rings();
                self.store.rekey(&rings, 5);
            }
        }
        self.finish_work();
        let rings = self.rings();
        while self.store.rekey(&rings, 100) {}
    }

    /// The shop leaves, and two days later everything of it is to be erased. The call and the work end in the middle as
    /// often as any other.
    pub(super) fn erase_the_shop(&mut self, world: &World, faults: &Faults) {
        let message = world.farewell();
        while !self.call(&message, 2, faults) {}
        while let Some(connection) = self.store.purges.first().cloned() {
            if !self.random.one_in(faults.crash) {
                self.store.purge(&connection, 7);
            }
        }
        let again = self.receive(&message, 2);
        assert_eq!(self.store.apply(again), Answer::Duplicate);
        assert!(self.store.purges.is_empty(), "a repeated call erases again");
    }

    /// One call. Whether the sender heard that it was taken.
    fn call(&mut self, message: &Message, secret: u8, faults: &Faults) -> bool {
        let commit = self.receive(message, secret);
        if self.random.one_in(faults.crash) {
            self.crashes += 1;
            return false;
        }
        // Another instance has the same call, and has read as little of the other's batch.
        let other = self.random.one_in(faults.twice).then(|| self.receive(message, secret));
        self.store.apply(commit);
        if let Some(other) = other {
            assert_eq!(self.store.apply(other), Answer::Duplicate);
        }
        if self.random.one_in(faults.crash) {
            self.crashes += 1;
            return false;
        }
        true
    }

    /// Signs as the platform does, and does everything up to the batch.
    fn receive(&mut self, message: &Message, secret: u8) -> Commit {
        self.now += 50;
        let now = Timestamp::from_millis(self.now).unwrap();
        let headers = headers(message, secret, now, &mut self.random);
        let headers = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let delivery = Delivery { body: &message.body, headers };
        let verified = verify(&delivery, &self.authentications[&message.via], now).expect("an authentic delivery");
        let (connection, shop) = (message.via.id(), ShopDomain::parse(SHOP));
        let known = Known { connection: &connection, shop: shop.as_ref(), mapping: None };
        let setting = Setting {
            controller: &self.controller,
            connection: &connection,
            source: verified.source(),
            keys: self.keys.last().unwrap(),
            unicode: &Platform,
            plan: &Plan,
            home: None,
            received_at: now,
            delivery: DeliveryId::from_random(self.random.bits()),
        };
        let random = &mut self.random;
        settle(read(&delivery, &verified, &known), &verified, &setting, &mut || random.bits()).unwrap()
    }

    fn rotate(&mut self) {
        for via in Via::ALL {
            let Some((old, new)) = via.secret(1).zip(via.secret(2)) else { continue };
            let mut secrets = Secrets::new(old);
            let now = Timestamp::from_millis(self.now).unwrap();
            secrets.rotate(new, now, Secrets::<()>::OVERLAP).unwrap();
            self.authentications.insert(via, via.scheme().authentication(secrets, "").unwrap());
        }
    }

    /// Some of the outbox, with the instance ending in the middle of it, and with two instances at the same piece.
    fn work(&mut self, faults: &Faults) {
        if !self.random.one_in(4) {
            return;
        }
        let due: Vec<String> = self.store.outbox.iter().take(6).cloned().collect();
        for observation in due {
            let changes = self.store.reckon(&observation);
            if self.random.one_in(faults.crash) {
                self.crashes += 1;
                return;
            }
            let other = self.random.one_in(faults.twice).then(|| self.store.reckon(&observation));
            self.store.finish(&observation, changes);
            if let Some(other) = other {
                self.store.finish(&observation, other);
            }
        }
    }

    fn finish_work(&mut self) {
        while let Some(observation) = self.store.outbox.first().cloned() {
            let changes = self.store.reckon(&observation);
            self.store.finish(&observation, changes);
        }
    }
}

/// What the platform sends along: its proof, and for Shopify the labels that nobody signs.
fn headers(message: &Message, secret: u8, now: Timestamp, random: &mut Random) -> Vec<(&'static str, String)> {
    let mut headers = message.via.signing(secret).sign(&message.id, &message.body, now).unwrap_or_default();
    if message.via == Via::Shop {
        // A replay by somebody who has seen the delivery may bear any id.
        let id = if random.one_in(50) { format!("{}-again", message.id) } else { message.id.clone() };
        headers.extend([
            ("x-shopify-topic", message.topic.to_owned()),
            ("x-shopify-shop-domain", message.shop.to_owned()),
            ("x-shopify-webhook-id", id),
            ("x-shopify-triggered-at", message.at.rfc3339()),
        ]);
    }
    headers
}
