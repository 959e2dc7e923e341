//! Every version with what changed in it, and the way back to one, after a look at what that changes.

use leptos::{prelude::*, task::spawn_local};

use super::says;
use crate::{
    api::tags::{Changes, Look, Tags, Version, look},
    app::App,
    doing::{Change, act},
    format,
    forms::Kind,
    load::{Load, Loading, loaded},
    on,
    role::Role,
    rows::CollectAny,
    views::shared::{Confirm, chip},
};

pub(super) fn versions(
    app: App,
    site: &str,
    tags: &Tags,
    templates: &[Kind],
    load: impl Fn() + Copy + Send + Sync + 'static,
) -> Option<AnyView> {
    let list = &tags.versions.edges;
    if list.is_empty() {
        return None;
    }
    let published = tags.published.as_ref().map_or(0, |version| version.number);
    let mut behind = String::new();
    let rows = list.iter().map(|edge| {
        let place =
            Place { site: site.to_owned(), behind: std::mem::replace(&mut behind, edge.cursor.clone()), published };
        one(app, place, &edge.node, templates, load)
    });
    let rows = rows.collect_any();
    Some(view! { <section class="panel" aria-labelledby="versions"><h2 id="versions">"Versions"</h2><ul class="rows">{rows}</ul></section> }.into_any())
}

/// Where a version is read.
#[derive(Clone)]
struct Place {
    site: String,
    /// The cursor of the one after it.
    behind: String,
    published: u32,
}

fn one(
    app: App,
    place: Place,
    version: &Version,
    templates: &[Kind],
    load: impl Fn() + Copy + Send + Sync + 'static,
) -> AnyView {
    let number = version.number;
    let found = Loading::new();
    let is_asked = RwSignal::new(false);
    let site = place.site.clone();
    let place = StoredValue::new(place);
    let read = move || {
        is_asked.set(true);
        spawn_local(async move {
            let Place { site, behind, published } = place.get_value();
            let seen = look(&site, &behind, published).await;
            if !found.is_disposed() {
                found.set(Load::of(seen));
            }
        });
    };
    let open = move |()| {
        if !is_asked.get_untracked() {
            read();
        }
    };
    let templates = StoredValue::new(templates.to_vec());
    let seen = move || {
        is_asked.get().then(|| {
            loaded(found, read, move |seen: Option<Look>| match seen {
                Some(seen) => view! {
                    {listed("It changed nothing.", &seen.changes)}
                    <p class="soft">"What it does:"</p>
                    {templates.with_value(|templates| says(&seen.document, templates))}
                }
                .into_any(),
                None => ().into_any(),
            })
        })
    };
    let back = (app.may(Role::Owner) && !version.is_published).then(|| {
        let roll = move || {
            let change = Change::new("rollbackTags").with_value("site", site.clone()).with_value("version", number);
            act(app, change, format!("Version {number} is published again."), load);
        };
        let warning = Signal::derive(move || match found.get() {
            Load::Here(Some(seen)) => {
                let mut words = vec!["From the next page on this differs from what is published".to_owned()];
                words.extend(seen.back.words());
                if words.len() == 1 { "It says the same as what is published.".to_owned() } else { words.join(". ") + "." }
            }
            Load::Waiting => "Looking at what that changes…".to_owned(),
            _ => "What that changes could not be loaded. Its rules, vendors and destinations hold from the next page on.".to_owned(),
        });
        view! { <Confirm label="Roll back" of=format!("to version {number}") warning asked=move || open(()) act=roll /> }
    });
    view! {
        <li>
            <div class="head"><strong>"Version "{number}</strong>{version.is_published.then(|| chip("PUBLISHED"))}<span class="soft">{format::date_and_time(&version.published_at)}</span></div>
            {version.note.clone().map(|note| view! { <p>{note}</p> })}
            <details on:toggle=on::change(move |_| open(()))><summary>"What changed in version "{number}</summary>{seen}</details>
            {back}
        </li>
    }
    .into_any()
}

fn listed(none: &'static str, changes: &Changes) -> AnyView {
    let words = changes.words();
    if words.is_empty() {
        return view! { <p>{none}</p> }.into_any();
    }
    let lines = words.into_iter().map(|line| view! { <li>{line}</li> });
    view! { <ul>{lines.collect_any()}</ul> }.into_any()
}
