//! JavaScript's own values, as the rules read them.

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
        Self(page::member(&self.0, name))
    }

    fn count(&self) -> Option<usize> {
        page::count(&self.0).map(|count| count as usize)
    }

    fn item(&self, place: usize) -> Self {
        Self(u32::try_from(place).map_or(JsValue::UNDEFINED, |place| page::item(&self.0, place)))
    }

    fn names(&self) -> Option<Vec<String>> {
        let names = Self(page::names(&self.0));
        (!names.is_nothing()).then(|| names.texts())
    }

    fn json(&self) -> String {
        page::json(&self.0)
    }

    fn parse(json: &str) -> Self {
        Self(page::parse(json))
    }
}
