//! What happened on the site, what was held back for want of consent, and what went on to destinations.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    api::numbers::{self, DestinationSummary, EventSummary, Period},
    load::{Load, loaded},
    plot::{grouped, percent},
    views::shared::{columns, share_bar},
};

#[component]
pub(super) fn Events(period: Period) -> impl IntoView {
    let summary = RwSignal::new(Load::Waiting);
    let period = StoredValue::new(period);
    let load = move || {
        spawn_local(async move { summary.set(Load::of(numbers::events(&period.get_value()).await)) });
    };
    load();
    view! {
        <section class="panel" aria-labelledby="events">
            <h2 id="events">"Events"</h2>
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
    let rows = rows.collect_view();
    let numbers = [
        ("Allowed", summary.accepted),
        ("Blocked for want of consent", summary.blocked),
        ("Dropped by limits", summary.dropped),
        ("Visits", summary.visits),
    ];
    let numbers =
        numbers.map(|(name, value)| view! { <p><span class="soft">{name}</span><strong>{grouped(value)}</strong></p> });
    view! {
        <div class="numbers">{numbers.into_iter().collect_view()}</div>
        <div class="scroll"><table>{columns(&["Event", "Allowed", "Blocked", "Share"])}<tbody>{rows}</tbody></table></div>
        {destinations(&summary.destinations)}
    }
    .into_any()
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
    let rows = rows.collect_view();
    let view = view! { <h3>"Destinations"</h3><div class="scroll"><table>{columns(&["Destination", "Delivered", "Withheld", "Lost"])}<tbody>{rows}</tbody></table></div> };
    (!list.is_empty()).then(|| view.into_any())
}
