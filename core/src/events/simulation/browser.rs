//! The visitor's browser: a cookie with the choice, a storage that all tabs share, and the tabs with their queues.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    ledger::{Ledger, Listener, Named, Told, Wanted, judge},
    places::{Configuration, Law},
};
use crate::{
    events::{Act, Part, Queue, Standing, Step, Tracked, Verdict},
    permissions::Permissions,
};

pub(super) const PURPOSES: [&str; 3] = ["necessary", "analytics", "marketing"];
const ESSENTIAL: Permissions = Permissions::from_bits(1);
const DAY: i64 = 24 * 60 * 60 * 1000;

/// What the cookie holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Choice {
    pub(super) visitor: u64,
    pub(super) at: i64,
    pub(super) allowed: Permissions,
    pub(super) gpc: bool,
    pub(super) is_pending: bool,
}

impl Choice {
    pub(super) fn visitor(&self) -> String {
        format!("{:022}", self.visitor)
    }
}

pub(super) struct Tab {
    pub(super) number: usize,
    pub(super) queue: Queue,
    vendors: Vec<Permissions>,
    wanted: Vec<bool>,
    loaded: Vec<bool>,
    pub(super) is_waiting: bool,
    pub(super) told: usize,
}

pub(super) struct Browser {
    pub(super) law: Law,
    pub(super) choice: Option<Choice>,
    /// How often the choice has changed.
    pub(super) changes: usize,
    pub(super) gpc: bool,
    pub(super) storage: String,
    pub(super) tabs: Vec<Tab>,
    pub(super) ledger: Ledger,
    pub(super) now: i64,
    opened: usize,
    named: usize,
    visitors: u64,
}

impl Browser {
    pub(super) fn new(law: Law, now: i64) -> Self {
        Self {
            law,
            choice: None,
            changes: 0,
            gpc: false,
            storage: String::new(),
            tabs: Vec::new(),
            ledger: Ledger::default(),
            now,
            opened: 0,
            named: 0,
            visitors: 0,
        }
    }

    fn is_objecting(&self) -> bool {
        self.gpc && self.law.honours_gpc() && !self.choice.is_some_and(|choice| choice.gpc)
    }

    /// What the stub and the engine make of cookie, law and signal.
    pub(super) fn standing(&self) -> Standing {
        let objected = if self.is_objecting() { Permissions::from_bits(4) } else { Permissions::NONE };
        let allowed = self.choice.map_or(self.law.defaults(), |choice| choice.allowed);
        Standing {
            allowed: allowed.without(objected),
            essential: ESSENTIAL,
            objected,
            is_chosen: self.choice.is_some(),
            is_recorded: self.choice.is_some_and(|choice| !choice.is_pending),
        }
    }

    /// The standing at this moment, for a tab that is about to ask its queue for something.
    pub(super) fn look(&mut self, place: usize) -> Standing {
        let standing = self.standing();
        self.ledger.look(self.tabs[place].number, &standing);
        standing
    }

    pub(super) fn choose(&mut self, bits: u32) {
        let before = self.choice;
        let visitor = before.map_or_else(
            || {
                self.visitors += 1;
                self.visitors
            },
            |choice| choice.visitor,
        );
        self.changes += 1;
        self.choice = Some(Choice {
            visitor,
            at: self.now.max(before.map_or(0, |choice| choice.at + 1)),
            allowed: Permissions::from_bits(bits).union(ESSENTIAL),
            gpc: self.gpc && self.law.honours_gpc(),
            is_pending: true,
        });
    }

    pub(super) fn forget(&mut self) {
        self.changes += 1;
        self.choice = None;
    }

