//! Tags: what is published, what is being written, and every version before.

mod destinations;
mod draft;
mod versions;

use leptos::{prelude::*, task::spawn_local};

use self::{destinations::destinations, draft::draft, versions::versions};
use crate::{
    api::tags,
    app::App,
    format,
    load::{Load, loaded},
    views::shared::{empty, heading, of_site},
};

#[component]
pub(crate) fn Tags(app: App) -> impl IntoView {
    view! { {heading("Tags")} {of_site(app, move |site| view! { <OfSite app site=site.key /> }.into_any())} }
}

#[component]
fn OfSite(app: App, site: String) -> impl IntoView {
    let found = RwSignal::new(Load::Waiting);
    let site = StoredValue::new(site);
    let load = move || spawn_local(async move { found.set(Load::of(tags::tags(&site.get_value()).await)) });
    load();
    loaded(found, load, move |tags| {
        let Some(tags) = tags else { return empty("There is no such site.") };
        view! {
            {published(&tags)}
            {draft(app, site.get_value(), &tags, load)}
            {destinations(app, site.get_value(), &tags.destinations, load)}
            {versions(app, &site.get_value(), &tags.versions.nodes, load)}
        }
        .into_any()
    })
}

fn published(tags: &tags::Tags) -> AnyView {
    let body = match &tags.published {
        Some(version) => view! {
            <dl>
                <dt>"Version"</dt><dd>{version.number}</dd>
                <dt>"Published"</dt><dd>{format::date_and_time(&version.published_at)}</dd>
                {version.note.clone().map(|note| view! { <dt>"Note"</dt><dd>{note}</dd> })}
            </dl>
            <details><summary>"Rules, vendors and destinations"</summary><pre class="document" tabindex="0">{version.document.0.clone()}</pre></details>
        }
        .into_any(),
        None => view! { <p>"Nothing is published yet: only what is marked up on the pages is counted. Write a draft below, and publish it."</p> }.into_any(),
    };
    view! { <section class="panel" aria-labelledby="published"><h2 id="published">"Published"</h2>{body}</section> }
        .into_any()
}
