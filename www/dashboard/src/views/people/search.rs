//! Finding somebody. What is looked for is somebody's data, so the address, which is kept in histories, never holds it.

use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use nod_pages::dom::{value, values};

use crate::{
    api::people::{self, Connected},
    app::App,
    doing::Told,
    held::Held,
    live, on,
    route::{Page, Route},
    rows::CollectAny,
    views::shared::heading,
};

#[component]
pub(super) fn Search(app: App) -> impl IntoView {
    let told = Told::of("find");
    let kind = RwSignal::new("EMAIL".to_owned());
    let is_missed = RwSignal::new(false);
    let connections = Held::new(Vec::<Connected>::new());
    spawn_local(async move { connections.set(people::connections().await.unwrap_or_default()) });
    let find = move |sent: SubmitEvent| {
        let Some(values) = values(&sent) else { return };
        let [value, connection] = ["value", "connection"].map(|name| value(&values, name));
        is_missed.set(false);
        spawn_local(async move {
            let found = people::find(&kind.get_untracked(), &value, &connection).await;
            match told.hear(found.map(|found| (found, Vec::new()))) {
                Some(Some(id)) => app.go(&Route::to_item(Page::People, &id)),
                Some(None) => is_missed.set(true),
                None => {}
            }
        });
    };
    let of = move || {
        (kind.get() == "CUSTOMER_ID").then(|| {
            let options = connections.get().into_iter().map(|it| view! { <option value=it.id>{it.label}</option> });
            view! {
                <div class="field">
                    <label for="find-connection">"Of the connection"</label>
                    <select id="find-connection" name="connection">{options.collect_any()}</select>
                </div>
            }
        })
    };
    view! {
        {heading("People")}
        <form class="panel form" role="search" novalidate on:submit=on::submit(find)>
            <div class="field">
                <label for="find-kind">"Look for"</label>
                <select id="find-kind" on:change=on::change(move |event| kind.set(event_target_value(&event)))>
                    <option value="EMAIL">"E-mail address"</option>
                    <option value="PHONE">"Phone number, with its country: +49…"</option>
                    <option value="CUSTOMER_ID">"Customer id"</option>
                </select>
            </div>
            {of}
            <div class="field">
                <label for="find-value">"Identifier"</label>
                <input id="find-value" name="value" autocomplete="off" spellcheck="false" aria-describedby="find-about" required />
                <p id="find-about" class="soft">"Nod keeps no addresses of people, only keyed marks of them: give the whole identifier. That you looked is written into the journal."</p>
            </div>
            <p class="problem" role="alert">{live::text(move || told.trouble(&[]))}</p>
            <div class="actions"><button type="submit">"Find"</button></div>
        </form>
        <div role="status">{live::part(move || is_missed.get().then(|| view! { <p class="empty">"Nobody is known by that. Check how it is written; what a platform has not sent, Nod does not know."</p> }))}</div>
    }
}
