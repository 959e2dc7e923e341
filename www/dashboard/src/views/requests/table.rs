//! Requests as a table.

use leptos::prelude::*;

use super::bulk::Chosen;
use crate::{
    api::requests::Request,
    format, on,
    route::{Page, Route},
    rows::CollectAny,
    views::shared::{chip, columns},
    words::{days_left, readable, urgency},
};

/// Requests as a table; on a telephone each is a card.
pub(crate) fn table(requests: Vec<Request>, chosen: Option<Chosen>) -> impl IntoView {
    let head: &[&'static str] = match chosen {
        Some(_) => &["Choose", "Request", "Asks for", "Status", "Due", "Law", "Received"],
        None => &["Request", "Asks for", "Status", "Due", "Law", "Received"],
    };
    view! {
        <div class="scroll">
            <table>
                {columns(head)}
                <tbody>{requests.into_iter().map(|request| row(request, chosen)).collect_any()}</tbody>
            </table>
        </div>
    }
}

fn row(request: Request, chosen: Option<Chosen>) -> impl IntoView {
    let is_open = matches!(request.status.as_str(), "RECEIVED" | "IN_PROGRESS" | "ON_HOLD");
    let days = request.days_left.map(i64::from).filter(|_| is_open);
    let due = days.map(|days| {
        view! { <span class="due" data-urgency=urgency(days)>{days_left(days)}</span>" " }
    });
    let address = Route::to_item(Page::Requests, &request.id).address();
    view! {
        <tr data-request=request.id.clone()>
            {chosen.map(|chosen| choice(&request, chosen))}
            <th scope="row" data-label="Request"><a href=address><code>{request.number}</code></a></th>
            <td data-label="Asks for">{readable(&request.kind)}</td>
            <td data-label="Status">{chip(&request.status)}</td>
            <td data-label="Due">{due}<span class="soft">{format::last_day(&request.due_at)}</span></td>
            <td data-label="Law">{request.law.name}</td>
            <td data-label="Received">{format::date_and_time(&request.received_at)}</td>
        </tr>
    }
}

/// Puts a request among those that are chosen, or takes it out.
fn choice(request: &Request, chosen: Chosen) -> impl IntoView + use<> {
    let label = ["Choose ", &request.number].concat();
    let id = StoredValue::new(request.id.clone());
    let is_chosen = move || chosen.with(|chosen| id.with_value(|id| chosen.contains(id)));
    let turn = move |_| {
        let (is_in, id) = (is_chosen(), id.get_value());
        chosen.update(|chosen| if is_in { chosen.retain(|it| *it != id) } else { chosen.push(id) });
    };
    view! { <td data-label="Choose"><input type="checkbox" aria-label=label prop:checked=is_chosen on:change=on::change(turn) /></td> }
}
