//! What happened to whom: the simulation's own account, kept beside the queue and compared with what it does.

use std::collections::BTreeMap;

use crate::{
    events::{Standing, Verdict},
    permissions::Permissions,
};

/// What becomes of something that needs these purposes: the simulation's own reading of the rule.
pub(super) fn judge(standing: &Standing, needs: Permissions) -> Verdict {
    let missing: Vec<usize> = (0..3).filter(|one| needs.allows(*one) && !standing.allowed.allows(*one)).collect();
    if missing.is_empty() {
        Verdict::Now
    } else if standing.is_chosen || missing.iter().any(|one| standing.objected.allows(*one)) {
        Verdict::Never
    } else {
        Verdict::Later
    }
}

/// A vendor that listens for an event.
pub(super) struct Listener {
    pub(super) needs: Permissions,
    pub(super) got_it: bool,
    /// Whether it was refused at any moment since the event happened.
    pub(super) refused: bool,
}

/// One event, from the moment it happened.
pub(super) struct Told {
    pub(super) name: String,
    pub(super) id: String,
    pub(super) tab: usize,
    pub(super) purpose: usize,
    pub(super) at: i64,
    pub(super) listeners: BTreeMap<usize, Listener>,
    /// When, by the number of looks, it was first seen to be allowed.
    pub(super) first_allowed: Option<usize>,
    /// Whether it was refused at any moment, or the grant was gone at one.
    pub(super) refused: bool,
    /// How often the page was told of its refusal.
    pub(super) blocked: usize,
    pub(super) sent: bool,
    /// Whether a request with it reached the edge, and how often it was decided which way.
    pub(super) allowed_at_edge: usize,
    pub(super) blocked_at_edge: usize,
    pub(super) too_old_at_edge: usize,
    /// Why no copy of it is left in the browser, if none is.
    pub(super) gone: Option<&'static str>,
    pub(super) in_storage: bool,
}

/// What a rule wanted done.
pub(super) struct Wanted {
    pub(super) tab: usize,
    pub(super) needs: Permissions,
    pub(super) done: bool,
    pub(super) refused: bool,
}

/// Who the visitor was said to be, in a tab.
pub(super) struct Named {
    pub(super) tab: usize,
    pub(super) hash: String,
    /// Whether it was refused when the queue was asked for something.
    pub(super) refused: bool,
    /// Whether it was refused when it was said, which the queue may not have heard.
    pub(super) was_refused: bool,
    pub(super) refused_at_edge: bool,
}

#[derive(Default)]
pub(super) struct Ledger {
    pub(super) events: Vec<Told>,
    pub(super) acts: Vec<Wanted>,
    /// What counts in each tab: a later word replaces an earlier one.
    pub(super) names: Vec<Named>,
    looks: usize,
    numbers: BTreeMap<String, usize>,
}

impl Ledger {
    pub(super) fn add(&mut self, event: Told) {
        assert!(self.numbers.insert(event.id.clone(), self.events.len()).is_none(), "an id is given twice");
        self.events.push(event);
    }

    /// Before anything is asked of a tab's queue: what the present standing means for what the tab holds.
    pub(super) fn look(&mut self, tab: usize, standing: &Standing) {
        self.looks += 1;
        for event in self.events.iter_mut().filter(|event| event.tab == tab && event.gone.is_none()) {
            let verdict = judge(standing, Permissions::NONE.with(event.purpose));
            match verdict {
                Verdict::Now => drop(event.first_allowed.get_or_insert(self.looks)),
                Verdict::Never => event.refused = true,
                Verdict::Later => event.refused |= event.first_allowed.is_some(),
            }
            for listener in event.listeners.values_mut() {
                let needs = listener.needs.with(event.purpose);
                listener.refused |= judge(standing, needs) == Verdict::Never;
            }
        }
        for act in self.acts.iter_mut().filter(|act| act.tab == tab) {
            act.refused |= judge(standing, act.needs) == Verdict::Never;
        }
        for name in self.names.iter_mut().filter(|name| name.tab == tab) {
            name.refused |= judge(standing, Permissions::from_bits(0b010)) == Verdict::Never;
        }
    }

