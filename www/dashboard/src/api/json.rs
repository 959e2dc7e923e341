//! Documents: JSON that is shown and edited as text.

use js_sys::{JSON, Reflect};
use nod_pages::dom::object;
use serde::{Deserialize, Deserializer, de::Error};
use wasm_bindgen::JsValue;

/// A document as it is read and edited: its JSON, indented.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Document(pub(crate) String);

impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value: JsValue = serde_wasm_bindgen::preserve::deserialize(deserializer)?;
        let text = JSON::stringify_with_replacer_and_space(&value, &JsValue::NULL, &2.into());
        text.map(|text| Self(text.into())).map_err(|_| D::Error::custom("no JSON"))
    }
}

/// Only these members of a document.
pub(crate) fn only(document: &Document, members: &[&str]) -> String {
    let Ok(whole) = JSON::parse(&document.0) else { return String::new() };
    let some: Vec<(&str, JsValue)> = members
        .iter()
        .filter_map(|name| {
            Some((*name, Reflect::get(&whole, &(*name).into()).ok()?)).filter(|(_, it)| !it.is_undefined())
        })
        .collect();
    let text = JSON::stringify_with_replacer_and_space(&object(&some), &JsValue::NULL, &2.into());
    text.map(String::from).unwrap_or_default()
}

/// Reads what somebody wrote; what is wrong with it, where it is no JSON.
pub(crate) fn parse(text: &str) -> Result<JsValue, String> {
    JSON::parse(text).map_err(|error| {
        let why = js_sys::Error::from(error).message();
        ["This is no JSON: ", &String::from(why), ". Mend it, and try again."].concat()
    })
}
