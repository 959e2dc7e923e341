//! The form below a list, for another one of it: what kind it is to be, and what it is called.

use leptos::prelude::*;
use nod_pages::dom::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::{
    Listing, Sheet,
    control::option_elements,
    element::{element, none},
    parts::added,
};
use crate::{tree::Tree, views::shared::Chosen};

/// What is to be chosen for another one.
pub(crate) struct Offer {
    /// What the choice is called.
    pub(crate) label: &'static str,
    pub(crate) kinds: Vec<Chosen>,
    /// Whether it needs a name where this kind is chosen.
    pub(crate) is_named: fn(&str) -> bool,
}

/// `make` puts it at the end of the list.
pub(crate) fn add(
    sheet: Sheet,
    listing: Listing,
    offer: Offer,
    make: fn(Sheet, &mut Tree, Listing, &str, &str),
) -> AnyView {
    let Offer { label, kinds, is_named } = offer;
    let id = sheet.id(listing.place);
    let first = kinds.first().map(|kind| kind.value.clone()).unwrap_or_default();
    let chosen = RwSignal::new(first.clone());
    let called = StoredValue::new(String::new());
    let send = Box::new(move |sent: web_sys::Event| {
        sent.prevent_default();
        let (kind, name) = (chosen.get_untracked(), called.get_value());
        called.set_value(String::new());
        if let Some(input) = document().get_element_by_id(&[&*sheet.id(listing.place), "-add"].concat()) {
            input.unchecked_into::<HtmlInputElement>().set_value("");
        }
        sheet.document.update(|document| make(sheet, document, listing, &kind, name.trim()));
        let number = sheet.get(listing.place).items().len().saturating_sub(1);
        let place = [listing.place, "[", &number.to_string(), "]"].concat();
        sheet.open.set(place.clone());
        sheet.app.say(["Another ", listing.parts.one, " is there, below the others."].concat());
        sheet.reshape(listing.place, [&sheet.id(&place), "-open"].concat());
    });
    let labelled = |id: &str, label: &str, control: AnyView| {
        let label = element("label").with("for", id).says(label).view();
        element("div").with("class", "field").has(label).has(control)
    };
    let kind = [&*id, "-kind"].concat();
    let kinds = if kinds.is_empty() {
        none()
    } else {
        let choose = Box::new(move |event| chosen.set(event_target_value(&event)));
        let select = element("select").with("id", &kind).on("change", choose);
        labelled(&kind, label, select.has_all(option_elements(kinds, &first)).view()).view()
    };
    let name = [&*id, "-add"].concat();
    let typed = Box::new(move |event| called.set_value(event_target_value(&event)));
    let input = element("input").with("id", &name).with("autocomplete", "off").on("input", typed).view();
    let label = ["Name of the new ", listing.parts.one].concat();
    let hidden = Box::new(move || (!chosen.with(|kind| is_named(kind))).then(String::new));
    let input = labelled(&name, &label, input).with_read("hidden", hidden).view();
    let button = element("button").with("type", "submit").with("class", "quiet").says(&added(listing.parts.one)).view();
    let form = element("form").with("class", "add").on("submit", send);
    form.has_all(vec![kinds, input, button]).view()
}
