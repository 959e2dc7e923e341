//! Tags: what is published, what is being written, and every version before.

mod destinations;
mod draft;
mod forms;
mod versions;

use leptos::{prelude::*, task::spawn_local};

use self::{destinations::destinations, draft::draft, versions::versions};
use crate::{
    api::{json, site::purposes, tags},
    app::App,
    format,
    forms::Kind,
    load::{Load, Loading, loaded},
    sentence,
    tree::Tree,
    views::shared::{
        Chosen, empty,
        form::{Known, all, element, line, lines},
        heading, of_site,
    },
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
            found.set(Load::of(tags.map(|tags| (tags, purposes))));
        });
    };
    load();
    loaded(found, load, move |(tags, purposes)| {
        if tags.is_nothing() {
            return empty("There is no such site.");
        }
        let templates = tags::kinds(tags.at("templates"));
        let purpose = |it: &Tree| Chosen::new(it.at("id").text(), it.at("name").text());
        let purposes = purposes.items().iter().map(purpose).collect();
        let mut views = vec![
            published(tags.at("published"), &templates),
            draft(
                app,
                site.get_value(),
                &tags,
                Known { purposes, templates: templates.clone(), ..Known::default() },
                load,
            ),
        ];
        views.extend(destinations(app, site.get_value(), tags.at("destinations").items(), load));
        views.extend(versions(app, &site.get_value(), &tags, &templates, load));
        all(views)
    })
}

fn published(version: &Tree, templates: &[Kind]) -> AnyView {
    let heading = element("h2").with("id", "published").says("Published").view();
    let panel = element("section").with("class", "panel").with("aria-labelledby", "published").has(heading);
    if version.is_nothing() {
        let none = "Nothing is published yet: only what is marked up on the pages is counted. Write a draft below, and publish it.";
        return panel.has(line("", none)).view();
    }
    let mut list = vec![("Version", version.at("version").count().to_string())];
    list.push(("Published", format::date_and_time(version.at("publishedAt").text())));
    list.extend(Some(("Note", version.at("note").text().to_owned())).filter(|(_, note)| !note.is_empty()));
    let mut terms = Vec::new();
    for (term, said) in list {
        terms.push(element("dt").says(term).view());
        terms.push(element("dd").says(&said).view());
    }
    let document = version.at("document");
    let text = element("pre").with("class", "document").with("tabindex", "0").says(&json::text(document)).view();
    let text = element("details").has(element("summary").says("As JSON").view()).has(text).view();
    panel.has(element("dl").has_all(terms).view()).has(says(document, templates)).has(text).view()
}

/// What a document does, a sentence each.
fn says(document: &Tree, templates: &[Kind]) -> AnyView {
    let said = sentence::document(document, templates);
    if said.is_empty() { line("", "It has no rule, no vendor and no destination.") } else { lines("sentences", said) }
}
