//! The page's queue: everything that has to wait, in one order, in memory only.
//!
//! A pure state machine. Things are put in at the end ([`Queue::track`], [`Queue::act`]); [`Queue::next`] gives one step at a
//! time that the page may take under the standing of this very moment, so a choice that is made in the middle of a release,
//! by a vendor's own script or in another tab, counts from the next step on. What may go to the edge is moved over to
//! what is outgoing (`outgoing.rs`). What was refused is dropped and given back to the page as blocked.
//!
//! Order: of two things that are allowed for a destination, the one that happened first goes first.

use std::rc::Rc;

use super::{
    item::{Act, Item, Kind, Sending, Tracked, event_text},
    outgoing::Outgoing,
    people::{Part, People},
    standing::{Standing, Verdict},
};
use crate::permissions::Permissions;

/// How much may wait for a decision: the oldest, and what comes after is dropped and counted.
pub const MAX_WAITING: usize = 1000;

/// How much may wait to be sent.
pub const MAX_OUTGOING: usize = 10_000;

/// What the page is to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Load the vendor of this number.
    Load(usize),
    /// Give a vendor an event.
    Forward(usize, Rc<String>),
    /// Do what a rule wants done.
    Act(Act, Rc<String>),
    /// Tell the page that an event was refused.
    Blocked(Rc<String>),
}

/// The queue of one page load.
pub struct Queue {
    source: String,
    sequence: u32,
    purposes: Vec<String>,
    /// What each vendor needs.
    vendors: Vec<Permissions>,
    wanted: u64,
    loaded: u64,
    page: Rc<String>,
    items: Vec<Item>,
    /// How many items, from the front, have nothing that may go as things stand: so many wait for a decision.
    waiting: usize,
    standing: Standing,
    pub(super) outgoing: Outgoing,
    pub(super) people: People,
}

impl Queue {
    /// An empty queue. `source`: 16 random characters of base64url; `purposes`: the notice's ids, in its order.
    pub fn new(source: &str, purposes: Vec<String>) -> Self {
        Self {
            source: source.to_owned(),
            sequence: 0,
            purposes,
            vendors: Vec::new(),
            wanted: 0,
            loaded: 0,
            page: Rc::default(),
            items: Vec::new(),
            waiting: 0,
            standing: Standing::default(),
            outgoing: Outgoing::default(),
            people: People::default(),
        }
    }

    /// Adds a vendor (64 at the most), and gives its number.
    pub fn add_vendor(&mut self, needs: Permissions) -> usize {
        self.vendors.push(needs);
        self.vendors.len() - 1
    }

    /// A vendor is to be loaded, as soon as it may be. Until then it gets no events, not even later.
    pub fn want(&mut self, vendor: usize) {
        self.wanted |= bit(vendor);
    }

    /// Where what happens from now on happens: the text of a JSON object.
    pub fn set_page(&mut self, page: &str) {
        self.page = Rc::new(page.to_owned());
    }

    /// An event happened; `vendors` has the bits of those that listen for it. Gives its text.
    pub fn track(&mut self, event: Tracked<'_>, vendors: u64) -> Rc<String> {
        self.sequence += 1;
        let purpose = self.purposes.get(event.purpose).map_or("", String::as_str);
        let json = Rc::new(event_text(&self.source, self.sequence, &event, purpose));
        self.push(Item {
            kind: Kind::Event,
            needs: Permissions::NONE.with(event.purpose),
            purpose: event.purpose,
            at: event.at,
            json: Rc::clone(&json),
            page: Rc::clone(&self.page),
            for_edge: true,
            vendors: vendors & self.wanted,
            sending: Sending::Fresh,
            beaconed: false,
        });
        json
    }

    /// A rule wants something done that needs these purposes; the rule's event's own among them, if an event fired it.
    pub fn act(&mut self, act: Act, needs: Permissions, json: &str) {
        self.push(Item {
            kind: Kind::Act(act),
            needs,
            purpose: 0,
            at: 0,
            json: Rc::new(json.to_owned()),
            page: Rc::clone(&self.page),
            for_edge: false,
            vendors: 0,
            sending: Sending::Fresh,
            beaconed: false,
        });
    }

