//! What has happened to a request.

use crate::{
    api::Event,
    format,
    texts::{find, t},
};
use leptos::prelude::*;

/// What has happened, the newest first. What is the controller's own business has no sentence and is left out.
#[component]
pub(crate) fn Timeline(events: Vec<Event>) -> impl IntoView {
    let rows = events.into_iter().rev().filter_map(|event| {
        let sentence = find(&["event_", &event.kind.to_ascii_lowercase()].concat())?;
        Some(view! { <li><time datetime=event.at.clone()>{format::date_and_time(&event.at)}</time><span>{sentence}</span></li> })
    });
    view! {
        <section aria-labelledby="timeline-title">
            <h2 id="timeline-title">{t("timeline_title")}</h2>
            <ol class="timeline">{rows.map(IntoAny::into_any).collect_view()}</ol>
        </section>
    }
}
