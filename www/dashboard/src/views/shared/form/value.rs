//! A value that may be anything: what kind of value it is, and what it says.

use leptos::prelude::*;

use super::{
    Sheet,
    control::{Spot, framed, input, select},
    element::{all, element},
};
use crate::{
    api,
    forms::{Field, Is, Kept, kept, value_of},
    tree::Tree,
    views::shared::Chosen,
};

/// What kind it is beside what it says.
pub(super) fn value(sheet: Sheet, spot: &Spot, field: &Field) -> AnyView {
    let there = sheet.get(&spot.place);
    let (kind, text) = kept(&there);
    let text = text.unwrap_or_else(|| api::json::text(&there));
    let name = Kept::ALL.iter().find(|(known, ..)| *known == kind).map_or("", |(_, name, _)| name);
    let now = RwSignal::new((kind, text.clone()));
    let wrong = RwSignal::new(String::new());
    let (place, said, is_needed) = (spot.place.clone(), spot.said.clone(), field.is_needed);
    let write = move || {
        let (kind, text) = now.get_untracked();
        let value = match kind {
            Kept::Json => api::json::parse(&text),
            Kept::Text if text.is_empty() && !is_needed => Ok(Tree::Nothing),
            kind => Ok(value_of(kind, &text)),
        };
        wrong.set(value.as_ref().err().cloned().unwrap_or_default());
        if let Ok(value) = value {
            sheet.put(&place, &said, value);
        }
    };
    let written = write.clone();
    let offered = Kept::ALL.iter().filter(|(kept, ..)| matches!(field.is, Is::Value) || kept.is_plain());
    let options = offered.map(|(_, name, words)| Chosen::new(*name, *words)).collect();
    let of_kind = Spot { id: [&spot.id, "-kind"].concat(), ..spot.clone() };
    let label = ["Kind of ", &field.label].concat();
    let kinds = Box::new(move |name: String| {
        now.update(|now| now.0 = Kept::named(&name));
        write();
    });
    let kinds = select(sheet, &of_kind, Some(label), "", options, name, kinds);
    let typed = Box::new(move |typed: String| {
        now.update(|now| now.1 = typed);
        written();
    });
    let control = input(sheet, spot, field, "path", text, typed);
    // Yes and no say all by themselves.
    let is_said = Box::new(move || now.with(|now| matches!(now.0, Kept::Yes | Kept::No)).then(String::new));
    let control = element("span").with_read("hidden", is_said).has(control).view();
    let valued = element("span").with("class", "valued").has(kinds).has(control).view();
    framed(sheet, spot, field, all(vec![valued, told(wrong)]))
}

/// A value that is JSON.
pub(super) fn json(sheet: Sheet, spot: &Spot, field: &Field) -> AnyView {
    let there = sheet.get(&spot.place);
    let text = if there.is_nothing() { String::new() } else { api::json::text(&there) };
    let wrong = RwSignal::new(String::new());
    let Spot { place, said, .. } = spot.clone();
    let typed = Box::new(move |text: String| {
        let value = if text.trim().is_empty() { Ok(Tree::Nothing) } else { api::json::parse(&text) };
        wrong.set(value.as_ref().err().cloned().unwrap_or_default());
        if let Ok(value) = value {
            sheet.put(&place, &said, value);
        }
    });
    let control = input(sheet, spot, field, "long", text, typed);
    framed(sheet, spot, field, all(vec![control, told(wrong)]))
}

/// What is wrong with what is being written, and so is not kept.
pub(super) fn told(wrong: RwSignal<String>) -> AnyView {
    element("span").with("class", "problem").with("role", "status").reads(Box::new(move || wrong.get())).view()
}
