//! What the visitor has in hand while the preferences are open: the switches as they stand, and how the last choice
//! fared.

use crate::{json::Json, page};
use js_sys::{Object, Promise, Reflect};
use leptos::{prelude::*, task::spawn_local};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement};

/// How the last choice fared.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Nothing has been chosen since the preferences were opened.
    None,
    Saving,
    /// The edge has stored it.
    Saved,
    /// The edge could not be reached. The choice counts on this page and is sent later.
    Failed,
}

/// What the preferences show. Bit `i` of a set stands for the notice's purpose `i`.
pub(crate) struct Shown {
    /// The switches, as the visitor has set them.
    pub(crate) switches: u32,
    /// The choice in force.
    in_force: u32,
    pub(crate) outcome: Outcome,
    /// The stored record's id, once there is one.
    pub(crate) record: String,
    /// The visitor's id, once there is one.
    pub(crate) visitor: String,
}

/// The preferences' state and what can be done with it. Cloning gives another handle to the same desk.
#[derive(Clone)]
pub(crate) struct Desk(Rc<Inner>);

struct Inner {
    shown: RwSignal<Shown>,
    purposes: Vec<String>,
    /// The purposes that are always on.
    essential: u32,
    /// Where the dialog lives: for moving the focus.
    container: Element,
    last_choice: RefCell<JsValue>,
    /// Counts the choices, so that only the last one's answer is shown.
    attempts: Cell<u32>,
}

impl Desk {
    /// A desk for the notice's purposes, in their order.
    pub(crate) fn new(container: Element, purposes: &[Json]) -> Self {
        let mut essential = 0;
        for (index, purpose) in purposes.iter().enumerate() {
            if purpose.flag("essential") {
                essential |= bit(index);
            }
        }
        Self(Rc::new(Inner {
            shown: RwSignal::new(Shown {
                switches: 0,
                in_force: 0,
                outcome: Outcome::None,
                record: String::new(),
                visitor: String::new(),
            }),
            purposes: purposes.iter().map(|purpose| purpose.text("id")).collect(),
            essential,
            container,
            last_choice: RefCell::new(JsValue::UNDEFINED),
            attempts: Cell::new(0),
        }))
    }

    pub(crate) fn shown(&self) -> RwSignal<Shown> {
        self.0.shown
    }

    /// Sets every switch to the choice in force and forgets what an earlier opening had left.
    pub(crate) fn start(&self, consent: &Json) {
        let in_force = self.granted(consent);
        self.0.shown.update(|shown| {
            shown.in_force = in_force;
            shown.switches = in_force;
            shown.outcome = Outcome::None;
            shown.visitor = consent.text("visitor");
        });
    }

    /// Follows a change that was made elsewhere: in the banner, by the page, in another tab. Switches that the visitor
    /// has moved but not saved stay, unless the choice itself has changed.
    pub(crate) fn follow(&self, consent: &Json) {
        let in_force = self.granted(consent);
        let stored = consent.flag("stored");
        self.0.shown.update(|shown| {
            shown.visitor = consent.text("visitor");
            if shown.in_force != in_force {
                shown.in_force = in_force;
                shown.switches = in_force;
            }
            if shown.outcome == Outcome::Failed && stored {
                shown.outcome = Outcome::Saved;
                shown.record = consent.text("record");
            }
        });
    }

    pub(crate) fn turn(&self, purpose: &str) {
        let Some(index) = self.0.purposes.iter().position(|id| id == purpose) else { return };
        self.0.shown.update(|shown| {
            shown.switches ^= bit(index);
            if shown.outcome == Outcome::Saved {
                shown.outcome = Outcome::None;
            }
        });
    }

    /// Chooses exactly what the switches say.
    pub(crate) fn save(&self) {
        let switches = self.0.shown.with_untracked(|shown| shown.switches);
        let choice = Object::new();
        for (index, purpose) in self.0.purposes.iter().enumerate() {
            let granted = JsValue::from_bool(switches & bit(index) != 0);
            // Setting a field of a fresh object cannot fail.
            _ = Reflect::set(&choice, &JsValue::from_str(purpose), &granted);
        }
        self.choose(choice.into());
    }

    /// Sends the last choice again.
    pub(crate) fn retry(&self) {
        let choice = self.0.last_choice.borrow().clone();
        self.choose(choice);
    }

    /// Sets a choice: `accept-all`, `reject-all`, or an object of purposes.
    pub(crate) fn choose(&self, choice: JsValue) {
        let attempt = self.0.attempts.get().wrapping_add(1);
        self.0.attempts.set(attempt);
        self.0.last_choice.replace(choice.clone());
        self.0.shown.update(|shown| shown.outcome = Outcome::Saving);
        let desk = self.clone();
        spawn_local(async move {
            let consent = page::choose(&choice).await;
            if desk.0.attempts.get() == attempt {
                desk.settle(consent.as_ref());
                // The control that takes the focus appears with the next turn of the screen's effects.
                _ = JsFuture::from(Promise::resolve(&JsValue::UNDEFINED)).await;
                let failed = desk.0.shown.with_untracked(|shown| shown.outcome == Outcome::Failed);
                focus(&desk.0.container, if failed { ".retry" } else { ".close" });
            }
        });
    }

    /// Shows how a choice fared.
    fn settle(&self, consent: Option<&Json>) {
        let stored = consent.is_some_and(|consent| consent.flag("stored"));
        self.0.shown.update(|shown| {
            if let Some(consent) = consent {
                shown.in_force = self.granted(consent);
                shown.switches = shown.in_force;
                shown.record = consent.text("record");
                shown.visitor = consent.text("visitor");
            }
            shown.outcome = if stored { Outcome::Saved } else { Outcome::Failed };
        });
    }

    fn granted(&self, consent: &Json) -> u32 {
        let granted = consent.at("purposes");
        let mut set = self.0.essential;
        for (index, purpose) in self.0.purposes.iter().enumerate() {
            if granted.flag(purpose) {
                set |= bit(index);
            }
        }
        set
    }
}

pub(crate) fn bit(purpose: usize) -> u32 {
    1 << purpose
}

/// Moves the focus to the first element that `selector` names.
pub(crate) fn focus(container: &Element, selector: &str) {
    if let Ok(Some(element)) = container.query_selector(selector) {
        // An element that cannot take the focus leaves it where it is.
        _ = element.unchecked_into::<HtmlElement>().focus();
    }
}
