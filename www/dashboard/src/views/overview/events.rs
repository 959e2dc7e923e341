//! What happened on the site: what consent allowed, what was blocked for want of it, and what went on to destinations.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    api::numbers::{self, DestinationSummary, EventPurpose, EventSummary, Period},
    format,
    load::{Load, Loading, loaded},
    plot::{grouped, percent},
    rows::CollectAny,
    views::shared::{columns, columns_plot, figure, share_bar},
};

#[component]
pub(super) fn Events(period: Period, is_cut: bool) -> impl IntoView {
    let summary = Loading::new();
    let period = StoredValue::new(period);
    let load = move || {
        spawn_local(async move { summary.set(Load::of(numbers::events(&period.get_value()).await)) });
    };
    load();
    view! {
        <section class="panel" aria-labelledby="events">
            <h2 id="events">"Events"</h2>
            {is_cut.then(|| view! { <p class="soft">"Of the last 90 days: events are counted by the hour, and added up of no more."</p> })}
            {loaded(summary, load, |summary| summary.filter(|it| !it.events.is_empty()).map_or_else(none, |it| shown(&it)))}
        </section>
    }
}

fn none() -> AnyView {
    view! { <p>"No event came in this period. Mark up what happens on your pages, or write rules on the page Tags."</p> }.into_any()
}

fn shown(summary: &EventSummary) -> AnyView {
    let mut events = summary.events.clone();
    events.sort_by_key(|event| std::cmp::Reverse(event.accepted.saturating_add(event.blocked)));
    let rows = events.into_iter().take(15).map(|event| {
        let allowed = percent(event.accepted, event.accepted.saturating_add(event.blocked)).unwrap_or_default();
        view! {
            <tr>
                <th scope="row" data-label="Event"><code>{event.name}</code></th>
                <td data-label="Allowed">{grouped(event.accepted)}</td>
                <td data-label="Blocked">{grouped(event.blocked)}</td>
                <td data-label="Share">{share_bar(allowed)}</td>
            </tr>
        }
    });
    let rows = rows.collect_any();
    let before = summary.before;
    let numbers = [
        ("Allowed", summary.accepted, before.accepted),
        ("Blocked", summary.blocked, before.blocked),
        ("Dropped by limits", summary.dropped, before.dropped),
        ("Visits", summary.visits, before.visits),
    ];
    let numbers = numbers.map(|(name, now, before)| figure(name, grouped(now), [&grouped(before), " before"].concat()));
    let days = summary.days.iter().map(|it| (format::last_day(&it.day), [it.accepted, it.blocked]));
    view! {
        <div class="numbers">{numbers.collect_any()}</div>
        {columns_plot("Events by day", ["Allowed", "Blocked"], &days.collect::<Vec<_>>())}
        <dl>
            <dt>"Allowed"</dt><dd>"It came, and the visitor's recorded choice, or the law where there is none, allows its purpose."</dd>
            <dt>"Held"</dt><dd>"It waits in the visitor's page until there is a choice, and never comes here before. So there is no count of what is held now: it ends as allowed, or is dropped where it is."</dd>
            <dt>"Blocked"</dt><dd>"It came, and the record does not allow its purpose: it was dropped here, and only counted. What a page knows to be refused it drops itself, and tells nobody."</dd>
            <dt>"Dropped"</dt><dd>"More waited in a page than it holds, or it came more than a week late."</dd>
        </dl>
        {purposes(&summary.purposes)}
        <h3>"By event"</h3>
        <div class="scroll"><table>{columns(&["Event", "Allowed", "Blocked", "Share"])}<tbody>{rows}</tbody></table></div>
        {destinations(&summary.destinations)}
    }
    .into_any()
}

fn purposes(list: &[EventPurpose]) -> Option<AnyView> {
    let rows = list.iter().map(|it| {
        let allowed = percent(it.accepted, it.accepted.saturating_add(it.blocked)).unwrap_or_default();
        view! {
            <tr>
                <th scope="row" data-label="Purpose">{it.purpose.clone()}</th>
                <td data-label="Allowed">{grouped(it.accepted)}</td>
                <td data-label="Blocked">{grouped(it.blocked)}</td>
                <td data-label="Share">{share_bar(allowed)}</td>
            </tr>
        }
    });
    let rows = rows.collect_any();
    let view = view! { <h3>"By purpose"</h3><div class="scroll"><table>{columns(&["Purpose", "Allowed", "Blocked", "Share"])}<tbody>{rows}</tbody></table></div> };
    (!list.is_empty()).then(|| view.into_any())
}

fn destinations(list: &[DestinationSummary]) -> Option<AnyView> {
    let rows = list.iter().map(|it| {
        view! {
            <tr>
                <th scope="row" data-label="Destination"><code>{it.id.clone()}</code></th>
                <td data-label="Delivered">{grouped(it.delivered)}</td>
                <td data-label="Withheld">{grouped(it.withheld)}</td>
                <td data-label="Lost">{grouped(it.lost)}</td>
            </tr>
        }
    });
    let rows = rows.collect_any();
    let view = view! { <h3>"Destinations"</h3><p class="soft">"Withheld is what was allowed when it came, and no longer when it was to be sent on: it was not sent."</p><div class="scroll"><table>{columns(&["Destination", "Delivered", "Withheld", "Lost"])}<tbody>{rows}</tbody></table></div> };
    (!list.is_empty()).then(|| view.into_any())
}
