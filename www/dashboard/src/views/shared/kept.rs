//! Views that somebody has kept: the state of a list under a name of their own.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    api::kept::{View, kept},
    app::App,
    doing::{Change, Told, act},
    held::Held,
    live, on,
    route::Page,
    rows::CollectAny,
    views::shared::field,
};

#[component]
pub(crate) fn Kept(app: App, page: Page) -> impl IntoView {
    let list = Held::new(Vec::<View>::new());
    let load = move || {
        spawn_local(async move {
            // A list without its views is still the list.
            if let Ok(found) = kept(page.key()).await {
                list.set(found);
            }
        });
    };
    load();
    let told = Told::of("keep");
    let keep = move |sent: leptos::ev::SubmitEvent| {
        let Some(values) = nod_pages::dom::values(&sent) else { return };
        let state = app.route.with_untracked(crate::route::Route::state);
        let change = Change::new("saveView").with_value("name", nod_pages::dom::value(&values, "name"));
        told.send(change.with("page", page.key()).with_value("query", state), move || {
            app.say("The view is kept.");
            nod_pages::dom::reset(&sent);
            load();
        });
    };
    view! {
        <section class="kept" aria-label="Views">
            <ul class="actions">{live::part(move || list.get().into_iter().map(|view| one(app, page, view, load)).collect_any())}</ul>
            <details>
                <summary>"Keep this view"</summary>
                <form class="form inline" novalidate on:submit=on::submit(keep)>
                    {field(told, "keep-name", "name", "Its name", "text")}
                    <div class="filter-act"><button type="submit" class="quiet">"Keep"</button></div>
                    <p class="problem" role="alert">{live::text(move || told.trouble(&["name"]))}</p>
                </form>
            </details>
        </section>
    }
}

fn one(app: App, page: Page, view: View, load: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let address = [page.path(), if view.query.is_empty() { "" } else { "?" }, &view.query].concat();
    let query = view.query;
    let is_here = move || app.route.with(|route| route.state() == query).then_some("true");
    let label = ["Forget the view ", &view.name].concat();
    let id = view.id;
    let forget = move |_| act(app, Change::new("removeView").with("id", &id), "The view is forgotten.", load);
    view! {
        <li class="beside">
            <a class="button quiet small" href=address aria-current=is_here>{view.name}</a>
            <button type="button" class="quiet small" aria-label=label on:click=on::click(forget)>"×"</button>
        </li>
    }
}
