//! What came through a connection, what was found in it, and what could not be used.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    api::connections::{self, Delivery, Filter},
    app::App,
    doing::{Change, act},
    format,
    load::{Load, Loading, loaded},
    on,
    role::Role,
    rows::CollectAny,
    views::shared::{Chosen, PAGE, chip, columns, empty, filter, pages},
    words::{bytes, readable},
};

const STATUSES: [&str; 3] = ["PROCESSED", "IGNORED", "DEAD_LETTERED"];

#[component]
pub(super) fn Deliveries(app: App, connection: String) -> impl IntoView {
    let list = Loading::new();
    let connection = StoredValue::new(connection);
    let load = move || {
        let route = app.route.get_untracked();
        spawn_local(async move {
            let filter = Filter { connection: connection.get_value(), status: route.get("status").to_owned() };
            let found = connections::deliveries(&filter, PAGE, route.get("after")).await;
            if app.route.with_untracked(|now| *now == route) {
                list.set(Load::of(found));
            }
        });
    };
    Effect::new(move |_| {
        if app.route.with(|route| route.item == connection.get_value()) {
            load();
        }
    });
    view! {
        <section class="panel" aria-labelledby="deliveries">
            <h2 id="deliveries">"Deliveries"</h2>
            <form class="filters">{filter(app, "status", "Status", "All", STATUSES.map(Chosen::named).into())}</form>
            {loaded(list, load, move |page| {
                if page.nodes.is_empty() {
                    return empty("Nothing like that has come. Follow the platform's steps, and send a test from there.");
                }
                let pages = pages(&app.route.get_untracked(), &page.page_info);
                let rows = page.nodes.iter().map(|delivery| row(app, delivery, load)).collect_any();
                view! {
                    <div class="scroll"><table>{columns(&["Event", "Status", "Found", "Received", ""])}<tbody>{rows}</tbody></table></div>
                    {pages}
                }.into_any()
            })}
        </section>
    }
}

fn row(app: App, delivery: &Delivery, load: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    let classes: Vec<String> = delivery.classes.iter().map(|class| readable(class)).collect();
    let found = if classes.is_empty() { "Nothing of use".to_owned() } else { classes.join(", ") };
    let repeats = (delivery.repeats > 0).then(|| format!(", repeated {} times", delivery.repeats));
    let event = if delivery.event.is_empty() { "an unknown event".to_owned() } else { delivery.event.clone() };
    let id = delivery.id.clone();
    let replay = (delivery.is_replayable && app.may(Role::Reviewer)).then(|| {
        let label = ["Replay ", &event].concat();
        let replay = move |_| {
            act(
                app,
                Change::new("replayDelivery").with("delivery", &id),
                "It was read again. Its status says what came of it.",
                load,
            );
        };
        view! { <button type="button" class="quiet small" aria-label=label on:click=on::click(replay)>"Replay"</button> }
    });
    view! {
        <tr>
            <th scope="row" data-label="Event"><code>{event.clone()}</code></th>
            <td data-label="Status"><span>{chip(&delivery.status)}{delivery.reason.clone().map(|why| view! { <span class="soft block">{why}</span> })}</span></td>
            <td data-label="Found">{found}</td>
            <td data-label="Received"><span>{format::date_and_time(&delivery.received_at)}<span class="soft block">{bytes(delivery.bytes)}{repeats}</span></span></td>
            <td class="act">{replay}</td>
        </tr>
    }    .into_any()
}
