//! Connections as a table, each with what is wrong with it.

use leptos::prelude::*;

use crate::{
    api::connections::Connection,
    format,
    platforms::by_scheme,
    route::{Page, Route},
    rows::CollectAny,
    views::shared::columns,
    words::readable,
};

pub(super) fn table(list: &[Connection]) -> AnyView {
    let rows = list.iter().map(row).collect_any();
    view! { <div class="scroll"><table>{columns(&["Connection", "Platform", "Last delivery", "State"])}<tbody>{rows}</tbody></table></div> }
        .into_any()
}

fn row(connection: &Connection) -> impl IntoView + use<> {
    let address = Route::to_item(Page::Connections, &connection.id).address();
    let last = connection.last_delivery_at.as_deref().map_or_else(|| "None yet".to_owned(), format::date_and_time);
    let state = state(connection);
    view! {
        <tr data-connection=connection.id.clone()>
            <th scope="row" data-label="Connection"><a href=address>{connection.label.clone()}</a></th>
            <td data-label="Platform">{platform(connection)}</td>
            <td data-label="Last delivery">{last}</td>
            <td data-label="State">{state}</td>
        </tr>
    }
}

/// What people call the platform.
pub(crate) fn platform(connection: &Connection) -> String {
    by_scheme(&connection.source, connection.scheme.as_deref())
        .map_or_else(|| readable(&connection.source), |way| way.title.to_owned())
}

/// Whether it works.
pub(crate) fn state(connection: &Connection) -> AnyView {
    if connection.disabled_at.is_some() {
        return view! { <span class="chip">"Disabled"</span> }.into_any();
    }
    if connection.is_failing {
        return view! { <span class="chip" data-state="failing">"Signatures fail"</span> }.into_any();
    }
    view! { <span class="chip" data-state="fine">{if connection.last_delivery_at.is_some() { "Works" } else { "Waits for the first" }}</span> }
        .into_any()
}
