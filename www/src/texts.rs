//! The sentences of the page's language. The page has one language for as long as it lives; another one is another page.

use js_sys::Reflect;
use std::cell::RefCell;
use wasm_bindgen::JsValue;

thread_local! {
    static TEXTS: RefCell<JsValue> = const { RefCell::new(JsValue::UNDEFINED) };
}

/// The texts that [`t`] gives from now on.
pub(crate) fn set(texts: JsValue) {
    TEXTS.replace(texts);
}

/// The text of this name, if there is one.
pub(crate) fn find(key: &str) -> Option<String> {
    TEXTS.with_borrow(|texts| Reflect::get(texts, &JsValue::from_str(key)).ok()?.as_string())
}

/// The text of this name. `tests/texts.rs` sees to it that every one is there in every language.
pub(crate) fn t(key: &str) -> String {
    find(key).unwrap_or_default()
}

/// The text of this name with its `{places}` filled.
pub(crate) fn fill(key: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(t(key), |text, (name, value)| text.replace(&["{", name, "}"].concat(), value))
}

/// The text of one of several things that the API names: `kind_` and `OPT_OUT_OF_SALE`. What has no text is shown by its
/// name, made readable.
pub(crate) fn named(prefix: &str, name: &str) -> String {
    let name = name.to_ascii_lowercase().replace([' ', '-'], "_");
    find(&[prefix, &name].concat()).unwrap_or_else(|| name.replace('_', " "))
}
