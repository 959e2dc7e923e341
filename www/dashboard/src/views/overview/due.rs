//! The requests whose time runs out.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    api::requests::{self, Filter, Request, Summary},
    load::{Load, Loading, loaded},
    plot::grouped,
    route::{Page, Route},
    rows::CollectAny,
    views::requests::table,
};

/// As many as fit below each other; the rest is in the queue.
const SHOWN: u32 = 6;

#[component]
pub(super) fn Due() -> impl IntoView {
    let due = Loading::new();
    let load = move || {
        spawn_local(async move {
            let filter = Filter { status: "OPEN".to_owned(), is_due_first: true, ..Filter::default() };
            let found = async { Ok((requests::summary().await?, requests::list(&filter, SHOWN, "").await?.nodes)) };
            due.set(Load::of(found.await));
        });
    };
    load();
    let all = Route::to(Page::Requests).with("status", "OPEN").with("order", "DUE").address();
    view! {
        <section class="panel" aria-labelledby="due">
            <div class="head"><h2 id="due">"Requests to be met"</h2><a href=all>"All of them"</a></div>
            {loaded(due, load, |(summary, soonest)| shown(&summary, soonest))}
        </section>
    }
}

fn shown(summary: &Summary, soonest: Vec<Request>) -> AnyView {
    if soonest.is_empty() {
        return view! { <p>"Nothing is due. New requests come in by the form of the transparency centre, and from connected platforms."</p> }.into_any();
    }
    let numbers = [
        ("Open", summary.open, "later"),
        ("Overdue", summary.overdue, if summary.overdue > 0 { "overdue" } else { "later" }),
        ("Due within a week", summary.due_soon, if summary.due_soon > 0 { "soon" } else { "later" }),
        ("On hold", summary.on_hold, "later"),
        ("Nobody's yet", summary.unassigned, "later"),
    ];
    let numbers = numbers.map(|(name, count, urgency)| {
        view! { <p><span class="soft">{name}</span><strong data-urgency=urgency>{grouped(count)}</strong></p> }
    });
    view! { <div class="numbers">{numbers.collect_any()}</div> {table(soonest, None)} }.into_any()
}
