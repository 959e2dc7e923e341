//! What may go to the edge, until the edge has it.
//!
//! One request at a time: the next waits for its answer, so events arrive in order. What was sent and not answered may
//! have arrived, so it goes again as it was; the edge knows an event by its id. A batch holds events of one place only.

use std::rc::Rc;

use super::{
    item::{Item, Kind, Sending, push_number},
    kept,
    queue::{MAX_OUTGOING, Queue},
    standing::Standing,
};
use crate::{permissions::Permissions, text::push_all};

/// The most events in a request.
const MAX_EVENTS: usize = 100;

/// The most bytes of events in a request; the edge takes 64 KB with all the rest.
const MAX_BYTES: usize = 56 * 1024;

/// The longest pause between attempts, in seconds.
const MAX_PAUSE: u32 = 60;

#[derive(Default)]
pub(super) struct Outgoing {
    pub(super) items: Vec<Item>,
    /// Events that were dropped for want of room and that the edge was not told of.
    dropped: u32,
    /// How many of them the request under way tells of.
    telling: u32,
    /// How many attempts in a row have failed.
    failures: u32,
}

impl Outgoing {
    /// Takes over an event for the edge.
    pub(super) fn push(&mut self, item: &Item) {
        if self.items.len() < MAX_OUTGOING {
            let (json, page) = (Rc::clone(&item.json), Rc::clone(&item.page));
            self.items.push(Item { json, page, vendors: 0, ..*item });
        } else {
            self.dropped += 1;
        }
    }

    /// An item is dropped; one that the edge was to get is counted.
    pub(super) fn count_dropped(&mut self, item: &Item) {
        self.dropped += u32::from(item.for_edge);
    }

    pub(super) fn forget_refused(&mut self, standing: Standing) {
        self.retain(&|item| standing.allowed.contains(item.needs));
    }

    fn retain(&mut self, stays: &dyn Fn(&Item) -> bool) {
        self.items.retain(stays);
    }

    /// Is there an event of this id that `fits`?
    fn has(&self, id: &str, fits: &dyn Fn(&Item) -> bool) -> bool {
        self.items.iter().any(|item| fits(item) && item.id() == id)
    }

    /// How many, from this one on, go together.
    fn run(&self, from: usize, may: &dyn Fn(&Item) -> bool) -> usize {
        let items = self.items.get(from..).unwrap_or_default();
        let (mut count, mut bytes) = (0, 0);
        for item in items {
            let first = items.first().unwrap_or(item);
            bytes += item.json.len() + 1;
            let is_alike = item.sending == first.sending && item.page == first.page;
            if !is_alike || !may(item) || bytes + first.page.len() > MAX_BYTES || count == MAX_EVENTS {
                break;
            }
            count += 1;
        }
        count
    }

    /// The request that was under way has ended, and what was told with it is known there or not.
    fn end(&mut self, is_told: bool) {
        if is_told {
            self.dropped -= self.telling;
        }
        self.telling = 0;
    }

    fn settle(&mut self, sending: Sending) {
        for item in self.items.iter_mut().filter(|item| item.sending == Sending::UnderWay) {
            item.sending = sending;
        }
    }
}

impl Queue {
    /// So many events were dropped before they came here; the edge is told.
    pub fn lose(&mut self, count: u32) {
        self.outgoing.dropped += count;
    }

    /// The next request's body, if there is something that may go: `head` is the members that the caller knows
    /// (`"site":"…","visitor":"…","sent":…`). The request is under way until [`Self::acknowledge`], [`Self::fail`] or
    /// [`Self::refuse`] says how it ended; only then there may be another.
    pub fn batch(&mut self, standing: Standing, head: &str) -> Option<String> {
        self.follow(standing);
        let at_edge = standing.at_edge();
        let count = self.outgoing.run(0, &|item| at_edge.contains(item.needs));
        if count == 0 && !self.people.is_due(at_edge) {
            return None;
        }
        for item in self.outgoing.items.iter_mut().take(count) {
            item.sending = Sending::UnderWay;
        }
        self.outgoing.telling = self.outgoing.dropped;
        Some(self.body(0, count, head, self.outgoing.telling, at_edge, true))
    }

    /// The edge has taken the request that was under way. `kept` is what is in the page's storage; gives what should be.
    pub fn acknowledge(&mut self, kept: &str) -> String {
        let is_done = |id: &str| self.outgoing.has(id, &|item| item.sending == Sending::UnderWay);
        let left = kept::without(kept, &is_done);
        self.outgoing.retain(&|item| item.sending != Sending::UnderWay);
        self.outgoing.failures = 0;
        self.outgoing.end(true);
        self.people.end(true);
        left
    }

