//! Fields of forms, with their problems, and filters, which the address holds.

use leptos::prelude::*;

use crate::{app::App, doing::Told, live, on, rows::CollectAny, words::readable};

/// A value to choose, with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chosen {
    pub(crate) value: String,
    pub(crate) words: String,
}

impl Chosen {
    /// By the API's name.
    pub(crate) fn named(name: &str) -> Self {
        Self { value: name.to_owned(), words: readable(name) }
    }

    pub(crate) fn new(value: impl Into<String>, words: impl Into<String>) -> Self {
        Self { value: value.into(), words: words.into() }
    }
}

/// A field of one line: its name, its label, its kind.
pub(crate) fn field(
    told: Told,
    id: &'static str,
    name: &'static str,
    label: &'static str,
    kind: &'static str,
) -> impl IntoView {
    let says = [id, "-problem"].concat();
    let is_wrong = move || (!told.problem(name).is_empty()).then_some("true");
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input id=id name=name type=kind autocomplete="off" aria-describedby=says.clone() aria-invalid=is_wrong />
            <p id=says class="problem" role="alert">{live::text(move || told.problem(name))}</p>
        </div>
    }
}

/// A field of several lines, which `text` fills.
pub(crate) fn long_field(
    told: Told,
    id: &'static str,
    name: &'static str,
    label: &'static str,
    text: RwSignal<String>,
) -> impl IntoView {
    let says = [id, "-problem"].concat();
    let is_wrong = move || (!told.problem(name).is_empty()).then_some("true");
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <textarea id=id name=name rows="6" aria-describedby=says.clone() aria-invalid=is_wrong
                prop:value=move || text.get() on:input=on::change(move |event| text.set(event_target_value(&event)))></textarea>
            <p id=says class="problem" role="alert">{live::text(move || told.problem(name))}</p>
        </div>
    }
}

/// A choice that the address holds: the list is read anew when it changes.
pub(crate) fn filter(
    app: App,
    name: &'static str,
    label: &'static str,
    all: impl Into<String>,
    options: Vec<Chosen>,
) -> impl IntoView {
    let all = all.into();
    let changed = move |event| {
        let route = app.route.get_untracked().with(name, &event_target_value(&event));
        app.go(&route);
    };
    let options = options.into_iter().map(move |option| {
        let value = option.value.clone();
        let is_chosen = move || app.route.with(|route| route.get(name) == value);
        view! { <option value=option.value selected=is_chosen>{option.words}</option> }
    });
    view! {
        <label>
            <span>{label}</span>
            <select name=name on:change=on::change(changed)>
                <option value="" selected=move || app.route.with(|route| route.get(name).is_empty())>{all}</option>
                {options.collect_any()}
            </select>
        </label>
    }
}
