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
mod gesture;
mod object;
mod page;
mod record;

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;

use page::Page;

/// A smaller allocator than the standard one: what the engine allocates is little and short-lived.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Takes the page over, and clears what refused purposes left behind.
#[wasm_bindgen]
pub fn start(page: Page) {
    page::set(page);
    clearing::run();
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
