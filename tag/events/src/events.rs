//! Events on their way: what is tracked, what rules make of it, and who gets it when.
//!
//! The order of all that waits, and what may go under which choice, is `core::events::Queue`. Here it is fed, asked for its
//! next step, and each step is handed to the page. Nothing is borrowed while the page is called: a vendor's script may track
//! an event in the middle of getting one.

use std::{
    cell::{Cell, RefCell, RefMut},
    rc::Rc,
};

use nod_core::{
    events::{Act, Queue, Standing, Step, Tracked, fit},
    permissions::Permissions,
    tags::{Effect, Node as _, Rules, pattern},
};
use wasm_bindgen::prelude::*;

use crate::{delivery, live::Live, page};

/// A purpose that no notice has, and so is never allowed.
const UNKNOWN: Permissions = Permissions::from_bits(1 << 31);

pub(crate) struct Events {
    pub(crate) queue: Queue,
    pub(crate) site: String,
    pub(crate) essential: Permissions,
    /// The names of events that each vendor listens for.
    listeners: Vec<Vec<String>>,
    /// A request is under way, or the pause after one that failed.
    pub(crate) is_busy: bool,
}

thread_local! {
    static EVENTS: Cell<Option<&'static RefCell<Events>>> = const { Cell::new(None) };
    static RULES: Cell<Option<Box<Rules<Live>>>> = const { Cell::new(None) };
}

/// What is on its way. `start` is the page's first call.
///
/// It lives as long as the page, so nobody need take it down.
pub(crate) fn events() -> RefMut<'static, Events> {
    EVENTS.get().expect("the page starts first").borrow_mut()
}

/// Begins; `texts`: what numbers this page's events, the site, and the notice's purposes, in its order.
pub(crate) fn start(texts: &Live, essential: Permissions) {
    let mut purposes = texts.texts();
    let source = purposes.remove(0);
    let site = purposes.remove(0);
    let events =
        Events { queue: Queue::new(&source, purposes), site, essential, listeners: Vec::new(), is_busy: false };
    EVENTS.set(Some(Box::leak(Box::new(RefCell::new(events)))));
}

/// The published document has come.
pub(crate) fn configure(document: &Live) {
    RULES.set(Some(Box::new(Rules::new(document))));
    let vendors = document.member("vendors");
    for place in 0..vendors.count().unwrap_or(0) {
        let vendor = vendors.item(place);
        let needs = needs(&vendor.member("purposes").texts());
        let listens = vendor.member("events").texts();
        let waits = vendor.member("waits").truth() == Some(true);
        let mut events = events();
        let number = events.queue.add_vendor(needs);
        events.listeners.push(listens);
        if !waits {
            events.queue.want(number);
        }
    }
}

/// What needs all of these purposes.
fn needs(purposes: &[String]) -> Permissions {
    purposes.iter().fold(Permissions::NONE, |needs, id| needs.union(bit(page::index(id))))
}

fn bit(purpose: i32) -> Permissions {
    usize::try_from(purpose).map_or(UNKNOWN, |index| Permissions::NONE.with(index))
}

/// An event; `props` is JSON, `purpose` its number. Says whether it is one.
pub(crate) fn track(name: &str, props: &str, purpose: i32, at: f64) -> bool {
    if !add(name, props, purpose, at) {
        return false;
    }
    if let Some(mut rules) = RULES.take() {
        let effects = if rules.await_event(name) {
            rules.tracked(&Live(page::event()), &Live(page::context()))
        } else {
            Vec::new()
        };
        RULES.set(Some(rules));
        carry_out(effects, at);
    }
    page::due();
    true
}

/// A trigger of the rules fired.
pub(crate) fn fire(trigger: usize, context: JsValue, at: f64) {
    if let Some(mut rules) = RULES.take() {
        let effects = rules.fire(trigger, &Live(context));
        RULES.set(Some(rules));
        carry_out(effects, at);
        page::due();
    }
}

fn add(name: &str, props: &str, purpose: i32, at: f64) -> bool {
    let Ok(number) = usize::try_from(purpose) else { return false };
    let fits = fit::is_name(name) && fit::are_props(props);
    if fits {
        let mut events = events();
        let mut vendors = 0;
        for names in events.listeners.iter().rev() {
            vendors = vendors << 1 | u64::from(names.iter().any(|wanted| pattern::matches(wanted, name)));
        }
        events.queue.track(Tracked { name, at: delivery::millis(at), purpose: number, props }, vendors);
    }
    fits
}

fn carry_out(effects: Vec<Effect>, at: f64) {
    for effect in effects {
        match effect {
            Effect::Track { name, purpose, props } => {
                add(&name, &props, page::index(&purpose), at);
            }
            Effect::Load(vendor) => events().queue.want(vendor),
            Effect::Insert { purposes, json } => act(Act::Insert, &purposes, &json),
            Effect::Call { purposes, json } => act(Act::Call, &purposes, &json),
        }
    }
}

fn act(act: Act, purposes: &[String], json: &str) {
    let needs = needs(purposes);
    events().queue.act(act, needs, json);
}

/// What counts at this moment.
pub(crate) fn standing() -> Standing {
    let essential = events().essential;
    page::standing(essential)
}

/// Takes so many steps; says whether there may be more.
pub(crate) fn release(most: u32) -> bool {
    for _ in 0..most {
        let standing = standing();
        let step = events().queue.next(standing);
        let (kind, vendor, json) = match step {
            Some(Step::Load(vendor)) => (0, vendor, Rc::default()),
            Some(Step::Forward(vendor, json)) => (1, vendor, json),
            Some(Step::Act(Act::Insert, json)) => (2, 0, json),
            Some(Step::Act(Act::Call, json)) => (3, 0, json),
            Some(Step::Blocked(json)) => (4, 0, json),
            None => return false,
        };
        page::step(kind, vendor, &json);
    }
    true
}
