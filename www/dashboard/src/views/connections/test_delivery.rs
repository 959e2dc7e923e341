//! A connection tested: a delivery is made up and read, and what came of it is shown.

use leptos::prelude::*;

use crate::{
    api::connections::{self, Test},
    app::App,
    doing::Told,
    format,
    held::Held,
    live, on,
    views::shared::chip,
    words::{bytes, readable},
};

/// When a connection was tested last, and what was wrong then.
pub(super) type Last = Option<(String, Option<String>)>;

/// The last test in words.
pub(super) fn last(last: &Last) -> String {
    match last {
        None => "Never".to_owned(),
        Some((at, None)) => [&format::date_and_time(at), ", it works"].concat(),
        Some((at, Some(because))) => [&format::date_and_time(at), ", ", because].concat(),
    }
}

#[component]
pub(super) fn TestDelivery(app: App, id: String, tested: Held<Last>) -> impl IntoView {
    let told = Told::of("test");
    let test = Held::new(None::<Test>);
    let id = StoredValue::new(id);
    let send = move |_| {
        test.set(None);
        told.ask(async move { connections::test(&id.get_value()).await }, move |done| {
            if let Some((it, last)) = done {
                app.say(if it.status == "PROCESSED" { "The test went well." } else { "The test failed." });
                tested.set(last);
                test.set(Some(it));
            }
        });
    };
    view! {
        <section class="panel" aria-labelledby="test">
            <h2 id="test">"Test delivery"</h2>
            <p class="soft">"Nod makes up a delivery as the platform would send it, signs it with this connection's secret, and judges and reads it as any other. Nothing of it is kept, and nobody comes into being. Whether the platform has the same secret shows with its own first delivery."</p>
            <div class="actions"><button type="button" aria-disabled=told.busy() on:click=on::click(send)>"Send a test delivery"</button></div>
            <p class="problem" role="alert">{live::text(move || told.trouble(&[]))}</p>
            {live::part(move || test.get().map(|it| shown(&it)))}
        </section>
    }
}

fn shown(test: &Test) -> AnyView {
    let list = |names: Vec<String>| if names.is_empty() { "Nothing".to_owned() } else { names.join(", ") };
    let event = if test.event.is_empty() { "Not read".to_owned() } else { test.event.clone() };
    let people = test.identities.iter().map(|it| readable(&it.kind)).collect();
    let advice = test.advice.clone().map(|sentence| view! { <p class="problem">{sentence}</p> });
    view! {
        <div class="outcome" data-status=test.status.to_ascii_lowercase()>
            {advice}
            <dl>
                <dt>"Result"</dt><dd>{chip(&test.status)}</dd>
                <dt>"Event"</dt><dd><code>{event}</code></dd>
                <dt>"Found in it"</dt><dd>{list(test.classes.iter().map(|class| readable(class)).collect())}</dd>
                <dt>"Known by"</dt><dd>{list(people)}</dd>
                <dt>"Consents"</dt><dd>{test.consents.to_string()}</dd>
                <dt>"Size"</dt><dd>{bytes(test.bytes)}</dd>
            </dl>
        </div>
    }
    .into_any()
}
