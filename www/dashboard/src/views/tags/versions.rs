//! Every version with what changed in it, and the way back to one, after a look at what that changes.

use leptos::{prelude::*, task::spawn_local};

use super::says;
use crate::{
    api::tags::{changes, look},
    app::App,
    doing::{Change, act},
    format,
    forms::Kind,
    load::Load,
    role::Role,
    rows::CollectAny,
    tree::Tree,
    views::shared::{
        Confirm, chip,
        form::{all, element, line, lines, none},
    },
};

pub(super) fn versions(
    app: App,
    site: &str,
    tags: &Tree,
    templates: &[Kind],
    load: impl Fn() + Copy + Send + Sync + 'static,
) -> Option<AnyView> {
    let list = tags.at("versions.edges").items();
    if list.is_empty() {
        return None;
    }
    let published = tags.at("published.version").count();
    let mut behind = String::new();
    let rows = list.iter().map(|edge| {
        let place = Place {
            site: site.to_owned(),
            behind: std::mem::replace(&mut behind, edge.at("cursor").text().to_owned()),
            published,
        };
        one(app, place, edge.at("node"), templates, load)
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
    version: &Tree,
    templates: &[Kind],
    load: impl Fn() + Copy + Send + Sync + 'static,
) -> AnyView {
    let number = version.at("version").count();
    let is_published = version.at("isPublished").is_true();
    let found = RwSignal::new(Load::Waiting);
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
    let seen = element("div").with("class", "sides").shows(Box::new(move || {
        if !is_asked.get() {
            return none();
        }
        match found.get() {
            Load::Waiting => line("waiting", "Loading…"),
            Load::Here(seen) if !seen.is_nothing() => {
                let changed = changes(seen.at("changes"));
                let changed = if changed.is_empty() { line("", "It changed nothing.") } else { lines("", changed) };
                let says = templates.with_value(|templates| says(seen.at("document"), templates));
                all(vec![changed, line("soft", "What it does:"), says])
            }
            _ => line("problem", "It could not be loaded. Load the page again."),
        }
    }));
    let seen = seen.view();
    let back = (app.may(Role::Owner) && !is_published).then(|| {
        let roll = move || {
            let change = Change::new("rollbackTags").with_value("site", site.clone()).with_value("version", number);
            act(app, change, format!("Version {number} is published again."), load);
        };
        let warning = Signal::derive(move || match found.get() {
            Load::Here(seen) if !seen.is_nothing() => {
                let mut words = vec!["From the next page on this differs from what is published".to_owned()];
                words.extend(changes(seen.at("back")));
                if words.len() == 1 { "It says the same as what is published.".to_owned() } else { words.join(". ") + "." }
            }
            Load::Waiting => "Looking at what that changes…".to_owned(),
            _ => "What that changes could not be loaded. Its rules, vendors and destinations hold from the next page on.".to_owned(),
        });
        view! { <Confirm label="Roll back" of=format!("to version {number}") warning asked=move || open(()) act=roll /> }
    });
    view! {
        <li>
            <div class="head"><strong>"Version "{number}</strong>{is_published.then(|| chip("PUBLISHED"))}<span class="soft">{format::date_and_time(version.at("publishedAt").text())}</span></div>
            {Some(version.at("note").text()).filter(|note| !note.is_empty()).map(|note| line("", note))}
            <details on:toggle=move |_| open(())><summary>"What changed in version "{number}</summary>{seen}</details>
            {back}
        </li>
    }
    .into_any()
}
