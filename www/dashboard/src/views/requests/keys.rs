//! The keys of the queue: the next row, the previous one, and choosing the one that has the focus.

use nod_pages::dom::document;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

const LINKS: &str = "main tbody th a";

/// A key was pressed somewhere on the page of the queue.
pub(super) fn pressed(event: &KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let step = match event.key().as_str() {
        "j" => 1,
        "k" => -1,
        "x" => return choose(),
        _ => return,
    };
    step_by(step);
}

/// Presses the box of the row that has the focus.
fn choose() {
    let row = document().active_element().and_then(|focused| focused.closest("tbody tr").ok().flatten());
    let found = row.and_then(|row| row.query_selector("input[type=checkbox]").ok().flatten());
    if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        found.click();
    }
}

/// Moves the focus among the rows. Where no row has it, the first one takes it.
fn step_by(step: i64) {
    let page = document();
    let Ok(links) = page.query_selector_all(LINKS) else { return };
    let now = page.active_element();
    let place = (0..links.length()).position(|number| {
        links.item(number).and_then(|link| link.dyn_into().ok()).is_some_and(|link| Some(link) == now)
    });
    let last = i64::from(links.length()).saturating_sub(1);
    let place = place.and_then(|place| i64::try_from(place).ok());
    let next = place.map_or(0, |place| place.saturating_add(step)).clamp(0, last.max(0));
    let next = u32::try_from(next).ok().and_then(|next| links.item(next));
    if let Some(link) = next.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
        // A link of a row that has gone meanwhile takes no focus, and nothing is lost.
        _ = link.focus();
    }
}
