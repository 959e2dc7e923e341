//! The queue of rights requests. What is filtered and where the list is stands in the address.

use leptos::{prelude::*, task::spawn_local};

use super::shared::{heading, table};
use crate::{
    api::{self, Filter},
    app::App,
    load::{Load, loaded},
    words::readable,
};

const KINDS: [&str; 9] = [
    "ACCESS",
    "DELETION",
    "PORTABILITY",
    "RECTIFICATION",
    "RESTRICTION",
    "OBJECTION",
    "OPT_OUT_OF_SALE",
    "LIMIT_SENSITIVE",
    "OTHER",
];
const STATUSES: [&str; 7] = ["RECEIVED", "IN_PROGRESS", "ON_HOLD", "FULFILLED", "DENIED", "WITHDRAWN", "DUPLICATE"];
const PAGE: u32 = 25;

#[component]
pub(crate) fn Requests(app: App) -> impl IntoView {
    let list = RwSignal::new(Load::Waiting);
    let load = move || {
        let route = app.route.get_untracked();
        list.set(Load::Waiting);
        spawn_local(async move {
            let filter = Filter {
                status: route.get("status").to_owned(),
                kind: route.get("kind").to_owned(),
                ..Filter::default()
            };
            let found = api::requests(&filter, PAGE, route.get("after")).await;
            // Whoever has gone on meanwhile does not see what they wanted before.
            if app.route.with_untracked(|now| *now == route) {
                list.set(Load::of(found));
            }
        });
    };
    Effect::new(move |_| {
        app.route.track();
        load();
    });
    view! {
        {heading("Requests")}
        <form class="filters" role="search" on:submit=|sent| sent.prevent_default()>
            {choice(app, "status", "Status", &STATUSES)}
            {choice(app, "kind", "Asks for", &KINDS)}
        </form>
        {loaded(list, load, move |page| shown(app, page))}
    }
}

fn shown(app: App, page: api::Requests) -> AnyView {
    if page.nodes.is_empty() {
        return view! { <p class="panel">"No request is like that. Choose other filters, or all of them."</p> }
            .into_any();
    }
    let next = page.page_info.end_cursor.filter(|_| page.page_info.has_next_page);
    let route = app.route.get_untracked();
    let first = (!route.get("after").is_empty()).then(|| {
        let address = route.with("after", "").address();
        view! { <a href=address>"Newest"</a> }
    });
    let next = next.map(|cursor| {
        let address = route.with("after", &cursor).address();
        view! { <a href=address rel="next">"Older"</a> }
    });
    view! { {table(page.nodes)} <nav class="pages" aria-label="Pages">{first}{next}</nav> }.into_any()
}

fn choice(app: App, name: &'static str, label: &'static str, options: &'static [&'static str]) -> impl IntoView {
    let changed = move |event| {
        let route = app.route.get_untracked().with(name, &event_target_value(&event));
        app.go(&route);
    };
    let is_chosen = move |option: &'static str| app.route.with(|route| route.get(name) == option);
    let options = options.iter().map(move |option| {
        view! { <option value=*option selected=move || is_chosen(option)>{readable(option)}</option> }
    });
    view! {
        <label>
            <span>{label}</span>
            <select name=name on:change=changed>
                <option value="" selected=move || is_chosen("")>"All"</option>
                {options.collect_view()}
            </select>
        </label>
    }
}
