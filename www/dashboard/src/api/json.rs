//! Documents: JSON that is shown and edited as text, or in forms.

use js_sys::{Array, JSON, Object};
use nod_pages::dom::the_window;
use wasm_bindgen::{JsCast, JsValue};

use crate::{read::Read, tree::Tree};

/// A document as it is read and edited: its JSON, indented.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Document(pub(crate) String);

impl Read for Document {
    fn read(tree: &Tree, _: &mut bool) -> Self {
        Self(text(tree))
    }
}

impl Document {
    /// As forms edit it.
    pub(crate) fn tree(&self) -> Tree {
        parse(&self.0).unwrap_or_default()
    }
}

/// The JSON of a document, indented.
pub(crate) fn text(document: &Tree) -> String {
    let text = JSON::stringify_with_replacer_and_space(&value(document), &JsValue::NULL, &2.into());
    text.map(String::from).unwrap_or_default()
}

/// An object that is written as JSON in base64url.
pub(crate) fn of_base64url(text: &str) -> Option<Tree> {
    let text = the_window().atob(&text.replace('-', "+").replace('_', "/")).ok()?;
    parse(&text).ok()
}

/// Reads what somebody wrote; what is wrong with it, where it is no JSON.
pub(crate) fn parse(text: &str) -> Result<Tree, String> {
    JSON::parse(text).map(|value| tree(&value)).map_err(|error| {
        let why = js_sys::Error::from(error).message();
        ["This is no JSON: ", &String::from(why), ". Mend it, and try again."].concat()
    })
}

/// A value of JavaScript's.
pub(crate) fn tree(value: &JsValue) -> Tree {
    if let Some(text) = value.as_string() {
        Tree::Text(text)
    } else if let Some(number) = value.as_f64() {
        Tree::Number(number)
    } else if let Some(truth) = value.as_bool() {
        Tree::Truth(truth)
    } else if let Some(list) = value.dyn_ref::<Array>() {
        Tree::List(list.iter().map(|item| tree(&item)).collect())
    } else if let Some(object) = value.dyn_ref::<Object>() {
        let member = |pair: JsValue| {
            let pair: Array = pair.unchecked_into();
            (pair.get(0).as_string().unwrap_or_default(), tree(&pair.get(1)))
        };
        Tree::Object(Object::entries(object).iter().map(member).collect())
    } else {
        Tree::Nothing
    }
}

/// The value for JavaScript.
pub(crate) fn value(tree: &Tree) -> JsValue {
    match tree {
        Tree::Nothing => JsValue::NULL,
        Tree::Truth(truth) => (*truth).into(),
        Tree::Number(number) => (*number).into(),
        Tree::Text(text) => text.into(),
        Tree::List(items) => items.iter().map(value).collect::<Array>().into(),
        Tree::Object(members) => {
            let pairs = members.iter().map(|(name, member)| Array::of2(&name.into(), &value(member)));
            // Pairs of a name and a value always make an object.
            Object::from_entries(&pairs.collect::<Array>()).map_or(JsValue::NULL, Into::into)
        }
    }
}
