//! People: found by an identifier, and shown with all that Nod puts together of them.

mod changes;
mod profile;
mod search;

use leptos::{prelude::*, task::spawn_local};

pub(crate) use self::profile::profile;
use self::search::Search;
use crate::{
    api::people,
    app::App,
    load::{Load, Loading, loaded},
    route::{Page, Route},
    views::shared::heading,
};

#[component]
pub(crate) fn People(app: App) -> impl IntoView {
    let item = Memo::new(move |_| app.route.with(|route| route.item.clone()));
    move || match item.get() {
        id if id.is_empty() => view! { <Search app /> }.into_any(),
        id => view! { <Person app id /> }.into_any(),
    }
}

#[component]
fn Person(app: App, id: String) -> impl IntoView {
    let subject = Loading::new();
    let id = StoredValue::new(id);
    let load = move || spawn_local(async move { subject.set(Load::of(people::by_id(&id.get_value()).await)) });
    load();
    let again = Route::to(Page::People).address();
    view! {
        <p><a href=again>"Find somebody else"</a></p>
        {heading("Person")}
        {loaded(subject, load, move |subject| match subject {
            Some(subject) => view! { <section class="panel" aria-labelledby="known"><h2 id="known">"What is known of them"</h2>{profile(app, &subject, load)}</section> }.into_any(),
            None => view! { <p class="empty">"Nobody is known by this id. They may have been erased."</p> }.into_any(),
        })}
    }
}
