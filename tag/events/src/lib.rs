//! Nod's events in the browser: what is told waits here for consent, goes where it may, and makes rules do what they say.
//!
//! A module of its own beside the tag, which keeps and records choices: a page that tells nothing never downloads it. Like
//! the tag it does no I/O: `tag/page/tracking.mjs` calls it when something happened, and does what it asks for (`page`).

mod delivery;
mod events;
mod identifiers;
mod live;
mod page;

use nod_core::permissions::Permissions;
use wasm_bindgen::prelude::*;

/// A smaller allocator than the standard one: what the engine allocates is little and short-lived.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Begins. `texts`: what numbers the events of this page, the site, and the notice's purposes in its order; `lost` events
/// found no room before.
#[wasm_bindgen]
pub fn start(texts: JsValue, essential: u32, lost: u32) {
    events::start(&live::Live(texts), Permissions::from_bits(essential));
    events::events().queue.lose(lost);
    delivery::restore();
}

/// The published tag configuration has come.
#[wasm_bindgen]
pub fn configure(document: JsValue) {
    events::configure(&live::Live(document));
}

/// Where the page's events happen from now on: a JSON object.
#[wasm_bindgen]
pub fn moved(place: &str) {
    events::events().queue.set_page(place);
}

/// An event: its name, so many letters long, and its properties' JSON, in one text. Says whether it is one.
#[wasm_bindgen]
pub fn track(text: &str, name: usize, purpose: i32, at: f64) -> bool {
    text.split_at_checked(name).is_some_and(|(name, props)| events::track(name, props, purpose, at))
}

/// A trigger of the rules fired: the one at this place of the document.
#[wasm_bindgen]
pub fn fire(trigger: usize, context: JsValue, at: f64) {
    events::fire(trigger, context, at);
}

/// Lets so many steps be taken by what waits; says whether there may be more.
#[wasm_bindgen]
pub fn release(most: u32) -> bool {
    let is_more = events::release(most);
    if !is_more {
        delivery::post();
    }
    is_more
}

/// How the request under way ended, and for how many seconds the edge asks to be left alone; `status` 0 where it could not
/// be reached. Gives the milliseconds until [`resume`].
#[wasm_bindgen]
pub fn delivered(status: u16, asked: u32) -> u32 {
    delivery::delivered(status, asked)
}

/// The next request may go.
#[wasm_bindgen]
pub fn resume() {
    delivery::resume();
}

/// The page may be ending.
#[wasm_bindgen]
pub fn closing() {
    delivery::closing();
}

/// Something was chosen, here or elsewhere: what is kept in storage is looked at again.
#[wasm_bindgen]
pub fn chosen() {
    delivery::restore();
}

/// The hash of an identifier in hex; `kind` and `form` are numbers of `tag/page/tracking.mjs`. Nothing for what identifies
/// nobody.
#[wasm_bindgen]
pub fn hash(written: &str, kind: usize, form: u32) -> JsValue {
    identifiers::hash(written, kind, form).map_or(JsValue::UNDEFINED, |hex| JsValue::from_str(&hex))
}

/// Who the visitor is, in parts from 0 on: members of the identity as JSON without its braces, or nothing, with the purposes
/// that they need.
#[wasm_bindgen]
pub fn identify(place: u32, needs: u32, json: &str) {
    identifiers::identify(place, needs, json);
}
