//! Requests as a table.

use leptos::prelude::*;

use crate::{
    api::requests::Request,
    format,
    route::{Page, Route},
    views::shared::{chip, columns},
    words::{days_left, readable, urgency},
};

/// Requests as a table; on a telephone each is a card.
pub(crate) fn table(requests: Vec<Request>) -> impl IntoView {
    view! {
        <div class="scroll">
            <table>
                {columns(&["Request", "Asks for", "Status", "Due", "Law", "Received"])}
                <tbody>{requests.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}

fn row(request: Request) -> impl IntoView {
    let is_open = matches!(request.status.as_str(), "RECEIVED" | "IN_PROGRESS" | "ON_HOLD");
    let days = request.days_left.map(i64::from).filter(|_| is_open);
    let due = days.map(|days| {
        view! { <span class="due" data-urgency=urgency(days)>{days_left(days)}</span>" " }
    });
    let address = Route::to_item(Page::Requests, &request.id).address();
    view! {
        <tr data-request=request.id>
            <th scope="row" data-label="Request"><a href=address><code>{request.number}</code></a></th>
            <td data-label="Asks for">{readable(&request.kind)}</td>
            <td data-label="Status">{chip(&request.status)}</td>
            <td data-label="Due">{due}<span class="soft">{format::last_day(&request.due_at)}</span></td>
            <td data-label="Law">{request.law.name}</td>
            <td data-label="Received">{format::date_and_time(&request.received_at)}</td>
        </tr>
    }
}
