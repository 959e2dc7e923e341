//! What is to be done: the requests whose time runs out.

use js_sys::Date;
use leptos::{prelude::*, task::spawn_local};

use super::shared::{heading, table};
use crate::{
    api::{self, Filter, Request},
    load::{Load, loaded},
    route::{Page, Route},
};

/// How many days ahead is soon.
const DAYS: f64 = 14.0;

#[component]
pub(crate) fn Overview() -> impl IntoView {
    let due = RwSignal::new(Load::Waiting);
    let load = move || {
        due.set(Load::Waiting);
        spawn_local(async move {
            let until = Date::new(&(Date::now() + DAYS * 86_400_000.0).into());
            let filter = Filter { due_before: until.to_iso_string().into(), ..Filter::default() };
            due.set(Load::of(api::requests(&filter, 50, "").await.map(|page| page.nodes)));
        });
    };
    load();
    let all = Route::to(Page::Requests).address();
    view! {
        {heading("Overview")}
        <section class="panel" aria-labelledby="due">
            <div class="head"><h2 id="due">"Due within two weeks"</h2><a href=all>"All requests"</a></div>
            {loaded(due, load, soonest)}
        </section>
    }
}

fn soonest(mut requests: Vec<Request>) -> AnyView {
    if requests.is_empty() {
        return view! { <p>"Nothing is due. New requests come in by the form of the transparency centre, and from connected platforms."</p> }.into_any();
    }
    requests.sort_by(|one, other| one.due_at.cmp(&other.due_at));
    let late = requests.iter().filter(|request| request.days_left.is_some_and(|days| days < 0)).count();
    let (count, late_words) =
        (requests.len(), if late == 1 { "1 is overdue".to_owned() } else { format!("{late} are overdue") });
    let urgency = if late > 0 { "overdue" } else { "later" };
    view! {
        <p class="figures"><strong>{count}</strong>" open, of which "<strong data-urgency=urgency>{late_words}</strong>"."</p>
        {table(requests)}
    }
    .into_any()
}
