//! JavaScript's own values, as the rules read them.
//!
//! What is asked of a value is answered by `tag/page/reading.mjs`, which lets nothing through that a page's object throws.

use js_sys::{Array, Object};
use nod_core::tags::Node;
use wasm_bindgen::prelude::*;

use crate::page;

/// A value of the page.
#[derive(Clone)]
pub(crate) struct Live(pub(crate) JsValue);

impl Node for Live {
    fn text(&self) -> Option<String> {
        self.0.as_string()
    }

    fn number(&self) -> Option<f64> {
        self.0.as_f64()
    }

    fn truth(&self) -> Option<bool> {
        self.0.as_bool()
    }

    fn is_nothing(&self) -> bool {
        self.0.is_undefined() || self.0.is_null()
    }

    fn member(&self, name: &str) -> Self {
        Self(page::get().member(&self.0, name))
    }

    fn items(&self) -> Option<Vec<Self>> {
        let list = self.0.dyn_ref::<Array>()?;
        Some((0..list.length()).map(|index| Self(list.get(index))).collect())
    }

    fn names(&self) -> Option<Vec<String>> {
        if self.0.is_instance_of::<Array>() {
            return None;
        }
        let names = Object::keys(self.0.dyn_ref::<Object>()?);
        Some((0..names.length()).filter_map(|index| names.get(index).as_string()).collect())
    }

    fn json(&self) -> String {
        page::get().json(&self.0)
    }

    fn parse(json: &str) -> Self {
        Self(page::get().parse(json))
    }
}
