//! Tags: what is published, what is being written, and every version before.

mod destinations;
mod draft;
mod forms;
mod versions;

use leptos::{prelude::*, task::spawn_local};

use self::{destinations::destinations, draft::draft, versions::versions};
use crate::{
    api::{json::Document, site::purposes, tags},
    app::App,
    format,
    forms::Kind,
    load::{Load, Loading, loaded},
    rows::CollectAny,
    sentence,
    views::shared::{Chosen, empty, form::Known, heading, of_site},
};

#[component]
pub(crate) fn Tags(app: App) -> impl IntoView {
    view! { {heading("Tags")} {of_site(app, move |site| view! { <OfSite app site=site.key /> }.into_any())} }
}

#[component]
fn OfSite(app: App, site: String) -> impl IntoView {
    let found = Loading::new();
    let site = StoredValue::new(site);
    let load = move || {
        spawn_local(async move {
            let tags = tags::tags(&site.get_value()).await;
            // Without the purposes' names there are still their ids, where they are named already.
            let purposes = purposes(&site.get_value()).await.unwrap_or_default();
            found.set(Load::of(tags.map(|tags| tags.map(|tags| (tags, purposes)))));
        });
    };
    load();
    loaded(found, load, move |found| {
        let Some((tags, purposes)) = found else { return empty("There is no such site.") };
        let templates = tags::kinds(&tags.templates);
        let published = published(&tags, &templates);
        let purposes = purposes.into_iter().map(|(id, name)| Chosen::new(id, name)).collect();
        view! {
            {published}
            {draft(app, site.get_value(), &tags, Known { purposes, templates: templates.clone(), ..Known::default() }, load)}
            {destinations(app, site.get_value(), &tags.destinations, load)}
            {versions(app, &site.get_value(), &tags, &templates, load)}
        }
        .into_any()
    })
}

fn published(tags: &tags::Tags, templates: &[Kind]) -> AnyView {
    let body = match &tags.published {
        Some(version) => view! {
            <dl>
                <dt>"Version"</dt><dd>{version.number}</dd>
                <dt>"Published"</dt><dd>{format::date_and_time(&version.published_at)}</dd>
                {version.note.clone().map(|note| view! { <dt>"Note"</dt><dd>{note}</dd> })}
            </dl>
            {says(&version.document, templates)}
            <details><summary>"As JSON"</summary><pre class="document" tabindex="0">{version.document.0.clone()}</pre></details>
        }
        .into_any(),
        None => view! { <p>"Nothing is published yet: only what is marked up on the pages is counted. Write a draft below, and publish it."</p> }.into_any(),
    };
    view! { <section class="panel" aria-labelledby="published"><h2 id="published">"Published"</h2>{body}</section> }
        .into_any()
}

/// What a document does, a sentence each.
fn says(document: &Document, templates: &[Kind]) -> AnyView {
    let lines = sentence::document(&document.tree(), templates);
    if lines.is_empty() {
        return view! { <p>"It has no rule, no vendor and no destination."</p> }.into_any();
    }
    let lines = lines.into_iter().map(|line| view! { <li>{line}</li> });
    view! { <ul class="sentences">{lines.collect_any()}</ul> }.into_any()
}
