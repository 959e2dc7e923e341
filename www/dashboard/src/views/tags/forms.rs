//! The forms of a draft: rules, vendors, destinations, and what they share.

use leptos::prelude::*;

use crate::{
    forms::{
        slug,
        tags::{CONSENT_MODE, DESTINATIONS, OTHERS, RULES, VENDORS},
    },
    live, on,
    rows::CollectAny,
    sentence,
    tree::Tree,
    views::shared::{
        Chosen,
        form::{Listing, Offer, Sheet, add, block, field, fields, items},
    },
};

static LISTS: [Listing; 3] = [
    Listing {
        place: "rules",
        parts: &RULES,
        about: "What happens on a page, and what is done then. They are asked in this order.",
        says: |_, rule| named(rule, sentence::rule(rule)),
        more: |_, _| ().into_any(),
        gone: |_, _| {},
    },
    Listing {
        place: "vendors",
        parts: &VENDORS,
        about: "Their scripts are loaded once their purposes are allowed, and not before. Name their cookies in your notice.",
        says: |sheet, vendor| sentence::vendor(vendor, &sheet.templates()),
        more: |_, _| ().into_any(),
        gone: |_, _| {},
    },
    Listing {
        place: "destinations",
        parts: &DESTINATIONS,
        about: "They get events from the edge, without a script in the page. Their secrets are set below, once they are published.",
        says: |_, destination| sentence::destination(destination),
        more: |_, _| ().into_any(),
        gone: |_, _| {},
    },
];

const MODE: &str = "google_consent_mode";

pub(super) fn forms(sheet: Sheet) -> AnyView {
    let [rules, vendors, destinations] = LISTS;
    let offer = |label, kinds| Offer { label, kinds, is_named: |_| true };
    let templates =
        sheet.templates().into_iter().map(|kind| Chosen::new(kind.name.to_string(), kind.label.to_string()));
    let kinds = DESTINATIONS.kinds.iter().map(|kind| Chosen::new(kind.name.to_string(), kind.label.to_string()));
    let lists = [
        (rules, offer("", Vec::new())),
        (vendors, offer("Template", templates.collect())),
        (destinations, offer("Kind", kinds.collect())),
    ];
    let [rules, vendors, destinations] =
        lists.map(|(listing, offer)| items(sheet, listing, add(sheet, listing, offer, another)));
    let others = OTHERS.iter().map(|of| {
        let shown = Box::new(move || field(sheet, "", of));
        block(sheet, of.name.to_string(), of.label.to_string(), shown)
    });
    view! {
        {rules}
        {vendors}
        {destinations}
        {block(sheet, MODE.to_owned(), "Google Consent Mode".to_owned(), Box::new(move || consent_mode(sheet)))}
        {others.collect_any()}
    }
    .into_any()
}

/// The sentence, with the rule's name in front.
fn named(rule: &Tree, sentence: String) -> String {
    let name = rule.at("name").text();
    if name.is_empty() { sentence } else { [name, ": ", &sentence].concat() }
}

/// Puts another one at the end of its list.
fn another(sheet: Sheet, document: &mut Tree, listing: Listing, kind: &str, name: &str) {
    let Listing { place, parts, .. } = listing;
    let id = {
        let taken: Vec<&str> = document.at(place).items().iter().map(|one| one.at("id").text()).collect();
        slug(name, parts.one, &taken)
    };
    let mut made = Tree::object(&[("id", Tree::Text(id))]);
    if place == "rules" && !name.is_empty() {
        made.set("name", name.into());
    }
    let kinds = sheet.kinds(parts);
    let fresh = parts.fresh(&kinds);
    for (name, value) in fresh.members() {
        made.set(name, value.clone());
    }
    if !parts.by.is_empty() {
        parts.choose(&mut made, kind, &kinds);
        made.set("events", Tree::texts(["*"]));
    }
    if let Some(list) = document.list_mut(place) {
        list.push(made);
    }
}

/// The switch, and once it is on, what there is to say.
fn consent_mode(sheet: Sheet) -> AnyView {
    let is_on = Memo::new(move |_| sheet.document.with(|document| !document.at(MODE).is_nothing()));
    let turn = move |event| {
        let value = if event_target_checked(&event) { Tree::Object(Vec::new()) } else { Tree::Nothing };
        sheet.document.update(|document| document.set(MODE, value));
    };
    view! {
        <label class="check">
            <input type="checkbox" checked=is_on.get_untracked() on:change=on::change(turn) />
            <span>"Tell Google's tags what is allowed (Consent Mode v2), also those that are in the pages by other means"</span>
        </label>
        {live::part(move || is_on.get().then(|| fields(sheet, MODE, CONSENT_MODE)))}
    }
    .into_any()
}
