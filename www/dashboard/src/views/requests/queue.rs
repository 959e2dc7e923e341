//! The queue. What is filtered and where the list is stands in the address.

use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use nod_pages::dom::{value, values};

use super::{NEW, bulk::Bulk, keys, table};
use crate::{
    api::{
        Listed,
        requests::{self, Filter, Request},
    },
    app::App,
    load::{Load, Loading, loaded},
    on,
    role::Role,
    route::{Page, Route, export},
    views::shared::{Chosen, Kept, PAGE, filter, heading, pages},
};

pub(super) const KINDS: [&str; 9] = [
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
/// The first two are no statuses of the API, but what one wants to see.
const STATUSES: [&str; 9] =
    ["OPEN", "OVERDUE", "RECEIVED", "IN_PROGRESS", "ON_HOLD", "FULFILLED", "DENIED", "WITHDRAWN", "DUPLICATE"];

#[component]
pub(super) fn Queue(app: App) -> impl IntoView {
    let list = Loading::new();
    // Whose it is stands in no address: addresses are kept in histories.
    let sought = RwSignal::new(String::new());
    let chosen = RwSignal::new(Vec::new());
    let load = move || {
        let route = app.route.get_untracked();
        list.set(Load::Waiting);
        chosen.set(Vec::new());
        spawn_local(async move {
            let search = sought.get_untracked();
            let found = requests::list(&asked(&route, search.clone()), PAGE, route.get("after")).await;
            // Whoever has gone on meanwhile does not see what they wanted before.
            if app.route.with_untracked(|now| *now == route) && sought.with_untracked(|now| *now == search) {
                list.set(Load::of(found));
            }
        });
    };
    Effect::new(move |_| {
        sought.track();
        if app.route.with(|route| route.page == Some(Page::Requests) && route.item.is_empty()) {
            load();
        }
    });
    let seek = move |sent: SubmitEvent| {
        if let Some(values) = values(&sent) {
            sought.set(value(&values, "search"));
        }
    };
    let enter = Route::to_item(Page::Requests, NEW).address();
    let order = [Chosen::new("DUE", "What is due first")].into();
    view! {
        <div class="head">
            {heading("Requests")}
            <a href=move || file(&app.route.get()) download="requests.csv">"As a file (CSV)"</a>
            <Show when=move || app.may(Role::Reviewer)><a class="button" href=enter.clone()>"Enter a request"</a></Show>
        </div>
        <form class="filters" role="search" on:submit=on::submit(seek)>
            {filter(app, "status", "Status", "All", STATUSES.map(Chosen::named).into())}
            {filter(app, "kind", "Asks for", "All", KINDS.map(Chosen::named).into())}
            {filter(app, "assigned", "Assigned to", "Anybody", ["ME", "NOBODY"].map(Chosen::named).into())}
            {filter(app, "order", "Order", "The newest first", order)}
            <label class="wide"><span>"Number, e-mail, phone or customer id"</span><span class="inline"><input name="search" autocomplete="off" spellcheck="false" /><button type="submit" class="quiet">"Search"</button></span></label>
        </form>
        <Kept app page=Page::Requests />
        <Bulk app chosen then=load />
        <div on:keydown=move |pressed| keys::pressed(&pressed)>{loaded(list, load, move |page| shown(app, page, chosen))}</div>
        <p class="soft hint">"Keys in the list: "<kbd>"j"</kbd>" and "<kbd>"k"</kbd>" go to the next and the previous request, "<kbd>"Enter"</kbd>" opens it"<Show when=move || app.may(Role::Reviewer)>", "<kbd>"x"</kbd>" chooses it"</Show>"."</p>
    }
}

/// The same requests as a file, but for what was searched: it is somebody's data.
fn file(route: &Route) -> String {
    let [status, kind, assigned] = ["status", "kind", "assigned"].map(|name| route.get(name));
    let standing = match status {
        "OPEN" => ("open", "true"),
        "OVERDUE" => ("overdue", "true"),
        status => ("status", status),
    };
    let whose = match assigned {
        "NOBODY" => ("unassigned", "true"),
        "ME" => ("assigned", "me"),
        _ => ("assigned", ""),
    };
    export("requests.csv", &[standing, ("kind", kind), whose])
}

fn asked(route: &Route, search: String) -> Filter {
    let get = |name: &str| route.get(name).to_owned();
    Filter {
        status: get("status"),
        kind: get("kind"),
        assigned: get("assigned"),
        search,
        is_due_first: route.get("order") == "DUE",
    }
}

fn shown(app: App, page: Listed<Request>, chosen: super::bulk::Chosen) -> AnyView {
    if page.nodes.is_empty() {
        return view! { <p class="empty">"No request is like that. Choose other filters, or all of them. New requests come in by the form of the transparency centre, and from connected platforms."</p> }
            .into_any();
    }
    let pages = pages(&app.route.get_untracked(), &page.page_info);
    let chosen = app.may(Role::Reviewer).then_some(chosen);
    view! { {table(page.nodes, chosen)} {pages} }.into_any()
}