    /// The edge has refused who the visitor was said to be.
    pub(super) fn unname(&mut self, hash: &str) {
        self.names.iter_mut().filter(|name| name.hash == hash).for_each(|name| name.refused_at_edge = true);
    }

    /// Whether a request may say that the visitor is this one.
    pub(super) fn may_name(&self, hash: &str) -> bool {
        self.names.iter().any(|name| name.hash == hash && !name.refused)
    }

    pub(super) fn number(&self, id: &str) -> usize {
        *self.numbers.get(id).expect("an event that nobody told")
    }

    pub(super) fn event(&mut self, id: &str) -> &mut Told {
        let number = self.number(id);
        &mut self.events[number]
    }

    /// A vendor gets an event.
    pub(super) fn forward(&mut self, tab: usize, vendor: usize, id: &str, standing: &Standing) {
        let number = self.number(id);
        let may =
            |event: &Told, listener: &Listener| judge(standing, listener.needs.with(event.purpose)) == Verdict::Now;
        for event in self.events.iter().take(number).filter(|event| event.tab == tab && event.gone.is_none()) {
            let overtaken = event.listeners.get(&vendor);
            let is_overtaken = |one: &Listener| !one.got_it && !one.refused && may(event, one);
            assert!(!overtaken.is_some_and(is_overtaken), "{} goes to a vendor before {}", id, event.id);
        }
        let event = &self.events[number];
        let listener = event.listeners.get(&vendor).expect("a vendor that does not listen");
        assert!(event.tab == tab && may(event, listener), "a vendor gets what it may not");
        assert!(!listener.got_it, "a vendor gets an event twice");
        self.events[number].listeners.get_mut(&vendor).unwrap().got_it = true;
    }

    pub(super) fn act(&mut self, number: usize, standing: &Standing) {
        let act = &self.acts[number];
        assert!(judge(standing, act.needs) == Verdict::Now, "a rule does what it may not");
        assert!(!act.done, "a rule does it twice");
        let mut earlier = self.acts.iter().take(number).filter(|one| one.tab == act.tab);
        let is_overtaken = |one: &Wanted| !one.done && !one.refused && judge(standing, one.needs) == Verdict::Now;
        assert!(!earlier.any(is_overtaken), "a rule's actions change places");
        self.acts[number].done = true;
    }

    /// There is no further step as things stand: everything that may go in the page has gone.
    pub(super) fn is_drained(&self, tab: usize, standing: &Standing) {
        for event in self.events.iter().filter(|event| event.tab == tab && event.gone.is_none()) {
            let purpose = Permissions::NONE.with(event.purpose);
            if judge(standing, purpose) == Verdict::Never && event.first_allowed.is_none() {
                assert!(event.blocked > 0, "{} was refused and the page was not told", event.id);
            }
            for (vendor, listener) in &event.listeners {
                let is_due = !listener.refused && judge(standing, listener.needs.union(purpose)) == Verdict::Now;
                assert!(listener.got_it || !is_due, "{} is lost for vendor {vendor}", event.id);
            }
        }
        for act in self.acts.iter().filter(|act| act.tab == tab) {
            let is_due = !act.refused && judge(standing, act.needs) == Verdict::Now;
            assert!(act.done || !is_due, "an action is lost");
        }
    }

    /// A request takes events along, in this order.
    pub(super) fn send(&mut self, tab: usize, ids: &[String]) {
        for id in ids {
            let number = self.number(id);
            let event = &self.events[number];
            let (first_allowed, from) = (event.first_allowed, event.tab);
            for earlier in self.events.iter().take(number).filter(|earlier| earlier.tab == tab && from == tab) {
                let is_overtaken = !earlier.sent
                    && !earlier.refused
                    && earlier.first_allowed.is_some_and(|at| Some(at) <= first_allowed);
                assert!(!is_overtaken, "{id} is sent before {}", earlier.id);
            }
            self.events[number].sent = true;
        }
    }
}
