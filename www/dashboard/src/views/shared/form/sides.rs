//! The two ways to write a document, forms and JSON: the address says which.

use leptos::prelude::*;

use super::{
    Sheet,
    element::{all, element, line, none},
};
use crate::{api::json, forms::tags::PATHS};

/// The forms, or the JSON.
pub(crate) fn sides(sheet: Sheet, label: &'static str, forms: fn(Sheet) -> AnyView) -> AnyView {
    let app = sheet.app;
    let is_json = Memo::new(move |_| app.route.with(|route| route.get("as") == "json"));
    let side = move |name: &'static str, words: &'static str| {
        let address = Box::new(move || Some(app.route.with(|route| route.with("as", name).address())));
        let current = Box::new(move || (is_json.get() == (name == "json")).then(|| "true".to_owned()));
        let link = element("a").with("class", "button quiet small").with_read("href", address);
        link.with_read("aria-current", current).says(words).view()
    };
    let nav = element("nav").with("class", "beside").with("aria-label", "How it is written");
    let nav = nav.has(side("", "As forms")).has(side("json", "As JSON")).view();
    let shown = Box::new(move || if is_json.get() { as_json(sheet, label) } else { in_forms(sheet, forms) });
    all(vec![nav, element("div").with("class", "sides").shows(shown).view()])
}

fn in_forms(sheet: Sheet, forms: fn(Sheet) -> AnyView) -> AnyView {
    let path = |(path, words): &(&str, &str)| element("option").with("value", path).says(words).view();
    let paths = element("datalist").with("id", &sheet.id("paths")).has_all(PATHS.iter().map(path).collect()).view();
    let unread = if sheet.wrong.with_untracked(String::is_empty) {
        none()
    } else {
        line("problem", "What is written as JSON cannot be read yet, and is not in these forms.")
    };
    all(vec![paths, unread, forms(sheet)])
}

fn as_json(sheet: Sheet, label: &'static str) -> AnyView {
    if sheet.wrong.with_untracked(String::is_empty) {
        sheet.text.set(sheet.document.with_untracked(json::text));
    }
    let typed = Box::new(move |event| {
        let text = event_target_value(&event);
        match json::parse(&text) {
            Ok(document) => {
                sheet.wrong.set(String::new());
                sheet.document.set(document);
            }
            Err(why) => sheet.wrong.set(why),
        }
        sheet.text.set(text);
    });
    let id = sheet.id("json");
    let says = [&id, "-problem"].concat();
    let is_wrong = Box::new(move || (!sheet.wrong.with(String::is_empty)).then(|| "true".to_owned()));
    let label = element("label").with("for", &id).says(label).view();
    let text = element("textarea").with("id", &id).with("class", "code").with("rows", "16").with("spellcheck", "false");
    let text = text.with("aria-describedby", &says).with_read("aria-invalid", is_wrong);
    let text = text.with_value(sheet.text.get_untracked()).on("input", typed).view();
    let wrong = element("p").with("id", &says).with("class", "problem").with("role", "alert");
    let wrong = wrong.reads(Box::new(move || sheet.wrong.get())).view();
    element("div").with("class", "field").has_all(vec![label, text, wrong]).view()
}
