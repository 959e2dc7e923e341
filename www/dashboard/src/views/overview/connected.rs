//! What platforms sent, and where something is wrong with it.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    api::connections,
    load::{Load, loaded},
    route::{Page, Route},
    views::connections::table,
};

#[component]
pub(super) fn Connected() -> impl IntoView {
    let list = RwSignal::new(Load::Waiting);
    let load = move || spawn_local(async move { list.set(Load::of(connections::list().await)) });
    load();
    let all = Route::to(Page::Connections).address();
    view! {
        <section class="panel" aria-labelledby="connected">
            <div class="head"><h2 id="connected">"Connections"</h2><a href=all>"All connections"</a></div>
            {loaded(list, load, |list| if list.is_empty() {
                view! { <p>"No platform is connected. On the page Connections an owner makes the first one."</p> }.into_any()
            } else {
                table(&list)
            })}
        </section>
    }
}
