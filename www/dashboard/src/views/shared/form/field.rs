//! One field of a table, over what stands at its place.

use leptos::prelude::AnyView;

use super::{
    Sheet,
    control::{Spot, below, framed, grouped, input, select, tick, unknown},
    element::{all, element, line},
    pairs::pairs,
    parts::parts,
    value::{json, value},
};
use crate::{
    forms::{Field, Is, fits, shown, written},
    tree::Tree,
    views::shared::Chosen,
};

/// Fields of what is at a place, the document itself where that is empty.
pub(crate) fn fields(sheet: Sheet, place: &str, list: &[Field]) -> AnyView {
    all(list.iter().map(|one| field(sheet, place, one)).collect())
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
    let there = sheet.get(&spot.place);
    if !fits(is, &there) {
        return unknown(sheet, &spot, field);
    }
    let Spot { place, said, .. } = spot.clone();
    let put = move |value: Tree| sheet.put(&place, &said, value);
    let kind = match is {
        Is::Parts(list) => return parts(sheet, spot.place, list),
        Is::Pairs(of) => return pairs(sheet, spot, field, *of),
        Is::Value | Is::Plain => return value(sheet, &spot, field),
        Is::Json => return json(sheet, &spot, field),
        Is::Truth | Is::YesOrNo => {
            let no = if matches!(is, Is::YesOrNo) { Tree::Truth(false) } else { Tree::Nothing };
            let ticked = Box::new(move |truth| put(if truth { Tree::Truth(true) } else { no.clone() }));
            let is_ticked = there == Tree::Truth(true);
            let control = tick(sheet, &spot, &field.help, &field.label, is_ticked, ticked);
            return element("div").with("class", "field").has(control).has(below(sheet, &spot, &field.help)).view();
        }
        Is::Purposes | Is::Vendors => return several(sheet, &spot, field, &there),
        Is::Choice(_) | Is::Purpose | Is::Vendor => {
            let mut options = options(sheet, is);
            if !is_needed || there.is_nothing() {
                options.insert(0, Chosen::new("", "—"));
            }
            let chosen = Box::new(move |text: String| put(written(is, is_needed, &text)));
            let control = select(sheet, &spot, None, &field.help, options, there.text(), chosen);
            return framed(sheet, &spot, field, control);
        }
        Is::Long => "long",
        Is::Number => "number",
        Is::Path => "path",
        Is::Text | Is::List | Is::Address => "text",
    };
    let typed = Box::new(move |text: String| put(written(is, is_needed, &text)));
    let control = input(sheet, &spot, field, kind, shown(is, &there), typed);
    framed(sheet, &spot, field, control)
}

/// What can be chosen.
fn options(sheet: Sheet, is: Is) -> Vec<Chosen> {
    match is {
        Is::Choice(choices) => choices.iter().map(|(value, words)| Chosen::new(*value, *words)).collect(),
        Is::Purpose | Is::Purposes => sheet.known(|known| known.purposes.clone()),
        _ => {
            let name = |vendor: &Tree| {
                let (id, name) = (vendor.at("id").text(), vendor.at("name").text());
                Chosen::new(id, if name.is_empty() { id } else { name })
            };
            sheet.get("vendors").items().iter().map(name).collect()
        }
    }
}

/// Some of several, as boxes to tick. The first one has the field's id.
fn several(sheet: Sheet, spot: &Spot, field: &Field, there: &Tree) -> AnyView {
    let mut offered = options(sheet, field.is);
    for item in there.items().iter().filter(|item| !item.text().is_empty()) {
        if !offered.iter().any(|known| known.value == item.text()) {
            offered.push(Chosen::new(item.text(), item.text()));
        }
    }
    if offered.is_empty() {
        let none = element("div").with("id", &spot.id).with("tabindex", "-1").has(line("soft", "There is none yet."));
        return grouped(sheet, spot, field, vec![none.view()]);
    }
    let is_needed = field.is_needed;
    let mut boxes = Vec::new();
    for (number, option) in offered.into_iter().enumerate() {
        let id = if number == 0 { spot.id.clone() } else { [&spot.id, "-", &number.to_string()].concat() };
        let is_ticked = there.items().iter().any(|item| item.text() == option.value);
        let Spot { place, said, .. } = spot.clone();
        let ticked = Box::new(move |is_ticked| {
            let mut items = sheet.get(&place).items().to_vec();
            items.retain(|item| item.text() != option.value);
            if is_ticked {
                items.push(Tree::Text(option.value.clone()));
            }
            let value = if items.is_empty() && !is_needed { Tree::Nothing } else { Tree::List(items) };
            sheet.put(&place, &said, value);
        });
        let described = Spot { id, ..spot.clone() };
        boxes.push(tick(sheet, &described, "", &option.words, is_ticked, ticked));
    }
    grouped(sheet, spot, field, vec![element("div").with("class", "checks").has_all(boxes).view()])
}
