//! One connection: where it sends to, how it proves itself, what came of it.

use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use nod_pages::dom::{value, values};

use super::{
    deliveries::Deliveries,
    made::once,
    mapping,
    table::platform,
    test_delivery::{Last, TestDelivery, last},
};
use crate::{
    api::connections::{self, Connection, Made},
    app::App,
    doing::{Change, Told, act},
    format,
    held::Held,
    live,
    load::{Load, Loading, loaded},
    on,
    platforms::by_scheme,
    role::Role,
    route::{Page, Route},
    rows::CollectAny,
    views::shared::{Confirm, Copy, field, heading},
};

#[component]
pub(super) fn Detail(app: App, id: String) -> impl IntoView {
    let list = Loading::new();
    let id = StoredValue::new(id);
    let load = move || spawn_local(async move { list.set(Load::of(connections::list().await)) });
    load();
    let all = Route::to(Page::Connections).address();
    view! {
        <p><a href=all>"All connections"</a></p>
        {loaded(list, load, move |list| match list.into_iter().find(|it| it.id == id.get_value()) {
            Some(connection) => whole(app, &connection, load),
            None => view! { {heading("No such connection")} <p>"The address may be mistyped."</p> }.into_any(),
        })}
        <Deliveries app connection=id.get_value() />
    }
}

fn whole(app: App, connection: &Connection, load: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    let warning = connection.is_failing.then(|| view! {
        <div class="alert" role="alert">
            <p>"Signatures have started to fail: the last delivery was refused. If the platform shows a new secret, set it below; if not, somebody else may be sending."</p>
            <p>{connection.last_refused_because.clone()}</p>
        </div>
    });
    let tested: Held<Last> =
        Held::new(connection.last_tested_at.clone().map(|at| (at, connection.last_tested_because.clone())));
    let moment = |it: &Option<String>| it.as_deref().map(format::date_and_time);
    let rows = [
        ("Platform", Some(platform(connection))),
        ("Shop", connection.shop.clone()),
        ("Since", Some(format::date_and_time(&connection.created_at))),
        ("Last delivery", moment(&connection.last_delivery_at)),
        ("Refused", Some(connection.refused_count.to_string())),
        ("Last refused", moment(&connection.last_refused_at)),
        ("Earlier secret holds until", moment(&connection.secret_rotates_until)),
        ("Disabled", moment(&connection.disabled_at)),
    ];
    let rows =
        rows.into_iter().filter_map(|(name, value)| value.map(|value| view! { <dt>{name}</dt><dd>{value}</dd> }));
    let weak = connection
        .is_weak
        .then(|| view! { <p class="soft">"Its deliveries are not signed, so they only ever take consent back."</p> });
    let owner =
        (app.may(Role::Owner) && connection.disabled_at.is_none()).then(|| owned(app, connection, tested, load));
    let mapped = (connection.source == "CUSTOM" && owner.is_none()).then(|| mapping::panel(app, &connection.id, false));
    view! {
        {heading(&connection.label)}
        {warning}
        <section class="panel" aria-label="About it"><dl>{rows.collect_any()}<dt>"Last test"</dt><dd>{live::part(move || tested.with(last))}</dd></dl>{weak}</section>
        {mapped}
        {owner}
    }
    .into_any()
}

/// What only owners see and do.
fn owned(
    app: App,
    connection: &Connection,
    tested: Held<Last>,
    load: impl Fn() + Copy + Send + Sync + 'static,
) -> AnyView {
    let address = RwSignal::new(None::<String>);
    let id = connection.id.clone();
    spawn_local(async move { address.set(connections::address(&id).await.ok().flatten()) });
    let steps = by_scheme(&connection.source, connection.scheme.as_deref()).map_or(&[][..], |way| way.steps);
    let steps = steps.iter().map(|step| view! { <li>{*step}</li> }).collect_any();
    let id = connection.id.clone();
    let disable = move || {
        act(app, Change::new("disableConnection").with("connection", &id), "It takes no more deliveries.", load);
    };
    let mapped = (connection.source == "CUSTOM").then(|| mapping::panel(app, &connection.id, true));
    view! {
        <section class="panel" aria-labelledby="address">
            <h2 id="address">"Address and steps"</h2>
            {live::part(move || address.get().map(|text| view! { <Copy app what="address" text /> }))}
            <ol class="steps">{steps}</ol>
        </section>
        {mapped}
        <TestDelivery app id=connection.id.clone() tested />
        <Rotate app id=connection.id.clone() done=load />
        <section class="panel" aria-labelledby="disable">
            <h2 id="disable">"Disable"</h2>
            <p><Confirm label="Disable" of=connection.label.clone() warning="Deliveries are refused from now on, for good. What came before stays." act=disable /></p>
        </section>
    }
    .into_any()
}

#[component]
fn Rotate(app: App, id: String, done: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let told = Told::of("rotate");
    let made = Held::new(None::<Made>);
    let id = StoredValue::new(id);
    let send = move |sent: SubmitEvent| {
        let Some(values) = values(&sent) else { return };
        let [secret, overlap] = ["secret", "overlap"].map(|name| value(&values, name));
        spawn_local(async move {
            let found = connections::rotate(&id.get_value(), &secret, overlap.parse().unwrap_or(86_400)).await;
            if let Some(it) = told.hear(found) {
                app.say("The new secret holds.");
                made.set(Some(Made { url: String::new(), ..it }));
                if secret.is_empty() {
                    // Read anew this would be gone: it is shown until the page is left.
                    return;
                }
                done();
            }
        });
    };
    view! {
        <section class="panel" aria-labelledby="rotate">
            <h2 id="rotate">"New secret"</h2>
            {live::part(move || made.get().map(|made| once(app, &made, &[])))}
            <form class="form act-form" novalidate on:submit=on::submit(send)>
                {field(told, "rotate-secret", "secret", "The secret that the platform shows (empty: one is made)", "text")}
                <div class="field">
                    <label for="rotate-overlap">"The earlier secret"</label>
                    <select id="rotate-overlap" name="overlap">
                        <option value="86400">"Holds for a day, too"</option>
                        <option value="604800">"Holds for a week, too"</option>
                        <option value="0">"Ends at once: it is in wrong hands"</option>
                    </select>
                </div>
                <p class="problem" role="alert">{live::text(move || told.trouble(&["secret"]))}</p>
                <div class="actions"><button type="submit">"Set"</button></div>
            </form>
        </section>
    }
}
