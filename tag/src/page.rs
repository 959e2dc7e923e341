//! The engine's view of the page: what the stub and the entry (`tag/page/`) hand over.

use std::cell::OnceCell;

use js_sys::{Array, Object};
use nod_core::permissions::Permissions;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The object `page` of `tag/page/nod.js`, with what `tag/page/engine.mjs` adds to it.
    pub type Page;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn config(this: &Page) -> Config;
    #[wasm_bindgen(method)]
    fn allowed(this: &Page) -> u32;
    #[wasm_bindgen(method)]
    pub(crate) fn choice(this: &Page) -> Option<Choice>;
    #[wasm_bindgen(method)]
    pub(crate) fn choose(this: &Page, bits: u32, action: &str, surface: &str);
    #[wasm_bindgen(method)]
    pub(crate) fn adopt(this: &Page, choice: Option<&Choice>);
    #[wasm_bindgen(method)]
    pub(crate) fn show(this: &Page, state: Option<&str>);
    #[wasm_bindgen(method, js_name = isSaving)]
    pub(crate) fn is_saving(this: &Page) -> bool;
    #[wasm_bindgen(method)]
    pub(crate) fn failed(this: &Page);
    #[wasm_bindgen(method)]
    pub(crate) fn open(this: &Page);
    #[wasm_bindgen(method)]
    pub(crate) fn send(this: &Page, body: &str);
    #[wasm_bindgen(method)]
    pub(crate) fn refresh(this: &Page, visitor: &JsValue);
    #[wasm_bindgen(method)]
    pub(crate) fn state(this: &Page) -> JsValue;
    #[wasm_bindgen(method)]
    pub(crate) fn emit(this: &Page, name: &str);
    #[wasm_bindgen(method)]
    pub(crate) fn names(this: &Page) -> Array;
    #[wasm_bindgen(method)]
    pub(crate) fn clear(this: &Page, name: &str, domain: Option<&str>);
    #[wasm_bindgen(method)]
    pub(crate) fn host(this: &Page) -> String;

    /// The visit's configuration, `core/src/visit.rs`.
    #[wasm_bindgen(extends = Object)]
    pub(crate) type Config;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn purposes(this: &Config) -> Array;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn essential(this: &Config) -> u32;

    /// A choice as `tag/page/choice.js` reads it.
    #[wasm_bindgen(extends = Object)]
    pub(crate) type Choice;
    #[wasm_bindgen(method, getter)]
    fn bits(this: &Choice) -> u32;
    #[wasm_bindgen(method, setter)]
    pub(crate) fn set_bits(this: &Choice, bits: u32);
    #[wasm_bindgen(method, setter)]
    pub(crate) fn set_action(this: &Choice, action: &str);
    #[wasm_bindgen(method, getter)]
    pub(crate) fn pending(this: &Choice) -> bool;
    #[wasm_bindgen(method, setter)]
    pub(crate) fn set_pending(this: &Choice, pending: bool);

    #[wasm_bindgen(js_namespace = console)]
    pub(crate) fn warn(message: &str);
}

impl Page {
    /// What is allowed now.
    pub(crate) fn permissions(&self) -> Permissions {
        Permissions::from_bits(self.allowed())
    }
}

impl Config {
    /// How many purposes there are. JavaScript's array lengths fit.
    pub(crate) fn count(&self) -> usize {
        self.purposes().length() as usize
    }
}

impl Choice {
    /// What was allowed.
    pub(crate) fn permissions(&self) -> Permissions {
        Permissions::from_bits(self.bits())
    }
}

thread_local! {
    static PAGE: OnceCell<Page> = const { OnceCell::new() };
}

/// Remembers the page; only the first one counts.
pub(crate) fn set(page: Page) {
    PAGE.with(|cell| drop(cell.set(page)));
}

/// The page. Everything is called by the page itself after [`set`].
pub(crate) fn get() -> Page {
    PAGE.with(|cell| cell.get().map(|page| JsValue::from(page).unchecked_into())).unwrap_throw()
}
