//! Names with values, such as the properties of an event: a row each.

use leptos::prelude::*;

use super::{
    Sheet,
    control::{Spot, framed, grouped, input},
    element::{all, button, element},
    field,
    value::told,
};
use crate::{
    forms::{Field, Is},
    tree::Tree,
};

pub(super) fn pairs(sheet: Sheet, spot: Spot, of: &Field, is: Is) -> AnyView {
    let (place, said, is_needed) = (spot.place.clone(), spot.said.clone(), of.is_needed);
    let rows = Box::new(move || {
        sheet.shape.track();
        let there = sheet.get(&place);
        let names = there.members().iter().enumerate();
        all(names.map(|(number, (name, _))| row(sheet, &place, &said, number, name, is, is_needed)).collect())
    });
    let place = spot.place.clone();
    let add = Box::new(move |_| {
        let number = sheet.get(&place).members().len();
        sheet.document.update(|document| {
            if let Some(members) = document.members_mut(&place) {
                let is_free = |name: &String| !members.iter().any(|(known, _)| known == name);
                let name =
                    (0..=members.len()).map(|number| ["name_", &(number + 1).to_string()].concat()).find(is_free);
                let value = if matches!(is, Is::List) { Tree::List(Vec::new()) } else { "".into() };
                members.push((name.unwrap_or_default(), value));
            }
        });
        sheet.reshape(&place, [&sheet.id(&nth(&place, number)), "-name"].concat());
    });
    let add = button(&["Add to “", &of.label.to_lowercase(), "”"].concat(), add).with("id", &spot.id).view();
    let controls = vec![element("div").shows(rows).view(), element("p").has(add).view()];
    // What is wrong within it is said in its rows.
    let spot = Spot { said: [&spot.said, "()"].concat(), ..spot };
    grouped(sheet, &spot, of, controls)
}

fn row(sheet: Sheet, place: &str, said: &str, number: usize, name: &str, is: Is, is_needed: bool) -> AnyView {
    let at = nth(place, number);
    let value = Spot { id: sheet.id(&at), said: [said, ".", name].concat(), place: at.clone() };
    let of_name = Spot { id: [&value.id, "-name"].concat(), said: [&value.said, "()"].concat(), place: at };
    let wrong = RwSignal::new(String::new());
    let list = place.to_owned();
    let renamed = Box::new(move |name: String| {
        let name = name.trim().to_owned();
        sheet.document.update(|document| {
            let Some(members) = document.members_mut(&list) else { return };
            let is_taken = members.iter().enumerate().any(|(other, (known, _))| other != number && *known == name);
            let why = if is_taken { "There is another of this name." } else { "" };
            wrong.set(if name.is_empty() { "It needs a name." } else { why }.to_owned());
            if let Some((known, _)) = members.get_mut(number).filter(|_| !is_taken && !name.is_empty()) {
                *known = name;
            }
        });
    });
    let named = Field::plain("Name", Is::Text);
    let control = input(sheet, &of_name, &named, "text", name.to_owned(), renamed);
    let control = framed(sheet, &of_name, &named, all(vec![control, told(wrong)]));
    let (list, gone) = (place.to_owned(), name.to_owned());
    let remove = Box::new(move |_| {
        sheet.document.update(|document| {
            if let Some(members) = document.members_mut(&list).filter(|members| number < members.len()) {
                members.remove(number);
                // Without any it says nothing, which may be something else than to say that there is none.
                if members.is_empty() && !is_needed {
                    document.set(&list, Tree::Nothing);
                }
            }
        });
        sheet.app.say([&gone, " is removed."].concat());
        sheet.reshape(&list, sheet.id(&list));
    });
    let remove = button("Remove", remove).with("aria-label", &["Remove ", name].concat()).view();
    let value = field::at(sheet, value, &Field::plain("Value", is));
    element("div").with("class", "pair").has(control).has(value).has(remove).view()
}

fn nth(place: &str, number: usize) -> String {
    [place, "[", &number.to_string(), "]"].concat()
}
