//! Where the page begins.

use crate::{
    centre::{Centre, Frame},
    page::{self, Facts, the_window},
    texts,
};
use leptos::{mount::mount_to, prelude::*};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

/// Fills `place`, which says whose page it is, with these texts. `verify` tells whether a receipt is genuine.
#[wasm_bindgen]
pub fn start(place: HtmlElement, texts: JsValue, verify: js_sys::Function) {
    texts::set(texts);
    page::set_verifier(verify);
    let facts = Facts::of(&place);
    place.set_text_content(None);
    mount_to(place, move || {
        let centre = Centre::new(facts);
        let moved = Closure::<dyn Fn()>::new(move || centre.move_to(page::route())).into_js_value();
        _ = the_window().add_event_listener_with_callback("hashchange", moved.unchecked_ref());
        view! { <Frame centre /> }
    })
    .forget();
}
