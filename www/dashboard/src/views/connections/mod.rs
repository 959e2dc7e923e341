//! Connections: platforms that send webhooks.

mod create;
mod deliveries;
mod detail;
mod made;
mod mapping;
mod table;
mod test_delivery;

use leptos::{prelude::*, task::spawn_local};

pub(crate) use self::table::{platform, state};
use self::{create::Create, detail::Detail, table::table};
use crate::{
    api::connections,
    app::App,
    load::{Load, Loading, loaded},
    role::Role,
    views::shared::{empty, heading},
};

#[component]
pub(crate) fn Connections(app: App) -> impl IntoView {
    let item = Memo::new(move |_| app.route.with(|route| route.item.clone()));
    move || match item.get() {
        id if id.is_empty() => view! { <All app /> }.into_any(),
        id => view! { <Detail app id /> }.into_any(),
    }
}

#[component]
fn All(app: App) -> impl IntoView {
    let list = Loading::new();
    let load = move || spawn_local(async move { list.set(Load::of(connections::list().await)) });
    load();
    view! {
        {heading("Connections")}
        {loaded(list, load, |list| if list.is_empty() {
            empty("No platform is connected. An owner makes a connection below: choose the platform, and follow its steps.")
        } else {
            view! { <section class="panel" aria-label="Connections">{table(&list)}</section> }.into_any()
        })}
        <Show when=move || app.may(Role::Owner)><Create app done=load /></Show>
    }
}
