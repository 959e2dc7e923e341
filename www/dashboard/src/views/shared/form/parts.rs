//! Parts within a part: the triggers of a rule, its conditions, its actions.

use leptos::prelude::*;

use super::{
    Sheet,
    control::{Spot, framed, select},
    element::{all, button, element},
    field::{below_place, fields},
};
use crate::{
    forms::{ANY, Field, Is, Kind, Parts},
    tree::Tree,
    views::shared::Chosen,
};

impl Sheet {
    /// The kinds of a list of parts.
    pub(crate) fn kinds(self, parts: &Parts) -> Vec<Kind> {
        let is_of_api = parts.kinds.is_empty() && !parts.by.is_empty();
        if is_of_api { self.templates() } else { parts.kinds.to_vec() }
    }

    /// Takes one of a list away. What it was is said.
    pub(super) fn remove(self, list: &str, number: usize, what: &str) {
        self.document.update(|document| {
            if let Some(items) = document.list_mut(list).filter(|items| number < items.len()) {
                items.remove(number);
            }
        });
        self.app.say(["The ", what, " is removed. Load the page again to have it back."].concat());
    }
}

/// All of a list, and a button for another one.
pub(super) fn parts(sheet: Sheet, place: String, list: &'static Parts) -> AnyView {
    let at = place.clone();
    let every = Box::new(move || {
        sheet.shape.track();
        let count = sheet.get(&at).items().len();
        all((0..count).map(|number| one(sheet, &at, number, list)).collect())
    });
    let at = place.clone();
    let add = Box::new(move |_| {
        let number = sheet.get(&at).items().len();
        sheet.document.update(|document| {
            if let Some(items) = document.list_mut(&at) {
                items.push(list.fresh(&sheet.kinds(list)));
            }
        });
        let part = [&at, "[", &number.to_string(), "]."].concat();
        let first = list.first.first().map_or(list.by, |field| &field.name);
        sheet.reshape(&at, sheet.id(&[&part, first].concat()));
    });
    let add = button(&added(list.one), add).with("id", &sheet.id(&place)).view();
    // What is wrong in its parts is said there.
    let wrong = Box::new(move || sheet.problem_of(&place));
    let group = element("fieldset").with("class", "parts").has(element("legend").says(list.legend).view()).shows(every);
    group.has(element("p").with("class", "problem").reads(wrong).view()).has(element("p").has(add).view()).view()
}

/// "Add a rule", "Add an action".
pub(super) fn added(one: &str) -> String {
    [if one.starts_with(['a', 'e', 'i', 'o', 'u']) { "Add an " } else { "Add a " }, one].concat()
}

fn one(sheet: Sheet, list: &str, number: usize, parts: &'static Parts) -> AnyView {
    let place = [list, "[", &number.to_string(), "]"].concat();
    let name = [parts.one, " ", &(number + 1).to_string()].concat();
    let (at, gone) = (list.to_owned(), name.clone());
    let remove = Box::new(move |_| {
        sheet.remove(&at, number, &gone);
        sheet.reshape(&at, sheet.id(&at));
    });
    let remove = button("Remove", remove).with("aria-label", &["Remove ", &name].concat()).view();
    let group = element("div").with("class", "part").with("role", "group").with("aria-label", &name);
    group.has(part(sheet, &place, parts)).has(element("p").has(remove).view()).view()
}

/// The fields of a part, with the choice of its kind where there are several, and what is wrong with the part itself.
pub(super) fn part(sheet: Sheet, place: &str, parts: &'static Parts) -> AnyView {
    let kinds = sheet.kinds(parts);
    let there = sheet.get(place);
    let own = parts.fields(&there, &kinds);
    let mut shown: Vec<String> = own.iter().map(|field| below_place(place, &field.name)).collect();
    // A condition reads as a sentence: what is compared stands in front of how.
    let is_group = own.first().is_some_and(|field| field.name == ANY);
    let (first, rest) = own.split_at(if is_group { 0 } else { parts.first.len() });
    let mut views = vec![fields(sheet, place, first)];
    if !parts.by.is_empty() {
        let at = below_place(place, parts.by);
        shown.push(at.clone());
        views.push(kind(sheet, place, &Spot::of(sheet, at), parts, &there, &kinds));
    }
    views.push(fields(sheet, place, rest));
    let at = place.to_owned();
    let wrong = Box::new(move || sheet.problem(&at, &shown));
    let wrong = element("p").with("id", &sheet.id(place)).with("tabindex", "-1").with("class", "problem").reads(wrong);
    views.push(wrong.view());
    all(views)
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
    let field = Field::plain(parts.by_label, Is::Text);
    framed(sheet, spot, &field, select(sheet, spot, None, "", options, chosen, choose))
}
