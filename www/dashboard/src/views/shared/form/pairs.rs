//! Names with values, such as the properties of an event: a row each.

use leptos::prelude::*;

use super::{
    Sheet,
    control::{Spot, framed, grouped, input},
    field,
};
use crate::{
    forms::{Field, Is},
    live, on,
    rows::CollectAny,
    tree::Tree,
};

pub(super) fn pairs(sheet: Sheet, spot: Spot, of: &Field, is: Is) -> AnyView {
    let (place, said, is_needed) = (spot.place.clone(), spot.said.clone(), of.is_needed);
    let rows = move || {
        sheet.shape.track();
        let names: Vec<String> = sheet.get(&place).members().iter().map(|(name, _)| name.clone()).collect();
        let row = |(number, name): (usize, String)| row(sheet, &place, &said, number, &name, is, is_needed);
        names.into_iter().enumerate().map(row).collect_any()
    };
    let (place, id) = (spot.place.clone(), spot.id.clone());
    let add = move |_| {
        let mut number = 0;
        sheet.document.update(|document| {
            if let Some(members) = document.members_mut(&place) {
                number = members.len();
                let is_free = |name: &String| !members.iter().any(|(known, _)| known == name);
                let name = (1..=usize::MAX).map(|number| ["name_", &number.to_string()].concat()).find(is_free);
                let value = if matches!(is, Is::List) { Tree::List(Vec::new()) } else { "".into() };
                members.push((name.unwrap_or_default(), value));
            }
        });
        sheet.reshape(&place, [&sheet.id(&nth(&place, number)), "-name"].concat());
    };
    let label = ["Add to “", &of.label.to_lowercase(), "”"].concat();
    let controls = view! {
        {rows}
        <p><button id=id type="button" class="quiet small" on:click=on::click(add)>{label}</button></p>
    };
    // What is wrong within it is said in its rows.
    let spot = Spot { said: [&spot.said, "()"].concat(), ..spot };
    grouped(sheet, &spot, of, controls.into_any())
}

fn row(sheet: Sheet, place: &str, said: &str, number: usize, name: &str, is: Is, is_needed: bool) -> AnyView {
    let at = nth(place, number);
    let value = Spot { id: sheet.id(&at), said: [said, ".", name].concat(), place: at.clone() };
    let of_name = Spot { id: [&value.id, "-name"].concat(), said: [&value.said, "()"].concat(), place: at };
    let taken = RwSignal::new("");
    let list = place.to_owned();
    let renamed = Box::new(move |name: String| {
        let name = name.trim().to_owned();
        sheet.document.update(|document| {
            let Some(members) = document.members_mut(&list) else { return };
            let is_taken = members.iter().enumerate().any(|(other, (known, _))| other != number && *known == name);
            taken.set(if is_taken {
                "There is another of this name."
            } else if name.is_empty() {
                "It needs a name."
            } else {
                ""
            });
            if let Some((known, _)) = members.get_mut(number).filter(|_| !is_taken && !name.is_empty()) {
                *known = name;
            }
        });
    });
    let field_of = |label: &'static str, is| Field {
        name: "".into(),
        label: label.into(),
        is,
        is_needed: true,
        help: "".into(),
        otherwise: "".into(),
    };
    let named = field_of("Name", Is::Text);
    let control = input(sheet, &of_name, &named, "text", name.to_owned(), renamed);
    let control =
        view! { {control}<span class="problem" role="status">{live::text(move || taken.get())}</span> }.into_any();
    let control = framed(sheet, &of_name, &named, control);
    let list = place.to_owned();
    let gone = name.to_owned();
    let remove = move |_| {
        sheet.document.update(|document| {
            if let Some(members) = document.members_mut(&list)
                && number < members.len()
            {
                members.remove(number);
                // Without any it says nothing, which may be something else than to say that there is none.
                if members.is_empty() && !is_needed {
                    document.set(&list, Tree::Nothing);
                }
            }
        });
        sheet.app.say([&gone, " is removed."].concat());
        sheet.reshape(&list, sheet.id(&list));
    };
    let label = ["Remove ", name].concat();
    view! {
        <div class="pair">
            {control}
            {field::at(sheet, value, &field_of("Value", is))}
            <button type="button" class="quiet small" aria-label=label on:click=on::click(remove)>"Remove"</button>
        </div>
    }
    .into_any()
}

fn nth(place: &str, number: usize) -> String {
    [place, "[", &number.to_string(), "]"].concat()
}
