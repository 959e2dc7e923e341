//! Brings a choice to the edge, and asks the edge for the one it holds.
//!
//! A choice counts from the moment it is made; recording it may fail and is tried again: by the visitor, when the browser
//! is online again, and on the next page. The same choice sent twice is one record there, because it carries its own time.
//! One delivery at a time: a choice that is made while another is under way is sent after it, so the edge gets them in
//! order.

use std::cell::RefCell;

use js_sys::{Function, JSON, Object, Reflect};
use nod_core::permissions::Permissions;
use wasm_bindgen::prelude::*;

use crate::{
    clearing, gesture,
    object::{field, purposes, put},
    page::{self, Choice, Page},
};

struct Delivery {
    /// The choice that is under way.
    sent: Option<Choice>,
    /// Who waits to hear what became of it.
    waiting: Vec<Function>,
}

thread_local! {
    static DELIVERY: RefCell<Delivery> = const { RefCell::new(Delivery { sent: None, waiting: Vec::new() }) };
}

/// Sends the present choice if it waits to be recorded; `answer` is called with the state once that is settled.
pub(crate) fn deliver(answer: Option<Function>) {
    let is_under_way = DELIVERY.with_borrow_mut(|delivery| {
        delivery.waiting.extend(answer);
        delivery.sent.is_some()
    });
    if !is_under_way {
        send(&page::get());
    }
}

fn send(page: &Page) {
    let Some(choice) = page.choice().filter(Choice::pending) else {
        let waiting = DELIVERY.with_borrow_mut(|delivery| std::mem::take(&mut delivery.waiting));
        return tell(&waiting);
    };
    let body = body(page, &choice);
    DELIVERY.with_borrow_mut(|delivery| delivery.sent = Some(choice));
    page.send(&body);
}

fn tell(waiting: &[Function]) {
    for answer in waiting {
        let _ = answer.call1(&JsValue::NULL, &page::get().state());
    }
}

/// The body of a choice.
fn body(page: &Page, choice: &Choice) -> String {
    let config = page.config();
    let letter = |name| field(choice, name).as_string().unwrap_or_default();
    let body = Object::new();
    for name in ["site", "notice", "locale"] {
        put(&body, name, &field(&config, name));
    }
    for name in ["visitor", "at"] {
        put(&body, name, &field(choice, name));
    }
    put(&body, "action", &gesture::action_name(&letter("action")).into());
    put(&body, "purposes", &purposes(choice.permissions()));
    put(&body, "surface", &gesture::surface_name(&letter("surface")).into());
    JSON::stringify(&body).map(String::from).unwrap_or_default()
}

/// The edge's answer to the choice that is under way.
pub(crate) fn answered(status: u16, body: &JsValue) {
    let page = page::get();
    let Some(sent) = DELIVERY.with_borrow_mut(|delivery| delivery.sent.take()) else { return };
    if !page.choice().is_some_and(|present| Object::is(&present, &sent)) {
        return send(&page); // the visitor has chosen again meanwhile
    }
    match status {
        201 => {
            put(&sent, "record", &field(&field(body, "record"), "id"));
            put(&sent, "receipt", &field(body, "receipt"));
            sent.set_pending(false);
            page.adopt(Some(&sent));
            if page.is_saving() {
                page.show(Some("saved"));
            }
        }
        // What was read is no longer the notice: the next page shows the new one and asks again.
        409 if field(body, "current").is_string() => {
            page.adopt(None);
            page.show(None);
        }
        _ => {
            if let Some(reason) = field(body, "detail").as_string() {
                page::warn(&["nod: ", &reason].concat());
            }
            page.failed();
        }
    }
    let waiting = DELIVERY.with_borrow_mut(|delivery| std::mem::take(&mut delivery.waiting));
    page.emit("consent");
    tell(&waiting);
}

/// Asks the edge for the visitor's newest record.
pub(crate) fn refresh() {
    let page = page::get();
    if let Some(choice) = page.choice().filter(|choice| !choice.pending()) {
        page.refresh(&field(&choice, "visitor"));
    }
}

/// Follows the edge's record where it says otherwise than this browser.
pub(crate) fn refreshed(status: u16, body: &JsValue) {
    let page = page::get();
    let config = page.config();
    let record = field(body, "consent");
    let Some(choice) = page.choice().filter(|choice| !choice.pending()) else { return };
    if status != 200 || record.is_falsy() || field(&record, "notice") != field(&config, "notice") {
        return;
    }
    let granted = field(&record, "purposes");
    let ids = config.purposes();
    let permissions: Permissions = (0..ids.length())
        .filter(|index| Reflect::get(&granted, &ids.get(*index)).is_ok_and(|granted| granted.is_truthy()))
        .map(|index| index as usize)
        .collect();
    put(&choice, "record", &field(&record, "id"));
    if permissions != choice.permissions() {
        choice.set_bits(permissions.bits());
        choice.set_action(gesture::action_letter(&field(&record, "action").as_string().unwrap_or_default()));
        page.adopt(Some(&choice));
        clearing::run();
    }
    page.emit("consent");
}
