//! Reading JSON that the browser has already parsed: by name, without a second parser in the wasm.
//!
//! What is missing or of another type reads as empty, false or no entries: a notice comes from the site's own edge, and
//! a gap in it should leave a gap on the screen and nothing worse.

use js_sys::{Array, Reflect};
use wasm_bindgen::JsValue;

/// A value of a parsed JSON document.
#[derive(Clone)]
pub(crate) struct Json(pub(crate) JsValue);

impl Json {
    pub(crate) fn at(&self, key: &str) -> Json {
        Json(Reflect::get(&self.0, &JsValue::from_str(key)).unwrap_or(JsValue::UNDEFINED))
    }

    pub(crate) fn text(&self, key: &str) -> String {
        self.at(key).0.as_string().unwrap_or_default()
    }

    pub(crate) fn flag(&self, key: &str) -> bool {
        self.at(key).0.is_truthy()
    }

    /// The entries of the list under `key`.
    pub(crate) fn list(&self, key: &str) -> Vec<Json> {
        let list = self.at(key).0;
        if Array::is_array(&list) { Array::from(&list).iter().map(Json).collect() } else { Vec::new() }
    }
}
