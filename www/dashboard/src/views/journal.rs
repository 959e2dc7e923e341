//! The journal: what was done, by whom and when, in words. Nothing in it can be changed or taken out.

use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use nod_pages::dom::{value, values};

use super::shared::{Chosen, Kept, PAGE, empty, filter, heading, pages};
use crate::{
    api::{
        Member,
        journal::{self, Entry, Filter},
        staff,
    },
    app::App,
    format,
    happened::{ACTIONS, actor, facts, happened},
    held::Held,
    live,
    load::{Load, Loading, loaded},
    on,
    plot::grouped,
    route::{Page, Route, export},
    rows::CollectAny,
};

#[component]
pub(crate) fn Journal(app: App) -> impl IntoView {
    let list = Loading::new();
    let members = Held::new(Vec::<Member>::new());
    spawn_local(async move { members.set(staff::members().await.unwrap_or_default()) });
    let load = move || {
        let route = app.route.get_untracked();
        list.set(Load::Waiting);
        spawn_local(async move {
            let found = journal::list(&asked(&route), PAGE, route.get("after")).await;
            if app.route.with_untracked(|now| *now == route) {
                list.set(Load::of(found));
            }
        });
    };
    Effect::new(move |_| {
        if app.route.with(|route| route.page == Some(Page::Journal)) {
            load();
        }
    });
    let actions = ACTIONS.iter().map(|(name, words)| Chosen::new(*name, *words)).collect();
    view! {
        <div class="head">{heading("Journal")}<a href=move || file(&app.route.get()) download="journal.csv">"As a file (CSV)"</a></div>
        <p class="soft">"Every choice, request and change, each with its hash. Nothing here can be changed or taken out."</p>
        <form class="filters" role="search" on:submit=on::submit(move |sent| narrow(app, &sent))>
            {filter(app, "action", "What", "Everything", actions)}
            {live::part(move || filter(app, "actor", "Who", "Anybody", actors(&members.get())))}
            {narrower(app, "from", "From", "date")}
            {narrower(app, "to", "Until", "date")}
            {narrower(app, "object", "Of the id", "text")}
            <div class="filter-act"><button type="submit" class="quiet">"Show"</button></div>
        </form>
        <Kept app page=Page::Journal />
        {loaded(list, load, move |page| {
            if page.nodes.is_empty() {
                return empty("Nothing like that was written. Choose another period, or everything.");
            }
            let pages = pages(&app.route.get_untracked(), &page.page_info);
            let rows = page.nodes.into_iter().map(|entry| one(entry, members)).collect_any();
            view! { <section class="panel" aria-label="Entries"><ol class="rows entries">{rows}</ol></section> {pages} }.into_any()
        })}
    }
}

/// Kinds of actors, and the people who work here or did.
fn actors(members: &[Member]) -> Vec<Chosen> {
    let kinds = ["visitor", "subject", "platform", "staff", "system"];
    let kinds = kinds.map(|kind| Chosen::new(kind, actor(kind)));
    let people = members.iter().map(|member| Chosen::new(member.id.clone(), member.name.clone()));
    std::iter::once(Chosen::new("me", "Myself")).chain(kinds).chain(people).collect()
}

/// Days are whole ones, by UTC, and the last one is taken in.
fn asked(route: &Route) -> Filter {
    let moment = |name: &str, time: &str| match route.get(name) {
        "" => String::new(),
        day => [day, time].concat(),
    };
    Filter {
        action: route.get("action").to_owned(),
        actor: route.get("actor").to_owned(),
        object: route.get("object").to_owned(),
        from: moment("from", "T00:00:00Z"),
        to: moment("to", "T23:59:59.999Z"),
    }
}

fn file(route: &Route) -> String {
    let Filter { action, actor, object, from, to } = asked(route);
    export("journal.csv", &[("action", &action), ("actor", &actor), ("object", &object), ("from", &from), ("to", &to)])
}

fn narrow(app: App, sent: &SubmitEvent) {
    let Some(values) = values(sent) else { return };
    let route = app.route.get_untracked();
    let route = ["from", "to", "object"].into_iter().fold(route, |route, name| route.with(name, &value(&values, name)));
    app.go(&route);
}

fn narrower(app: App, name: &'static str, label: &'static str, kind: &'static str) -> impl IntoView {
    let said = move || app.route.with(|route| route.get(name).to_owned());
    view! { <label><span>{label}</span><input type=kind name=name autocomplete="off" prop:value=said /></label> }
}

fn one(entry: Entry, members: Held<Vec<Member>>) -> impl IntoView {
    let (by, kind) = (entry.by().map(str::to_owned), entry.actor.clone());
    let who = move || {
        let by = by.as_deref()?;
        members.with(|members| members.iter().find(|member| member.id == by).map(|member| member.name.clone()))
    };
    let who = move || who().unwrap_or_else(|| actor(&kind).to_owned());
    let what = happened(&entry.action).to_owned();
    let link =
        entry.action.starts_with("rights_request.").then(|| Route::to_item(Page::Requests, &entry.object).address());
    let object = match link {
        Some(address) => view! { <a href=address><code>{entry.object.clone()}</code></a> }.into_any(),
        None => view! { <code>{entry.object.clone()}</code> }.into_any(),
    };
    let facts = facts(&entry.detail.tree()).into_iter().map(|(name, words)| view! { <dt>{name}</dt><dd>{words}</dd> });
    let facts = facts.collect_any();
    view! {
        <li>
            <div class="head"><strong>{what}</strong><span class="soft">{format::date_and_time(&entry.at)}</span></div>
            <p>{who}" · "{object}</p>
            <dl class="facts">{facts}</dl>
            <details>
                <summary>"Entry "{grouped(entry.seq)}</summary>
                <pre class="document" tabindex="0">{entry.detail.0}</pre>
                <p class="soft">"Hash "<code>{entry.leaf}</code></p>
            </details>
        </li>
    }
}
