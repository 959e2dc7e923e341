//! What platforms sent in the period, beside the one before: by day, by connection, and where something is wrong with it.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    api::{
        connections::Connection,
        delivered::{self, Counts, Delivered, OfConnection},
        numbers::Period,
    },
    format,
    load::{Load, Loading, loaded},
    plot::grouped,
    route::{Page, Route},
    rows::CollectAny,
    views::{
        connections::{platform, state},
        shared::{columns, columns_plot, figure},
    },
};

/// `connections` are loaded by the page, which warns of those that fail.
#[component]
pub(super) fn Connected(
    connections: Loading<Vec<Connection>>,
    again: impl Fn() + Copy + Send + Sync + 'static,
    period: Period,
) -> impl IntoView {
    let summary = Loading::new();
    let period = StoredValue::new(period);
    let load = move || spawn_local(async move { summary.set(Load::of(delivered::summary(&period.get_value()).await)) });
    load();
    let all = Route::to(Page::Connections).address();
    view! {
        <section class="panel" aria-labelledby="connected">
            <div class="head"><h2 id="connected">"Connections"</h2><a href=all>"All connections"</a></div>
            {loaded(connections, again, move |list| if list.is_empty() {
                view! { <p>"No platform is connected. On the page Connections an owner makes the first one."</p> }.into_any()
            } else {
                loaded(summary, load, move |summary| shown(&list, &summary))
            })}
        </section>
    }
}

fn shown(list: &[Connection], summary: &Delivered) -> AnyView {
    let (now, before) = (summary.now, summary.before);
    let of = |name, count: fn(Counts) -> u32| figure(name, grouped(count(now)), compared(count(before)));
    let days = summary.days.iter().map(|it| (format::last_day(&it.day), [it.processed, it.failed, it.ignored]));
    let rows = summary.connections.iter().filter_map(|of| Some(row(list.iter().find(|it| it.id == of.id)?, of)));
    let rows = rows.collect_any();
    view! {
        <div class="numbers">
            {of("Deliveries", Counts::deliveries)}
            {of("Could not be used", |counts| counts.dead_lettered)}
            {of("Refused", |counts| counts.refused)}
            {of("Came again", |counts| counts.duplicates)}
        </div>
        <p class="soft">"Failed is what could not be used, and what was refused because its signature is not right. What came again had its effect once."</p>
        {columns_plot("Deliveries by day", ["Processed", "Failed", "Concern nobody"], &days.collect::<Vec<_>>())}
        <div class="scroll"><table>{columns(&["Connection", "Platform", "Deliveries", "Failed", "Last delivery", "State"])}<tbody>{rows}</tbody></table></div>
    }
    .into_any()
}

fn row(connection: &Connection, of: &OfConnection) -> impl IntoView + use<> {
    let address = Route::to_item(Page::Connections, &connection.id).address();
    let last = connection.last_delivery_at.as_deref().map_or_else(|| "None yet".to_owned(), format::date_and_time);
    let cell = |count: fn(Counts) -> u32| {
        view! { <span>{grouped(count(of.now))}<span class="soft block before">{compared(count(of.before))}</span></span> }
    };
    view! {
        <tr data-connection=connection.id.clone()>
            <th scope="row" data-label="Connection"><a href=address>{connection.label.clone()}</a></th>
            <td data-label="Platform">{platform(connection)}</td>
            <td data-label="Deliveries">{cell(Counts::deliveries)}</td>
            <td data-label="Failed">{cell(Counts::failed)}</td>
            <td data-label="Last delivery">{last}</td>
            <td data-label="State">{state(connection)}</td>
        </tr>
    }
}

fn compared(before: u32) -> String {
    [&grouped(before), " before"].concat()
}