    fn push(&mut self, item: Item) {
        if self.items.len() - self.waiting < MAX_OUTGOING {
            self.items.push(item);
        } else {
            self.outgoing.count_dropped(&item);
        }
    }

    /// The visitor was named: what the parts say goes with what is sent, each as soon as it may.
    pub fn identify(&mut self, parts: Vec<Part>) {
        self.unname();
        for part in parts {
            self.name(part);
        }
    }

    /// Whoever was named is forgotten.
    pub fn unname(&mut self) {
        self.people.clear();
    }

    /// One more part of [`Self::identify`].
    pub fn name(&mut self, part: Part) {
        self.people.add(part);
    }

    /// The next step, or nothing more as things stand. To be called after everything that was put in and after every
    /// choice, until it gives nothing; pauses in between do no harm.
    pub fn next(&mut self, standing: Standing) -> Option<Step> {
        self.follow(standing);
        let step = self.load().or_else(|| self.release());
        if step.is_none() && self.items.is_empty() {
            self.items = Vec::new();
        }
        step
    }

    /// What no longer may be sent is forgotten, and everything is looked at again.
    pub(super) fn follow(&mut self, standing: Standing) {
        // Even if nothing has changed: the visitor may have been named since.
        self.people.follow(standing, self.standing.is_chosen);
        if standing != self.standing {
            self.waiting = 0;
            self.outgoing.forget_refused(standing);
            self.standing = standing;
        }
    }

    fn load(&mut self) -> Option<Step> {
        let open = self.wanted & !self.loaded;
        if open == 0 {
            return None;
        }
        for (vendor, needs) in self.vendors.iter().enumerate() {
            if open & bit(vendor) != 0 && self.standing.verdict(*needs) == Verdict::Now {
                self.loaded |= bit(vendor);
                return Some(Step::Load(vendor));
            }
        }
        None
    }

    fn release(&mut self) -> Option<Step> {
        while let Some(item) = self.items.get_mut(self.waiting) {
            match self.standing.verdict(item.needs) {
                Verdict::Now => match item.kind {
                    Kind::Act(act) => {
                        return Some(Step::Act(act, self.take().json));
                    }
                    Kind::Event => {
                        if item.for_edge {
                            item.for_edge = false;
                            self.outgoing.push(item);
                        }
                        if let Some(vendor) = next_vendor(item, &self.vendors, self.standing) {
                            return Some(Step::Forward(vendor, Rc::clone(&item.json)));
                        }
                        if item.vendors == 0 {
                            self.take();
                        } else {
                            self.wait();
                        }
                    }
                },
                Verdict::Later => self.wait(),
                Verdict::Never => {
                    let item = self.take();
                    // An event that was on its way already is not blocked: it goes no further, that is all.
                    if item.for_edge {
                        return Some(Step::Blocked(item.json));
                    }
                }
            }
        }
        None
    }

    /// The item that is looked at waits, if there is room.
    fn wait(&mut self) {
        if self.waiting < MAX_WAITING {
            self.waiting += 1;
        } else {
            let item = self.take();
            self.outgoing.count_dropped(&item);
        }
    }

    /// The item that is looked at waits no longer.
    fn take(&mut self) -> Item {
        self.items.remove(self.waiting)
    }

    pub(super) fn purposes(&self) -> &[String] {
        &self.purposes
    }
}

/// The first vendor that may have the event now. Those that never may are struck off, and so is the one that is given.
fn next_vendor(item: &mut Item, vendors: &[Permissions], standing: Standing) -> Option<usize> {
    for (vendor, needs) in vendors.iter().enumerate() {
        if item.vendors & bit(vendor) == 0 {
            continue;
        }
        let verdict = standing.verdict(*needs);
        if verdict != Verdict::Later {
            item.vendors &= !bit(vendor);
        }
        if verdict == Verdict::Now {
            return Some(vendor);
        }
    }
    None
}

fn bit(vendor: usize) -> u64 {
    1 << (vendor & 63)
}

#[cfg(test)]
mod tests;
