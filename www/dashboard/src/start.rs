//! Where the page begins.

use leptos::{mount::mount_to, prelude::*};
use nod_pages::dom::the_window;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use crate::app::{App, Frame};

/// Fills `place`.
#[wasm_bindgen]
pub fn start(place: HtmlElement) {
    place.set_text_content(None);
    mount_to(place, move || {
        let app = App::new();
        let moved = Closure::<dyn Fn()>::new(move || app.follow()).into_js_value();
        _ = the_window().add_event_listener_with_callback("popstate", moved.unchecked_ref());
        view! { <Frame app /> }
    })
    .forget();
}
