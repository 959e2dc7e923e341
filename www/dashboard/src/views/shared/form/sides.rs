//! The two ways to write a document, forms and JSON: the address says which.

use leptos::prelude::*;

use super::Sheet;
use crate::{api::json, forms::tags::PATHS, live, on, rows::CollectAny};

/// The forms, or the JSON.
pub(crate) fn sides(sheet: Sheet, label: &'static str, forms: fn(Sheet) -> AnyView) -> AnyView {
    let app = sheet.app;
    let is_json = Memo::new(move |_| app.route.with(|route| route.get("as") == "json"));
    let side = move |name: &'static str, words: &'static str| {
        let address = move || app.route.with(|route| route.with("as", name).address());
        let current = move || (is_json.get() == (name == "json")).then_some("true");
        view! { <a class="button quiet small" href=address aria-current=current>{words}</a> }
    };
    let shown = move || if is_json.get() { as_json(sheet, label) } else { in_forms(sheet, forms) };
    view! {
        <nav class="beside" aria-label="How it is written">{side("", "As forms")}{side("json", "As JSON")}</nav>
        {shown}
    }
    .into_any()
}

fn in_forms(sheet: Sheet, forms: fn(Sheet) -> AnyView) -> AnyView {
    let paths = PATHS.iter().map(|(path, words)| view! { <option value=*path>{*words}</option> }).collect_any();
    let unread = move || {
        let is_unread = !sheet.wrong.with(String::is_empty);
        is_unread.then(|| view! { <p class="problem">"What is written as JSON cannot be read yet, and is not in these forms."</p> })
    };
    view! { <datalist id=sheet.id("paths")>{paths}</datalist>{unread}{forms(sheet)} }.into_any()
}

fn as_json(sheet: Sheet, label: &'static str) -> AnyView {
    if sheet.wrong.with_untracked(String::is_empty) {
        sheet.text.set(sheet.document.with_untracked(json::text));
    }
    let typed = move |event| {
        let text = event_target_value(&event);
        match json::parse(&text) {
            Ok(document) => {
                sheet.wrong.set(String::new());
                sheet.document.set(document);
            }
            Err(why) => sheet.wrong.set(why),
        }
        sheet.text.set(text);
    };
    let id = sheet.id("json");
    let says = [&id, "-problem"].concat();
    let is_wrong = move || (!sheet.wrong.with(String::is_empty)).then_some("true");
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <textarea id=id class="code" rows="16" spellcheck="false" aria-describedby=says.clone() aria-invalid=is_wrong
                prop:value=move || sheet.text.get() on:input=on::change(typed)></textarea>
            <p id=says class="problem" role="alert">{live::text(move || sheet.wrong.get())}</p>
        </div>
    }
    .into_any()
}
