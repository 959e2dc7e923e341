//! Parts within a part: the triggers of a rule, its conditions, its actions.

use leptos::prelude::*;

use super::{
    Sheet,
    control::{Spot, framed, select},
    field::{below_place, fields},
};
use crate::{
    forms::{ANY, Field, Is, Kind, Parts},
    live, on,
    rows::CollectAny,
    tree::Tree,
    views::shared::Chosen,
};

impl Sheet {
    /// The kinds of a list of parts.
    pub(crate) fn kinds(self, parts: &Parts) -> Vec<Kind> {
        let is_of_api = parts.kinds.is_empty() && !parts.by.is_empty();
        if is_of_api { self.templates() } else { parts.kinds.to_vec() }
    }
}

/// All of a list, and a button for another one.
pub(super) fn parts(sheet: Sheet, place: String, list: &'static Parts) -> AnyView {
    let at = place.clone();
    let all = move || {
        sheet.shape.track();
        let count = sheet.get(&at).items().len();
        (0..count).map(|number| one(sheet, &at, number, list)).collect_any()
    };
    let at = place.clone();
    let add = move |_| {
        let mut number = 0;
        sheet.document.update(|document| {
            if let Some(items) = document.list_mut(&at) {
                number = items.len();
                items.push(list.fresh(&sheet.kinds(list)));
            }
        });
        let part = [&at, "[", &number.to_string(), "]."].concat();
        let first = list.first.first().map_or(list.by, |field| &field.name);
        sheet.reshape(&at, sheet.id(&[&part, first].concat()));
    };
    let spot = Spot::of(sheet, place);
    let place = spot.place.clone();
    // What is wrong in its parts is said there.
    let wrong = move || sheet.problem_of(&place);
    view! {
        <fieldset class="parts">
            <legend>{list.legend}</legend>
            {all}
            <p class="problem">{wrong}</p>
            <p><button id=spot.id type="button" class="quiet small" on:click=on::click(add)>{added(list.one)}</button></p>
        </fieldset>
    }
    .into_any()
}

/// "Add a rule", "Add an action".
pub(super) fn added(one: &str) -> String {
    [if one.starts_with(['a', 'e', 'i', 'o', 'u']) { "Add an " } else { "Add a " }, one].concat()
}

fn one(sheet: Sheet, list: &str, number: usize, parts: &'static Parts) -> AnyView {
    let place = [list, "[", &number.to_string(), "]"].concat();
    let name = [parts.one, " ", &(number + 1).to_string()].concat();
    let at = list.to_owned();
    let gone = name.clone();
    let remove = move |_| {
        sheet.document.update(|document| {
            if let Some(items) = document.list_mut(&at)
                && number < items.len()
            {
                items.remove(number);
            }
        });
        sheet.app.say(["The ", &gone, " is removed. Load the page again to have it back."].concat());
        sheet.reshape(&at, sheet.id(&at));
    };
    view! {
        <div class="part" role="group" aria-label=name.clone()>
            {part(sheet, &place, parts)}
            <p><button type="button" class="quiet small" aria-label=["Remove ", &name].concat() on:click=on::click(remove)>"Remove"</button></p>
        </div>
    }
    .into_any()
}

/// The fields of a part, with the choice of its kind where there are several, and what is wrong with the part itself.
pub(super) fn part(sheet: Sheet, place: &str, parts: &'static Parts) -> AnyView {
    let kinds = sheet.kinds(parts);
    let there = sheet.get(place);
    let own = parts.fields(&there, &kinds);
    let mut shown: Vec<String> = own.iter().map(|field| below_place(place, &field.name)).collect();
    let choice = (!parts.by.is_empty()).then(|| {
        let at = below_place(place, parts.by);
        shown.push(at.clone());
        kind(sheet, place, &Spot::of(sheet, at), parts, &there, &kinds)
    });
    // A condition reads as a sentence: what is compared stands in front of how.
    let is_group = own.first().is_some_and(|field| field.name == ANY);
    let (first, rest) = own.split_at(if is_group { 0 } else { parts.first.len() });
    let at = place.to_owned();
    let id = sheet.id(place);
    view! {
        {fields(sheet, place, first)}
        {choice}
        {fields(sheet, place, rest)}
        <p id=id tabindex="-1" class="problem">{live::text(move || sheet.problem(&at, &shown))}</p>
    }
    .into_any()
}

fn kind(sheet: Sheet, place: &str, spot: &Spot, parts: &'static Parts, there: &Tree, kinds: &[Kind]) -> AnyView {
    let options = kinds.iter().map(|kind| Chosen::new(kind.name.to_string(), kind.label.to_string())).collect();
    let chosen = parts.kind_of(there, kinds).map_or_else(|| there.at(parts.by).text(), |kind| &kind.name);
    let (at, id) = (place.to_owned(), spot.id.clone());
    let choose = Box::new(move |name: String| {
        let mut part = sheet.get(&at);
        parts.choose(&mut part, &name, &sheet.kinds(parts));
        sheet.document.update(|document| document.set(&at, part));
        sheet.reshape(&at, id.clone());
    });
    let field = Field {
        name: "".into(),
        label: parts.by_label.into(),
        is: Is::Text,
        is_needed: true,
        help: "".into(),
        otherwise: "".into(),
    };
    framed(sheet, spot, &field, select(sheet, spot, None, "", options, chosen, choose))
}
