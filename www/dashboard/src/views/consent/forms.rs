//! The forms of a notice: purposes with their words, vendors, and the texts of the interface.

use leptos::prelude::*;

use crate::{
    forms::{
        Field, Is,
        notice::{PURPOSES, STANDARD, VENDORS, WORDS, purpose, vendor},
        slug,
    },
    notice::{language, purpose_says, renamed, vendor_says},
    rows::CollectAny,
    tree::Tree,
    views::shared::{
        Chosen,
        form::{Listing, Offer, Sheet, add, block, fields, items},
    },
    words::readable,
};

static LISTS: [Listing; 2] = [
    Listing {
        place: "purposes",
        parts: &PURPOSES,
        about: "What data is used for, in the order in which visitors see it. The first one is needed for the site to work.",
        says: |sheet, purpose| {
            sheet
                .document
                .with(|document| sheet.known(|known| purpose_says(document, purpose, &known.languages, &known.locale)))
        },
        more: words,
        gone: |_, _| {},
    },
    Listing {
        place: "vendors",
        parts: &VENDORS,
        about: "Third parties that act under the purposes.",
        says: |sheet, vendor| sheet.document.with(|document| vendor_says(document, vendor)),
        more: |_, _| ().into_any(),
        // Nobody acts under a purpose who is not described.
        gone: |document, id| renamed(document, id, ""),
    },
];

pub(super) fn forms(sheet: Sheet) -> AnyView {
    let [purposes, vendors] = LISTS;
    let mut kinds: Vec<Chosen> = vec![Chosen::new("", "One of your own")];
    kinds.extend(STANDARD.iter().map(|(id, ..)| Chosen::new(*id, readable(id))));
    let purpose_offer = Offer { label: "Purpose", kinds, is_named: str::is_empty };
    let vendor_offer = Offer { label: "", kinds: Vec::new(), is_named: |_| true };
    let languages = sheet.known(|known| known.languages.clone());
    let texts = languages.into_iter().map(|one| {
        let title = ["Texts in ", language(&one.tag)].concat();
        let place = ["words.", &one.tag].concat();
        let at = [&place, ".texts"].concat();
        let list: Vec<Field> = one.texts.members().iter().map(|(key, text)| worded(key, text.text())).collect();
        block(sheet, place, title, Box::new(move || fields(sheet, &at, &list)))
    });
    view! {
        {items(sheet, purposes, add(sheet, purposes, purpose_offer, another))}
        {items(sheet, vendors, add(sheet, vendors, vendor_offer, another))}
        <section class="listing">
            <h3>"Texts of the banner and the preferences"</h3>
            <p class="soft">"The product has them in every language. What you write here is shown instead."</p>
        </section>
        {texts.collect_any()}
    }
    .into_any()
}

/// A field for a text that replaces the product's.
fn worded(key: &str, text: &str) -> Field {
    Field {
        name: key.to_owned().into(),
        label: readable(key).into(),
        is: if text.len() > 70 { Is::Long } else { Is::Text },
        is_needed: false,
        help: "".into(),
        otherwise: text.to_owned().into(),
    }
}

/// Puts another purpose or vendor at the end of its list. One's own purpose has words to be written in every language.
fn another(sheet: Sheet, document: &mut Tree, listing: Listing, kind: &str, name: &str) {
    let id = {
        let taken: Vec<&str> = document.at(listing.place).items().iter().map(|one| one.at("id").text()).collect();
        slug(if kind.is_empty() { name } else { kind }, listing.parts.one, &taken)
    };
    let made = if listing.place == "vendors" { vendor(&id, name) } else { purpose(&id) };
    if let Some(list) = document.list_mut(listing.place) {
        list.push(made);
    }
    if listing.place == "vendors" || STANDARD.iter().any(|(standard, ..)| *standard == id) {
        return;
    }
    sheet.known(|known| {
        for language in &known.languages {
            let place = ["words.", &language.tag, ".purposes.", &id].concat();
            let said = if language.tag == known.locale { name } else { "" };
            document.set(&place, Tree::object(&[("name", said.into()), ("description", "".into())]));
        }
    });
}

/// A purpose's words in every language: the product's where it has some, and needed where it has none.
fn words(sheet: Sheet, place: &str) -> AnyView {
    let id = sheet.document.with_untracked(|document| document.at(place).at("id").text().to_owned());
    let languages = sheet.known(|known| known.languages.clone());
    let of_language = languages.into_iter().map(|one| {
        let said = one.purposes.at(&id);
        let list: Vec<Field> = WORDS
            .iter()
            .map(|field| Field {
                is_needed: said.is_nothing(),
                otherwise: said.at(&field.name).text().to_owned().into(),
                ..field.clone()
            })
            .collect();
        let at = ["words.", &one.tag, ".purposes.", &id].concat();
        view! { <fieldset class="parts"><legend>"Words in "{language(&one.tag).to_owned()}</legend>{fields(sheet, &at, &list)}</fieldset> }
    });
    let note = ["Its id is ", &id, ". Marks on your pages name it so."].concat();
    view! { <p class="soft">{note}</p>{of_language.collect_any()} }.into_any()
}

/// Where a vendor gets another id, purposes name it by that. While it is being written it may be no id for some time, or another's: then
/// it is remembered what it was.
pub(super) fn follow(sheet: Sheet, place: &str, before: &Tree) {
    if !(place.starts_with("vendors[") && place.ends_with("].id")) {
        return;
    }
    let (known, was) = sheet.renamed.get_value();
    let was = if known == place { was } else { before.text().to_owned() };
    let to = sheet.document.with_untracked(|document| {
        let to = document.at(place).text().to_owned();
        let others = document.at("vendors").items().iter().filter(|vendor| vendor.at("id").text() == to).count();
        if to.is_empty() || others > 1 { None } else { Some(to) }
    });
    match to {
        Some(to) => {
            sheet.document.update(|document| renamed(document, &was, &to));
            sheet.renamed.set_value((place.to_owned(), to));
        }
        None => sheet.renamed.set_value((place.to_owned(), was)),
    }
}
