//! A value that may be anything: what kind of value it is, and what it says.

use leptos::prelude::*;

use super::{
    Sheet,
    control::{Spot, framed, input, select},
};
use crate::{
    api,
    forms::{Field, Is, Kept, kept, value_of},
    live,
    tree::Tree,
    views::shared::Chosen,
};

/// What kind it is beside what it says.
pub(super) fn value(sheet: Sheet, spot: &Spot, field: &Field) -> AnyView {
    let there = sheet.get(&spot.place);
    let (kind, text) = kept(&there);
    let text = RwSignal::new(text.unwrap_or_else(|| api::json::text(&there)));
    let kind = RwSignal::new(kind);
    let wrong = RwSignal::new("");
    let (place, said, is_needed) = (spot.place.clone(), spot.said.clone(), field.is_needed);
    let write = move || {
        let (kind, text) = (kind.get_untracked(), text.get_untracked());
        let value = match kind {
            Kept::Json => api::json::parse(&text).ok(),
            Kept::Text if text.is_empty() && !is_needed => Some(Tree::Nothing),
            kind => Some(value_of(kind, &text)),
        };
        wrong.set(if value.is_none() { "This is no JSON, and is not kept." } else { "" });
        if let Some(value) = value {
            sheet.put(&place, &said, value);
        }
    };
    let written = write.clone();
    let name =
        kind.with_untracked(|kind| Kept::ALL.iter().find(|(known, ..)| known == kind).map_or("", |(_, name, _)| name));
    let offered = Kept::ALL.iter().filter(|(kept, ..)| matches!(field.is, Is::Value) || kept.is_plain());
    let options = offered.map(|(_, name, words)| Chosen::new(*name, *words)).collect();
    let of_kind = Spot { id: [&spot.id, "-kind"].concat(), ..spot.clone() };
    let label = ["Kind of ", &field.label].concat();
    let kinds = Box::new(move |name: String| {
        kind.set(Kept::named(&name));
        write();
    });
    let kinds = select(sheet, &of_kind, Some(label), "", options, name, kinds);
    let typed = Box::new(move |typed: String| {
        text.set(typed);
        written();
    });
    let control = input(sheet, spot, field, "path", text.get_untracked(), typed);
    let is_said = move || matches!(kind.get(), Kept::Yes | Kept::No);
    let control = view! { <span class="valued">{kinds}<span hidden=is_said>{control}</span></span><span class="problem" role="status">{live::text(move || wrong.get())}</span> };
    framed(sheet, spot, field, control.into_any())
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
    let control = view! { {control}<span class="problem" role="status">{live::text(move || wrong.get())}</span> };
    framed(sheet, spot, field, control.into_any())
}
