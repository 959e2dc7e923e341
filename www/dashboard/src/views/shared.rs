//! What several pages share.

use leptos::prelude::*;

use crate::{
    api::Request,
    format,
    words::{days_left, readable, urgency},
};

/// A page's heading. It takes the focus when the page opens, so that reading begins there.
pub(crate) fn heading(text: &'static str) -> impl IntoView {
    view! { <h1 tabindex="-1">{text}</h1> }
}

/// Where something stands, in a word.
pub(crate) fn chip(state: &str) -> impl IntoView + use<> {
    view! { <span class="chip" data-state=state.to_ascii_lowercase()>{readable(state)}</span> }
}

/// Requests as a table; on a telephone each is a card.
pub(crate) fn table(requests: Vec<Request>) -> impl IntoView {
    view! {
        <div class="scroll">
            <table>
                <thead><tr><th scope="col">"Request"</th><th scope="col">"Asks for"</th><th scope="col">"Status"</th><th scope="col">"Due"</th><th scope="col">"Law"</th><th scope="col">"Received"</th></tr></thead>
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
    view! {
        <tr data-request=request.id>
            <th scope="row" data-label="Request"><code>{request.number}</code></th>
            <td data-label="Asks for">{readable(&request.kind)}</td>
            <td data-label="Status">{chip(&request.status)}</td>
            <td data-label="Due">{due}<span class="soft">{format::last_day(&request.due_at)}</span></td>
            <td data-label="Law">{request.law.name}</td>
            <td data-label="Received">{format::date_and_time(&request.received_at)}</td>
        </tr>
    }
}