    /// The edge will not take the request that was under way, now or later: as [`Self::acknowledge`].
    pub fn refuse(&mut self, kept: &str) -> String {
        self.acknowledge(kept)
    }

    /// The request that was under way has failed and may go again. Gives the milliseconds to wait: a second, doubled with
    /// each failure up to a minute, and no less than the edge asks for, in seconds.
    pub fn fail(&mut self, asked: u32) -> u32 {
        self.outgoing.settle(Sending::Again);
        self.outgoing.end(false);
        self.people.end(false);
        let pause = 1 << self.outgoing.failures.min(6);
        self.outgoing.failures += 1;
        pause.min(MAX_PAUSE).max(asked.min(3600)) * 1000
    }

    /// The page is closing, or may be: bodies for everything that the edge would take and no beacon has taken yet,
    /// what is under way included. No answer will tell whether they have arrived, so all of it stays outgoing.
    pub fn beacons(&mut self, standing: Standing, head: &str) -> Vec<String> {
        self.follow(standing);
        let at_edge = standing.at_edge();
        let may = |item: &Item| !item.beaconed && at_edge.contains(item.needs);
        let mut bodies = Vec::new();
        let mut from = 0;
        while from < self.outgoing.items.len() {
            let count = self.outgoing.run(from, &may);
            if count > 0 {
                for item in self.outgoing.items.get_mut(from..from + count).unwrap_or_default() {
                    item.beaconed = true;
                }
                let dropped = self.outgoing.dropped - self.outgoing.telling;
                self.outgoing.dropped = self.outgoing.telling;
                bodies.push(self.body(from, count, head, dropped, at_edge, false));
            }
            from += count.max(1);
        }
        bodies
    }

    /// What should be in the page's storage when the page may be closing: what is there already, and what may go and has
    /// not been acknowledged, within a bound. Nothing is stored for a visitor who has not chosen.
    pub fn keep(&mut self, standing: Standing, kept: &str, now: u64) -> String {
        let mut text = self.still_allowed(standing, kept, now);
        if standing.is_chosen {
            for item in &self.outgoing.items {
                let purpose = self.purposes().get(item.purpose).map_or("", String::as_str);
                kept::add(&mut text, item, purpose);
            }
        }
        text
    }

    /// Takes over what earlier pages have kept, ahead of this page's own. Gives what should stay in storage:
    /// what is still allowed and not too old, until it is acknowledged.
    pub fn restore(&mut self, standing: Standing, kept: &str, now: u64) -> String {
        let text = self.still_allowed(standing, kept, now);
        let mut place = 0;
        for line in kept::Lines(&text) {
            if let Some(purpose) = self.number_of(line.purpose)
                && !self.outgoing.has(line.id(), &|_| true)
            {
                self.outgoing.items.insert(place, line.item(purpose));
                place += 1;
            }
        }
        text
    }

    fn still_allowed(&mut self, standing: Standing, kept: &str, now: u64) -> String {
        self.follow(standing);
        kept::allowed(kept, &|purpose| self.allows(standing, purpose), now)
    }

    fn number_of(&self, purpose: &str) -> Option<usize> {
        self.purposes().iter().position(|id| id == purpose)
    }

    fn allows(&self, standing: Standing, purpose: &str) -> bool {
        self.number_of(purpose).is_some_and(|number| standing.allowed.allows(number))
    }

    fn body(
        &mut self,
        from: usize,
        count: usize,
        head: &str,
        dropped: u32,
        at_edge: Permissions,
        is_awaited: bool,
    ) -> String {
        let mut body = String::new();
        push_all(&["{", head], &mut body);
        if dropped > 0 {
            body.push_str(",\"dropped\":");
            push_number(&mut body, dropped.into());
        }
        self.people.write(&mut body, at_edge, is_awaited);
        let items = self.outgoing.items.get(from..from + count).unwrap_or_default();
        if let Some(first) = items.first()
            && !first.page.is_empty()
        {
            push_all(&[",\"page\":", &first.page], &mut body);
        }
        body.push_str(",\"events\":[");
        let mut before = "";
        for item in items {
            push_all(&[before, &item.json], &mut body);
            before = ",";
        }
        body.push_str("]}");
        debug_assert!(self.outgoing.items.iter().all(|item| item.kind == Kind::Event));
        body
    }
}
