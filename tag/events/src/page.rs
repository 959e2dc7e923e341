//! What the engine asks of the page. `tag/page/` answers.

use nod_core::{events::Standing, identity::email::Unicode, permissions::Permissions};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "./reading.mjs")]
extern "C" {
    /// A value's own member of this name.
    pub(crate) fn member(of: &JsValue, name: &str) -> JsValue;
    /// The time, in milliseconds.
    #[wasm_bindgen(js_namespace = plain)]
    pub(crate) fn now() -> f64;
    /// The list of an object's own names, if it is one and no list.
    #[wasm_bindgen(js_namespace = plain)]
    pub(crate) fn names(of: &JsValue) -> JsValue;
    /// A list's length, if it is one.
    pub(crate) fn count(of: &JsValue) -> Option<u32>;
    /// A list's element.
    pub(crate) fn item(of: &JsValue, place: u32) -> JsValue;
    pub(crate) fn json(of: &JsValue) -> String;
    pub(crate) fn parse(json: &str) -> JsValue;
    fn normal(text: &str) -> String;
    fn lower(text: &str) -> String;
    fn domain(name: &str) -> Option<String>;
}

#[wasm_bindgen(raw_module = "./tracking.mjs")]
extern "C" {
    // Of an object, so that the glue calls them by name.
    /// What is allowed now, as bits.
    #[wasm_bindgen(js_namespace = asked)]
    fn allowed() -> u32;
    /// What a signal objects to, as bits.
    #[wasm_bindgen(js_namespace = asked)]
    fn objected() -> u32;
    /// 1: the visitor has chosen; 2: the edge has recorded it.
    #[wasm_bindgen(js_namespace = asked)]
    fn decided() -> u32;
    /// The number of a purpose in the notice; -1 for what is none.
    #[wasm_bindgen(js_namespace = asked)]
    pub(crate) fn index(purpose: &str) -> i32;
    /// The live event that is being tracked: `{name, purpose, props}`.
    #[wasm_bindgen(js_namespace = asked)]
    pub(crate) fn event() -> JsValue;
    /// What rules see when an event is tracked.
    #[wasm_bindgen(js_namespace = asked)]
    pub(crate) fn context() -> JsValue;
    /// Something may be released: the page calls `release` soon.
    #[wasm_bindgen(js_namespace = asked)]
    pub(crate) fn due();
    /// What was released: 0 loads a vendor, 1 gives it an event, 2 inserts an element, 3 calls an address, 4 tells the page
    /// that an event was refused.
    #[wasm_bindgen(js_namespace = asked)]
    pub(crate) fn step(kind: u32, vendor: usize, json: &str);
}

#[wasm_bindgen(raw_module = "./delivery.mjs")]
extern "C" {
    /// The members that every body begins with.
    pub(crate) fn head() -> String;
    pub(crate) fn post(body: &str);
    pub(crate) fn beacon(body: &str);
    /// What is in the page's storage.
    pub(crate) fn kept() -> String;
    pub(crate) fn keep(text: &str);
}

/// What the browser knows about Unicode.
pub(crate) struct Browser;

impl Unicode for Browser {
    fn nfc(&self, text: &str) -> String {
        normal(text)
    }

    fn ascii_domain(&self, name: &str) -> Option<String> {
        domain(name)
    }

    fn lower_case(&self, text: &str) -> String {
        lower(text)
    }
}

/// What counts at this moment.
pub(crate) fn standing(essential: Permissions) -> Standing {
    let decided = decided();
    Standing {
        allowed: Permissions::from_bits(allowed()),
        essential,
        objected: Permissions::from_bits(objected()),
        is_chosen: decided > 0,
        is_recorded: decided > 1,
    }
}