    /// A page is loaded: it takes over what earlier ones have left.
    pub(super) fn open(&mut self, configuration: &Configuration) {
        self.opened += 1;
        let mut queue = Queue::new(&format!("source{:010}", self.opened), PURPOSES.map(str::to_owned).to_vec());
        for needs in &configuration.vendors {
            queue.add_vendor(*needs);
        }
        let count = configuration.vendors.len();
        self.tabs.push(Tab {
            number: self.opened,
            queue,
            vendors: configuration.vendors.clone(),
            wanted: vec![false; count],
            loaded: vec![false; count],
            is_waiting: false,
            told: 0,
        });
        let place = self.tabs.len() - 1;
        self.tabs[place].queue.set_page(r#"{"path":"/"}"#);
        self.want(place, 0);
        let standing = self.look(place);
        let text = self.tabs[place].queue.restore(standing, &self.storage, self.now.unsigned_abs());
        self.store(text, false);
    }

    pub(super) fn want(&mut self, place: usize, vendor: usize) {
        let tab = &mut self.tabs[place];
        let vendor = vendor % tab.vendors.len();
        tab.queue.want(vendor);
        tab.wanted[vendor] = true;
    }

    pub(super) fn track(&mut self, place: usize, purpose: usize, count: usize) {
        for _ in 0..count {
            let tab = &mut self.tabs[place];
            if tab.told == 900 {
                return; // The bound has its own test.
            }
            tab.told += 1;
            let name = format!("e{}", self.ledger.events.len());
            let listens = self.ledger.events.len() as u64 % 8;
            let event = Tracked { name: &name, at: self.now.unsigned_abs(), purpose, props: r#"{"a":[1,"ü\n"]}"# };
            let json = tab.queue.track(event, listens);
            let read: serde_json::Value = serde_json::from_str(&json).expect("an event is JSON");
            let listeners: BTreeMap<_, _> = (0..tab.vendors.len())
                .filter(|vendor| listens & 1 << vendor != 0 && tab.wanted[*vendor])
                .map(|vendor| (vendor, Listener { needs: tab.vendors[vendor], got_it: false, refused: false }))
                .collect();
            self.ledger.add(Told {
                name,
                id: read["id"].as_str().unwrap().to_owned(),
                tab: tab.number,
                purpose,
                at: self.now,
                listeners,
                first_allowed: None,
                refused: false,
                blocked: 0,
                sent: false,
                allowed_at_edge: 0,
                blocked_at_edge: 0,
                too_old_at_edge: 0,
                gone: None,
                in_storage: false,
            });
        }
    }

    pub(super) fn act(&mut self, place: usize, purposes: u32) {
        let (needs, tab) = (Permissions::from_bits(purposes), &mut self.tabs[place]);
        let act = if purposes.is_multiple_of(2) { Act::Call } else { Act::Insert };
        tab.queue.act(act, needs, &self.ledger.acts.len().to_string());
        self.ledger.acts.push(Wanted { tab: tab.number, needs, done: false, refused: false });
    }

    /// Says who the visitor is: each time somebody else.
    pub(super) fn identify(&mut self, place: usize) {
        let was_refused = judge(&self.standing(), Permissions::from_bits(0b010)) == Verdict::Never;
        let tab = &mut self.tabs[place];
        self.named += 1;
        let hash = format!("{:064x}", self.named);
        self.ledger.names.retain(|name| name.tab != tab.number);
        self.ledger.names.push(Named {
            tab: tab.number,
            hash: hash.clone(),
            refused: false,
            was_refused,
            refused_at_edge: false,
        });
        let part = |bits, json: String| Part { needs: Permissions::from_bits(bits), json, always: false };
        tab.queue.identify(vec![
            part(0b010, format!(r#""purpose":"analytics","email":"{hash}""#)),
            part(0b110, format!(r#""meta":{{"email":"{hash}"}}"#)),
        ]);
    }

    /// Takes steps, at most so many; what a vendor's script does in between is another action's business.
    pub(super) fn release(&mut self, place: usize, most: usize) {
        for _ in 0..most {
            let standing = self.look(place);
            let tab = &mut self.tabs[place];
            match tab.queue.next(standing) {
                None => return self.ledger.is_drained(tab.number, &standing),
                Some(Step::Load(vendor)) => {
                    assert!(tab.wanted[vendor] && !tab.loaded[vendor], "a vendor that nobody wants, or twice");
                    assert!(judge(&standing, tab.vendors[vendor]) == Verdict::Now, "a vendor that may not load");
                    tab.loaded[vendor] = true;
                }
                Some(Step::Forward(vendor, json)) => {
                    assert!(tab.loaded[vendor], "an event for a vendor that was not loaded");
                    self.ledger.forward(tab.number, vendor, &id_of(&json), &standing);
                }
                Some(Step::Act(_, number)) => self.ledger.act(number.parse().unwrap(), &standing),
                Some(Step::Blocked(json)) => {
                    let event = self.ledger.event(&id_of(&json));
                    assert!(event.refused && event.blocked == 0, "blocked without a refusal, or twice");
                    assert!(
                        !event.sent && event.listeners.values().all(|one| !one.got_it),
                        "blocked, and somebody has it"
                    );
                    event.blocked += 1;
                }
            }
        }
    }

    /// The page's storage gets another text; only what the edge has, or what may go no more, is taken out of it.
    pub(super) fn store(&mut self, text: String, is_acknowledged: bool) {
        let standing = self.standing();
        let ids: Vec<String> = text.lines().map(|line| id_of(line.split('\t').next_back().unwrap())).collect();
        let there: BTreeSet<&String> = ids.iter().collect();
        assert_eq!(there.len(), ids.len(), "stored twice");
        for event in &mut self.ledger.events {
            let is_there = there.contains(&event.id);
            if event.in_storage && !is_there {
                let may = standing.allowed.allows(event.purpose) && self.now < event.at + 7 * DAY;
                let has_arrived = event.allowed_at_edge + event.blocked_at_edge + event.too_old_at_edge > 0;
                assert!(if is_acknowledged { has_arrived } else { !may }, "{} is lost from storage", event.id);
                if self.tabs.iter().all(|tab| tab.number != event.tab) {
                    event.gone = Some("taken out of storage");
                }
            }
            assert!(!is_there || standing.allowed.allows(event.purpose) || is_acknowledged, "stored without leave");
            event.in_storage = is_there;
        }
        self.storage = text;
    }

    /// The tab is hidden: what is outgoing is put into storage too.
    pub(super) fn keep(&mut self, place: usize) {
        let standing = self.look(place);
        let text = self.tabs[place].queue.keep(standing, &self.storage, self.now.unsigned_abs());
        assert!(standing.is_chosen || text.len() <= self.storage.len(), "stored before there is a choice");
        self.store(text, false);
    }

    /// The tab is gone, and with it everything that is not in storage.
    pub(super) fn close(&mut self, place: usize, is_crash: bool) {
        let tab = self.tabs.remove(place);
        self.ledger.names.retain(|name| name.tab != tab.number);
        let standing = self.standing();
        let is_full = self.storage.lines().count() >= 100 || self.storage.len() > 60_000;
        for event in self.ledger.events.iter_mut().filter(|event| event.tab == tab.number && !event.in_storage) {
            let may = standing.allowed.allows(event.purpose) && !event.refused;
            let is_old = self.now >= event.at + 7 * DAY;
            let has_arrived = event.allowed_at_edge + event.blocked_at_edge > 0;
            let excused = is_crash || !may || !standing.is_chosen || is_full || is_old || has_arrived;
            assert!(excused, "{} is lost with its tab", event.id);
            event.gone = Some("closed");
        }
    }
}

pub(super) fn id_of(json: &str) -> String {
    let read: serde_json::Value = serde_json::from_str(json).expect("an event is JSON");
    read["id"].as_str().unwrap().to_owned()
}
