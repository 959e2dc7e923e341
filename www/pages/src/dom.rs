//! The page: its window, its focus, its forms and dialogs.

use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Document, Element, FormData, HtmlDialogElement, HtmlElement, HtmlFormElement, SubmitEvent, Window, window,
};

/// The browser's window. Without one nothing of this runs.
#[expect(clippy::missing_panics_doc, reason = "a page has one")]
pub fn the_window() -> Window {
    window().expect("a page has a window")
}

/// The document.
#[expect(clippy::missing_panics_doc, reason = "a page has one")]
pub fn document() -> Document {
    the_window().document().expect("a page has a document")
}

/// Moves the focus to the first element that `selector` names.
pub fn focus(selector: &str) {
    if let Ok(Some(element)) = document().query_selector(selector) {
        // An element that cannot take the focus leaves it where it is.
        _ = element.unchecked_into::<HtmlElement>().focus();
    }
}

/// Has the focus go back, once a part of the page is drawn anew, to what is called as what has it now: by its id or its label. Where the
/// focus is elsewhere, nothing is done.
pub fn keep_focus() {
    let Some(element) = document().active_element() else { return };
    let called = ["id", "aria-label"].into_iter().find_map(|attribute| {
        let name = element.get_attribute(attribute).filter(|name| !name.is_empty())?;
        let name = name.replace('\\', "\\\\").replace('"', "\\\"");
        Some(["[", attribute, "=\"", &name, "\"]"].concat())
    });
    let Some(selector) = called else { return };
    spawn_local(async move {
        next_turn().await;
        let is_lost = document().active_element().is_none_or(|element| element.local_name() == "body");
        if is_lost {
            focus(&selector);
        }
    });
}

/// Empties the form that was sent.
pub fn reset(sent: &SubmitEvent) {
    if let Some(form) = sent.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok()) {
        form.reset();
    }
}

/// Loads the page anew.
pub fn reload() {
    _ = the_window().location().reload();
}

/// Says in the window what is shown.
pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Shows the page from its beginning.
pub fn scroll_up() {
    the_window().scroll_to_with_x_and_y(0.0, 0.0);
}

/// Waits until the screen's effects have had their turn.
pub async fn next_turn() {
    for _ in 0..2 {
        _ = JsFuture::from(Promise::resolve(&JsValue::UNDEFINED)).await;
    }
}

/// The values of a form that is sent, which the browser itself would otherwise send.
pub fn values(sent: &SubmitEvent) -> Option<FormData> {
    sent.prevent_default();
    let form: HtmlFormElement = sent.target()?.unchecked_into();
    FormData::new_with_form(&form).ok()
}

/// One value of a form, without space around it.
pub fn value(of: &FormData, name: &str) -> String {
    of.get(name).as_string().unwrap_or_default().trim().to_owned()
}

/// Opens or closes the dialog of this id.
pub fn show_dialog(id: &str, open: bool) {
    let Some(dialog) = document().get_element_by_id(id).map(Element::unchecked_into::<HtmlDialogElement>) else {
        return;
    };
    if open {
        // Refused only when it is open already.
        _ = dialog.show_modal();
    } else {
        dialog.close();
    }
}

/// An object of these members.
pub fn object(members: &[(&str, JsValue)]) -> JsValue {
    let object = js_sys::Object::new();
    for (name, value) in members {
        // Setting a member of a fresh object cannot fail.
        _ = js_sys::Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object.into()
}

/// Copies a text, if the browser lets us.
pub async fn copy(text: &str) -> bool {
    let clipboard = the_window().navigator().clipboard();
    // A page that is not served over TLS has none.
    !clipboard.is_undefined() && JsFuture::from(clipboard.write_text(text)).await.is_ok()
}
