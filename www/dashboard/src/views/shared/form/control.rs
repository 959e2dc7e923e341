//! What fields are made of: a frame with label, help and problem, and the controls in it.

use leptos::prelude::*;

use super::Sheet;
use crate::{forms::Field, live, on, rows::CollectAny, views::shared::Chosen};

/// Where a field is: its id, and the place by which problems name it.
#[derive(Clone)]
pub(super) struct Spot {
    pub(super) id: String,
    /// In the document.
    pub(super) place: String,
    /// In problems. They name the members of an object, forms count them.
    pub(super) said: String,
}

impl Spot {
    pub(super) fn of(sheet: Sheet, place: String) -> Self {
        Self { id: sheet.id(&place), said: place.clone(), place }
    }

    /// What describes the control.
    pub(super) fn described(&self, help: &str) -> String {
        let problem = [&self.id, "-problem"].concat();
        if help.is_empty() { problem } else { [&problem, " ", &self.id, "-help"].concat() }
    }
}

/// What is wrong there, if anything.
pub(super) fn is_wrong(sheet: Sheet, spot: &Spot) -> impl Fn() -> Option<&'static str> + Send + Sync + 'static + use<> {
    let said = spot.said.clone();
    move || (!sheet.problem(&said, &[]).is_empty()).then_some("true")
}

/// A control with its label, its help and what is wrong.
pub(super) fn framed(sheet: Sheet, spot: &Spot, field: &Field, control: AnyView) -> AnyView {
    let optional = (!field.is_needed).then_some(" (optional)");
    view! {
        <div class="field">
            <label for=spot.id.clone()>{field.label.to_string()}<span class="soft">{optional}</span></label>
            {control}
            {below(sheet, spot, &field.help)}
        </div>
    }
    .into_any()
}

/// A group of controls with its legend, its help and what is wrong.
pub(super) fn grouped(sheet: Sheet, spot: &Spot, field: &Field, controls: AnyView) -> AnyView {
    view! {
        <fieldset class="choices" aria-describedby=spot.described(&field.help)>
            <legend>{field.label.to_string()}</legend>
            {controls}
            {below(sheet, spot, &field.help)}
        </fieldset>
    }
    .into_any()
}

pub(super) fn below(sheet: Sheet, spot: &Spot, help: &str) -> AnyView {
    let help =
        (!help.is_empty()).then(|| view! { <p id=[&spot.id, "-help"].concat() class="soft">{help.to_owned()}</p> });
    let said = spot.said.clone();
    view! { {help}<p id=[&spot.id, "-problem"].concat() class="problem">{live::text(move || sheet.problem(&said, &[]))}</p> }
        .into_any()
}

/// A line, or several.
pub(super) fn input(
    sheet: Sheet,
    spot: &Spot,
    field: &Field,
    kind: &'static str,
    text: String,
    written: Box<dyn Fn(String)>,
) -> AnyView {
    let otherwise = Some(field.otherwise.to_string()).filter(|text| !text.is_empty());
    let needed = field.is_needed.then_some("true");
    let described = spot.described(&field.help);
    let list = (kind == "path").then(|| sheet.id("paths"));
    if kind == "long" {
        return view! {
            <textarea id=spot.id.clone() rows="3" aria-describedby=described aria-invalid=is_wrong(sheet, spot) aria-required=needed
                placeholder=otherwise prop:value=text on:input=on::change(move |event| written(event_target_value(&event)))></textarea>
        }
        .into_any();
    }
    // Numbers too are written as text: a browser would keep from us what it does not take for one.
    let mode = (kind == "number").then_some("decimal");
    view! {
        <input id=spot.id.clone() type="text" inputmode=mode autocomplete="off" list=list aria-describedby=described
            aria-invalid=is_wrong(sheet, spot) aria-required=needed placeholder=otherwise prop:value=text
            on:input=on::change(move |event| written(event_target_value(&event))) />
    }
    .into_any()
}

/// One of several.
pub(super) fn select(
    sheet: Sheet,
    spot: &Spot,
    label: Option<String>,
    help: &str,
    options: Vec<Chosen>,
    chosen: &str,
    written: Box<dyn Fn(String)>,
) -> AnyView {
    // What stands there stays, even if it is nothing that could be chosen today.
    let is_known = options.iter().any(|option| option.value == chosen);
    let other = (!is_known).then(|| Chosen::new(chosen, chosen));
    let options = other.into_iter().chain(options).map(|option| {
        let is_chosen = option.value == chosen;
        view! { <option value=option.value selected=is_chosen>{option.words}</option> }
    });
    view! {
        <select id=spot.id.clone() aria-label=label aria-describedby=spot.described(help) aria-invalid=is_wrong(sheet, spot)
            on:change=on::change(move |event| written(event_target_value(&event)))>{options.collect_any()}</select>
    }
    .into_any()
}

/// A box to tick.
pub(super) fn tick(
    id: String,
    label: AnyView,
    is_ticked: bool,
    described: String,
    written: Box<dyn Fn(bool)>,
) -> AnyView {
    view! {
        <label class="check">
            <input id=id type="checkbox" checked=is_ticked aria-describedby=described on:change=on::change(move |event| written(event_target_checked(&event))) />
            <span>{label}</span>
        </label>
    }
    .into_any()
}
