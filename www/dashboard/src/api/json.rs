//! Documents: JSON that is shown and edited as text.

use js_sys::{Array, JSON, Object, Reflect};
use nod_pages::dom::{object, the_window};
use serde::{Deserialize, Deserializer, de::Error};
use wasm_bindgen::{JsCast, JsValue};

use crate::words::readable;

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

/// The members of a document with their values as people read them, in the order of their names.
pub(crate) fn facts(document: &Document) -> Vec<(String, String)> {
    JSON::parse(&document.0).map_or_else(|_| Vec::new(), |value| members(&value))
}

fn members(value: &JsValue) -> Vec<(String, String)> {
    let Some(object) = value.dyn_ref::<Object>() else { return Vec::new() };
    let entries = Object::entries(object).into_iter().map(|entry| entry.unchecked_into::<Array>());
    entries.map(|entry| (entry.get(0).as_string().unwrap_or_default(), said(&entry.get(1)))).collect()
}

fn said(value: &JsValue) -> String {
    if let Some(is) = value.as_bool() {
        return if is { "yes" } else { "no" }.to_owned();
    }
    if let Some(list) = value.dyn_ref::<Array>() {
        return list.iter().map(|item| said(&item)).collect::<Vec<_>>().join(", ");
    }
    if value.is_object() {
        let pairs = members(value).into_iter().map(|(name, value)| [readable(&name), value].join(": "));
        return pairs.collect::<Vec<_>>().join("; ");
    }
    let plain = value.as_string().or_else(|| value.as_f64().map(|number| number.to_string()));
    plain.unwrap_or_default()
}

/// A text of an object that is written as JSON in base64url.
pub(crate) fn member_of_base64url(text: &str, name: &str) -> Option<String> {
    let text = the_window().atob(&text.replace('-', "+").replace('_', "/")).ok()?;
    Reflect::get(&JSON::parse(&text).ok()?, &name.into()).ok()?.as_string()
}

/// Reads what somebody wrote; what is wrong with it, where it is no JSON.
pub(crate) fn parse(text: &str) -> Result<JsValue, String> {
    JSON::parse(text).map_err(|error| {
        let why = js_sys::Error::from(error).message();
        ["This is no JSON: ", &String::from(why), ". Mend it, and try again."].concat()
    })
}
