//! How things go: what is due, what visitors chose, what happened and what was held back, and what platforms sent. The period and the
//! site stand in the address.

mod connected;
mod consent;
mod due;
mod events;
mod failing;

use js_sys::Date;
use leptos::{prelude::*, task::spawn_local};

use self::{connected::Connected, consent::Consent, due::Due, events::Events, failing::Failing};
use crate::{
    api::{connections, numbers::Period},
    app::App,
    live,
    load::{Load, Loading},
    views::shared::{Chosen, filter, heading, of_site},
};

const DAY: f64 = 86_400_000.0;
/// What is shown where the address says nothing, in days.
const USUAL: u32 = 30;
/// Events are counted by the hour, and added up of no more days.
const MOST_OF_EVENTS: u32 = 90;

#[component]
pub(crate) fn Overview(app: App) -> impl IntoView {
    let ranges = [("7", "7 days"), ("90", "90 days"), ("365", "A year")];
    let ranges = ranges.map(|(value, words)| Chosen::new(value, words)).into();
    let days = Memo::new(move |_| {
        app.route.with(|route| route.get("days").parse().ok()).filter(|days| (1..=400).contains(days)).unwrap_or(USUAL)
    });
    let connected = Loading::new();
    let load = move || spawn_local(async move { connected.set(Load::of(connections::list().await)) });
    load();
    view! {
        {heading("Overview")}
        <Failing list=connected />
        <Due />
        <form class="filters">{filter(app, "days", "Period", "30 days", ranges)}</form>
        {of_site(app, move |site| {
            let key = StoredValue::new(site.key);
            let shown = move || {
                let days = days.get();
                let is_cut = days > MOST_OF_EVENTS;
                let of = |days| period(key.get_value(), days);
                view! { <Consent period=of(days) /><Events period=of(days.min(MOST_OF_EVENTS)) is_cut /> }
            };
            shown.into_any()
        })}
        {live::part(move || view! { <Connected connections=connected again=load period=period(String::new(), days.get()) /> })}
    }
}

/// The whole days until the end of today, as the roll-ups have them: by UTC.
fn period(site: String, days: u32) -> Period {
    let end = (Date::now() / DAY).floor() * DAY + DAY;
    let moment = |millis: f64| String::from(Date::new(&millis.into()).to_iso_string());
    Period { site, from: moment(end - f64::from(days) * DAY), to: moment(end) }
}
