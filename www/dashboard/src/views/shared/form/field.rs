//! One field of a table, over what stands at its place.

use leptos::prelude::*;

use super::{
    Sheet,
    control::{Spot, below, framed, grouped, input, select, tick},
    pairs::pairs,
    parts::parts,
    value::{json, value},
};
use crate::{
    forms::{Field, Is, fits, shown, written},
    rows::CollectAny,
    tree::Tree,
    views::shared::Chosen,
};

/// Fields of what is at a place, the document itself where that is empty.
pub(crate) fn fields(sheet: Sheet, place: &str, list: &[Field]) -> AnyView {
    list.iter().map(|one| field(sheet, place, one)).collect_any().into_any()
}

/// One field of it.
pub(crate) fn field(sheet: Sheet, place: &str, field: &Field) -> AnyView {
    let place = below_place(place, &field.name);
    at(sheet, Spot::of(sheet, place), field)
}

/// The place of a member.
pub(super) fn below_place(place: &str, name: &str) -> String {
    [place, if place.is_empty() { "" } else { "." }, name].concat()
}

/// A field over what is at a spot.
pub(super) fn at(sheet: Sheet, spot: Spot, field: &Field) -> AnyView {
    let (is, is_needed) = (field.is, field.is_needed);
    let value_there = sheet.get(&spot.place);
    if !fits(is, &value_there) {
        let note = view! { <p id=spot.id.clone() tabindex="-1" class="soft">{field.label.to_string()}" is something that only the JSON can say."</p> };
        return view! { <div class="field">{note}{below(sheet, &spot, "")}</div> }.into_any();
    }
    let put = {
        let Spot { place, said, .. } = spot.clone();
        move |value: Tree| sheet.put(&place, &said, value)
    };
    let kind = match is {
        Is::Parts(list) => return parts(sheet, spot.place, list),
        Is::Pairs(of) => return pairs(sheet, spot, field, *of),
        Is::Value | Is::Plain => return value(sheet, &spot, field),
        Is::Json => return json(sheet, &spot, field),
        Is::Truth | Is::YesOrNo => {
            let label = field.label.to_string().into_any();
            let no = if matches!(is, Is::YesOrNo) { Tree::Truth(false) } else { Tree::Nothing };
            let ticked = Box::new(move |truth| put(if truth { Tree::Truth(true) } else { no.clone() }));
            let control =
                tick(spot.id.clone(), label, value_there == Tree::Truth(true), spot.described(&field.help), ticked);
            return view! { <div class="field">{control}{below(sheet, &spot, &field.help)}</div> }.into_any();
        }
        Is::Purposes | Is::Vendors => return several(sheet, &spot, field, &value_there),
        Is::Choice(_) | Is::Purpose | Is::Vendor => {
            let mut options = options(sheet, is);
            if !is_needed || value_there.is_nothing() {
                options.insert(0, Chosen::new("", "—"));
            }
            let chosen = Box::new(move |text: String| put(written(is, is_needed, &text)));
            let control = select(sheet, &spot, None, &field.help, options, value_there.text(), chosen);
            return framed(sheet, &spot, field, control);
        }
        Is::Long => "long",
        Is::Number => "number",
        Is::Path => "path",
        Is::Text | Is::List | Is::Address => "text",
    };
    let typed = Box::new(move |text: String| put(written(is, is_needed, &text)));
    let control = input(sheet, &spot, field, kind, shown(is, &value_there), typed);
    framed(sheet, &spot, field, control)
}

/// What can be chosen.
fn options(sheet: Sheet, is: Is) -> Vec<Chosen> {
    match is {
        Is::Choice(choices) => choices.iter().map(|(value, words)| Chosen::new(*value, *words)).collect(),
        Is::Purpose | Is::Purposes => sheet.known.with_value(|known| known.purposes.clone()),
        _ => sheet.document.with_untracked(|document| {
            let name = |vendor: &Tree| {
                let (id, name) = (vendor.at("id").text(), vendor.at("name").text());
                Chosen::new(id, if name.is_empty() { id } else { name })
            };
            document.at("vendors").items().iter().map(name).collect()
        }),
    }
}

/// Some of several, as boxes to tick. The first one has the field's id.
fn several(sheet: Sheet, spot: &Spot, field: &Field, value: &Tree) -> AnyView {
    let mut all = options(sheet, field.is);
    for item in value.items().iter().filter(|item| !item.text().is_empty()) {
        if !all.iter().any(|known| known.value == item.text()) {
            all.push(Chosen::new(item.text(), item.text()));
        }
    }
    let none =
        all.is_empty().then(|| view! { <p id=spot.id.clone() tabindex="-1" class="soft">"There is none yet."</p> });
    let is_needed = field.is_needed;
    let boxes = all.into_iter().enumerate().map(|(number, option)| {
        let id = if number == 0 { spot.id.clone() } else { [&spot.id, "-", &number.to_string()].concat() };
        let is_ticked = value.items().iter().any(|item| item.text() == option.value);
        let (place, said) = (spot.place.clone(), spot.said.clone());
        let ticked = Box::new(move |is_ticked| {
            let mut items = sheet.get(&place).items().to_vec();
            items.retain(|item| item.text() != option.value);
            if is_ticked {
                items.push(Tree::Text(option.value.clone()));
            }
            let value = if items.is_empty() && !is_needed { Tree::Nothing } else { Tree::List(items) };
            sheet.put(&place, &said, value);
        });
        tick(id, option.words.into_any(), is_ticked, spot.described(&field.help), ticked)
    });
    let boxes = view! { <div class="checks">{boxes.collect_any()}</div> {none} }.into_any();
    grouped(sheet, spot, field, boxes)
}
