//! Nod's browser engine.
//!
//! `nod.js` (the stub, `tag/page/`) closes the gate, paints the banner and keeps a choice the moment it is made. This
//! engine arrives after it and decides the rest: what a call of `nod(…)` means, when a choice is sent to the edge and sent
//! again, what has to be cleared, what the page is told. It does no I/O: `tag/page/engine.mjs` calls it when something
//! happened, and does what it asks for. Nor does it ever open anything: what is open follows from the choice, in one place,
//! the stub's gate.
//!
//! The engine and the preferences (the widget) are separate modules that meet only through the page's `nod`.

mod api;
mod clearing;
mod delivery;
mod events;
mod gesture;
mod identifiers;
mod live;
mod object;
mod page;
mod record;

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;

use page::Page;

/// A smaller allocator than the standard one: what the engine allocates is little and short-lived.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Takes the page over, and clears what refused purposes left behind. `source` numbers the events of this page.
#[wasm_bindgen]
pub fn start(page: Page, source: &str) {
    events::start(&page, source);
    page::set(page);
    clearing::run();
    delivery::restore();
}

/// The published tag configuration has come.
#[wasm_bindgen]
pub fn configured(document: JsValue) {
    events::configure(&live::Live(document));
}

/// Where the page's events happen from now on: a JSON object.
#[wasm_bindgen]
pub fn moved(place: &str) {
    events::with(|events| events.queue.set_page(place));
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
    events::release(most)
}

/// How the request with events ended, and what the edge asks; gives the milliseconds until [`resume`].
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
pub fn decided() {
    delivery::restore();
}

/// The hash of an identifier in hex; `form` is empty, `google` or `meta`. Nothing for what identifies nobody.
#[wasm_bindgen]
pub fn hash(kind: &str, written: &str, form: &str) -> Option<String> {
    identifiers::hash(kind, written, form)
}

/// Who the visitor is: members of the identity as JSON without its braces, or nothing, with the purposes that each needs.
#[wasm_bindgen]
pub fn identify(needs: u32, own: String, google_needs: u32, google: String, meta_needs: u32, meta: String) {
    identifiers::identify([(needs, own), (google_needs, google), (meta_needs, meta)]);
}

/// One call of `nod(…)`; `answer` is called once with what it gives.
#[wasm_bindgen]
pub fn call(words: &Array, answer: Function) {
    api::call(words, answer);
}

/// The visitor chose, by the stub's own controls; or a choice still waits to be recorded.
#[wasm_bindgen]
pub fn chosen() {
    clearing::run();
    record::deliver(None);
}

/// The preferences were opened: asks the edge for what it holds, which another page may have changed.
#[wasm_bindgen]
pub fn opened() {
    record::refresh();
}

/// The edge's answer to the choice that was sent; `status` 0 where it could not be reached.
#[wasm_bindgen]
pub fn answered(status: u16, body: &JsValue) {
    record::answered(status, body);
}

/// The edge's answer to the question for the visitor's newest record.
#[wasm_bindgen]
pub fn refreshed(status: u16, body: &JsValue) {
    record::refreshed(status, body);
}
