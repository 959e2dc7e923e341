//! A connection is made: the platform is chosen, and then shown once what it needs, with the steps to take there.

use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use nod_pages::dom::{value, values};

use super::made::once;
use crate::{
    api::connections::{self, Made},
    app::App,
    doing::Told,
    held::Held,
    live, on,
    platforms::{WAYS, Way, by_name},
    rows::CollectAny,
    views::shared::field,
};

#[component]
pub(super) fn Create(app: App, done: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let told = Told::of("connect");
    let way = Held::new(WAYS.first().copied());
    let made = Held::new(None::<(Made, &'static Way)>);
    let send = move |sent: SubmitEvent| {
        let Some(values) = values(&sent) else { return };
        let [name, label, secret] = ["way", "label", "secret"].map(|name| value(&values, name));
        let Some(way) = by_name(&name) else { return };
        spawn_local(async move {
            let found = connections::create(way.source, way.scheme, &label, &secret).await;
            if let Some(it) = told.hear(found) {
                app.say("The connection was made. Follow the steps.");
                made.set(Some((it, way)));
                done();
            }
        });
    };
    let options = WAYS.iter().map(|way| view! { <option value=way.name>{way.title}</option> }).collect_any();
    let secret = move || {
        way.get().and_then(|way| way.secret).map(|whose| view! {
            <div>{field(told, "connect-secret", "secret", "Secret of the platform (if you have it already)", "text")}<p class="soft">{whose}"."</p></div>
        })
    };
    view! {
        <section class="panel" aria-labelledby="connect">
            <h2 id="connect">"Connect a platform"</h2>
            {live::part(move || made.get().map(|(made, way)| once(app, &made, way.steps)))}
            <form class="form act-form" novalidate on:submit=on::submit(send)>
                <div class="field">
                    <label for="connect-way">"Platform"</label>
                    <select id="connect-way" name="way" on:change=on::change(move |event| way.set(by_name(&event_target_value(&event)).copied()))>{options}</select>
                </div>
                {field(told, "connect-label", "label", "What you call it", "text")}
                {secret}
                <p class="problem" role="alert">{live::text(move || told.trouble(&["label", "secret"]))}</p>
                <div class="actions"><button type="submit">"Connect"</button></div>
            </form>
        </section>
    }
}
