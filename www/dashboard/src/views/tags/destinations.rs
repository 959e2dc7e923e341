//! Destinations: how they are, and their secrets, which are set and never shown again.

use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use nod_pages::dom::{value, values};

use crate::{
    api::tags,
    app::App,
    doing::Told,
    live, on,
    plot::grouped,
    role::Role,
    rows::CollectAny,
    tree::Tree,
    views::shared::{Copy, columns},
    words::readable,
};

pub(super) fn destinations(
    app: App,
    site: String,
    list: &[Tree],
    load: impl Fn() + Copy + Send + Sync + 'static,
) -> Option<AnyView> {
    if list.is_empty() {
        return None;
    }
    let rows = list.iter().map(row).collect_any();
    let secrets = app.may(Role::Owner).then(
        || view! { <Secret app site ids=list.iter().map(|it| it.at("id").text().to_owned()).collect() done=load /> },
    );
    let view = view! {
        <section class="panel" aria-labelledby="destinations">
            <h2 id="destinations">"Destinations"</h2>
            <div class="scroll"><table>{columns(&["Destination", "Kind", "State", "Delivered", "Withheld", "Lost"])}<tbody>{rows}</tbody></table></div>
            {secrets}
        </section>
    };
    Some(view.into_any())
}

fn row(it: &Tree) -> impl IntoView + use<> {
    let text = |name: &str| it.at(name).text().to_owned();
    let count = |name: &str| grouped(it.at(name).count());
    let state = match it.at("state").text() {
        "CLOSED" => "Works",
        "OPEN" => "Fails: tried again later",
        _ => "Failed: tried now",
    };
    let secret = (!it.at("hasSecret").is_true()).then_some(", without a secret");
    view! {
        <tr>
            <th scope="row" data-label="Destination"><code>{text("id")}</code></th>
            <td data-label="Kind">{readable(&text("kind"))}</td>
            <td data-label="State"><span>{state}{secret}<span class="soft block">{text("lastError")}</span></span></td>
            <td data-label="Delivered">{count("deliveredCount")}</td>
            <td data-label="Withheld">{count("withheldCount")}</td>
            <td data-label="Lost">{count("lostCount")}</td>
        </tr>
    }
}

#[component]
fn Secret(app: App, site: String, ids: Vec<String>, done: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let told = Told::of("secret");
    let made = RwSignal::new(None::<String>);
    let site = StoredValue::new(site);
    let send = move |sent: SubmitEvent| {
        let Some(values) = values(&sent) else { return };
        let [id, secret] = ["destination", "secret"].map(|name| value(&values, name));
        spawn_local(async move {
            let found = tags::set_secret(&site.get_value(), &id, &secret).await;
            if let Some(secret) = told.hear(found) {
                app.say("The secret was set.");
                if secret.is_some() { made.set(secret) } else { done() }
            }
        });
    };
    let options = ids
        .into_iter()
        .map(|id| {
            let words = id.clone();
            view! { <option value=id>{words}</option> }
        })
        .collect_any();
    view! {
        <details>
            <summary>"Set a secret"</summary>
            {live::part(move || made.get().map(|text| view! { <p>"The secret is not shown again: take it now."</p><Copy app what="secret" text /> }))}
            <form class="form act-form" novalidate on:submit=on::submit(send)>
                <div class="field"><label for="secret-destination">"Destination"</label><select id="secret-destination" name="destination">{options}</select></div>
                <div class="field"><label for="secret-secret">"Secret of the vendor (a webhook's is made where this is empty)"</label><input id="secret-secret" name="secret" type="password" autocomplete="off" aria-describedby="secret-problem" /></div>
                <p id="secret-problem" class="problem" role="alert">{live::text(move || told.trouble(&[]))}</p>
                <div class="actions"><button type="submit">"Set"</button></div>
            </form>
        </details>
    }
}
