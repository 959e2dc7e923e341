//! The page's `nod(...)`: the only way in which the widget reads or changes a visitor's choice.

use crate::json::Json;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = window, js_name = nod)]
    fn ask(command: &str) -> Promise;
    #[wasm_bindgen(js_namespace = window, js_name = nod)]
    fn set(command: &str, choice: &JsValue, options: &JsValue) -> Promise;
    #[wasm_bindgen(js_namespace = window, js_name = nod)]
    fn on(command: &str, event: &str, listener: &Function);
}

/// The visitor's choice as the page knows it now, or nothing where the page cannot say.
pub(crate) async fn consent() -> Option<Json> {
    JsFuture::from(ask("consent")).await.ok().map(Json)
}

/// Sets the choice: `accept-all`, `reject-all`, or an object of purposes. It counts on this page at once; the answer
/// says whether the edge has stored it.
pub(crate) async fn choose(choice: &JsValue) -> Option<Json> {
    let options = Object::new();
    // Setting a field of a fresh object cannot fail.
    _ = Reflect::set(&options, &"surface".into(), &"preferences".into());
    JsFuture::from(set("consent", choice, &options)).await.ok().map(Json)
}

/// Calls `listener` after every change of the choice, whoever made it.
pub(crate) fn on_consent(listener: &Function) {
    on("on", "consent", listener);
}

/// A function for the page to call, for as long as the page lives.
pub(crate) fn listener(call: impl Fn(JsValue) + 'static) -> Function {
    Closure::<dyn Fn(JsValue)>::new(call).into_js_value().unchecked_into()
}
