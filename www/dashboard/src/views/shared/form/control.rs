//! What fields are made of: a frame with label, help and problem, and the controls in it.

use leptos::prelude::*;

use super::{
    Sheet,
    element::{Element, Reads, all, element, line},
};
use crate::{forms::Field, views::shared::Chosen};

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
    fn described(&self, help: &str) -> String {
        let problem = [&self.id, "-problem"].concat();
        if help.is_empty() { problem } else { [&problem, " ", &self.id, "-help"].concat() }
    }

    /// What is wrong there.
    fn problem(&self, sheet: Sheet) -> Reads<String> {
        let said = self.said.clone();
        Box::new(move || sheet.problem(&said, &[]))
    }

    /// A control of this spot, which says whether something is wrong with it.
    fn control(&self, sheet: Sheet, tag: &'static str, help: &str) -> Element {
        let problem = self.problem(sheet);
        let is_wrong = Box::new(move || (!problem().is_empty()).then(|| "true".to_owned()));
        let control = element(tag).with("id", &self.id).with("aria-describedby", &self.described(help));
        control.with_read("aria-invalid", is_wrong)
    }
}

/// A control with its label, its help and what is wrong.
pub(super) fn framed(sheet: Sheet, spot: &Spot, field: &Field, control: AnyView) -> AnyView {
    let optional = element("span").with("class", "soft").says(if field.is_needed { "" } else { " (optional)" }).view();
    let label = element("label").with("for", &spot.id).says(&field.label).has(optional).view();
    let parts = vec![label, control, below(sheet, spot, &field.help)];
    element("div").with("class", "field").has_all(parts).view()
}

/// A group of controls with its legend, its help and what is wrong.
pub(super) fn grouped(sheet: Sheet, spot: &Spot, field: &Field, controls: Vec<AnyView>) -> AnyView {
    let group = element("fieldset").with("class", "choices").with("aria-describedby", &spot.described(&field.help));
    let legend = element("legend").says(&field.label).view();
    group.has(legend).has_all(controls).has(below(sheet, spot, &field.help)).view()
}

/// The help and what is wrong.
pub(super) fn below(sheet: Sheet, spot: &Spot, help: &str) -> AnyView {
    let id = [&spot.id, "-problem"].concat();
    let problem = element("p").with("id", &id).with("class", "problem").reads(spot.problem(sheet)).view();
    if help.is_empty() {
        return problem;
    }
    let id = [&spot.id, "-help"].concat();
    all(vec![element("p").with("id", &id).with("class", "soft").says(help).view(), problem])
}

/// A line, or several.
pub(super) fn input(
    sheet: Sheet,
    spot: &Spot,
    field: &Field,
    kind: &str,
    text: String,
    written: Box<dyn Fn(String)>,
) -> AnyView {
    let control = spot.control(sheet, if kind == "long" { "textarea" } else { "input" }, &field.help);
    let control = match kind {
        "long" => control.with("rows", "3"),
        "path" => control.with("list", &sheet.id("paths")),
        // Numbers too are written as text: a browser would keep from us what it does not take for one.
        "number" => control.with("inputmode", "decimal"),
        _ => control,
    };
    control
        .with("autocomplete", "off")
        .with_some("placeholder", Some(field.otherwise.to_string()).filter(|text| !text.is_empty()))
        .with_some("aria-required", field.is_needed.then(|| "true".to_owned()))
        .with_value(text)
        .on("input", Box::new(move |event| written(event_target_value(&event))))
        .view()
}

/// One of several.
pub(super) fn select(
    sheet: Sheet,
    spot: &Spot,
    label: Option<String>,
    help: &str,
    mut options: Vec<Chosen>,
    chosen: &str,
    written: Box<dyn Fn(String)>,
) -> AnyView {
    // What stands there stays, even if it is nothing that could be chosen today.
    if !options.iter().any(|option| option.value == chosen) {
        options.insert(0, Chosen::new(chosen, chosen));
    }
    let control = spot.control(sheet, "select", help).with_some("aria-label", label);
    let control = control.on("change", Box::new(move |event| written(event_target_value(&event))));
    control.has_all(option_elements(options, chosen)).view()
}

/// The options of a choice.
pub(super) fn option_elements(options: Vec<Chosen>, chosen: &str) -> Vec<AnyView> {
    let one = |option: Chosen| {
        let selected = (option.value == chosen).then(String::new);
        element("option").with("value", &option.value).with_some("selected", selected).says(&option.words).view()
    };
    options.into_iter().map(one).collect()
}

/// A box to tick, which speaks for itself.
pub(super) fn tick(
    sheet: Sheet,
    spot: &Spot,
    help: &str,
    label: &str,
    is_ticked: bool,
    written: Box<dyn Fn(bool)>,
) -> AnyView {
    let ticked = spot.control(sheet, "input", help).with("type", "checkbox");
    let ticked = ticked.with_some("checked", is_ticked.then(String::new));
    let ticked = ticked.on("change", Box::new(move |event| written(event_target_checked(&event)))).view();
    let words = element("span").says(label).view();
    element("label").with("class", "check").has(ticked).has(words).view()
}

/// What only the JSON can say.
pub(super) fn unknown(sheet: Sheet, spot: &Spot, field: &Field) -> AnyView {
    let note = [&*field.label, " is something that only the JSON can say."].concat();
    let note = element("div").with("id", &spot.id).with("tabindex", "-1").has(line("soft", &note)).view();
    element("div").with("class", "field").has(note).has(below(sheet, spot, "")).view()
}
