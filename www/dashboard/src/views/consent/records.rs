//! The newest choices, and one by its id.

use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use nod_pages::dom::{value, values};

use crate::{
    api::consent::{self, Record},
    app::App,
    format,
    laws::choice,
    load::{Load, loaded},
    route::{Page, Route},
    views::shared::{columns, empty, pages},
};

#[component]
pub(super) fn Records(app: App, site: String) -> impl IntoView {
    let list = RwSignal::new(Load::Waiting);
    let site = StoredValue::new(site);
    let load = move || {
        let route = app.route.get_untracked();
        spawn_local(async move {
            let found = consent::records(&site.get_value(), 10, route.get("after")).await;
            if app.route.with_untracked(|now| *now == route) {
                list.set(Load::of(found));
            }
        });
    };
    Effect::new(move |_| {
        if app.route.with(|route| route.page == Some(Page::Consent) && route.item.is_empty()) {
            load();
        }
    });
    let find = move |sent: SubmitEvent| {
        let Some(values) = values(&sent) else { return };
        let id = value(&values, "record");
        if !id.is_empty() {
            app.go(&Route::to_item(Page::Consent, &id));
        }
    };
    view! {
        <section class="panel" aria-labelledby="records">
            <h2 id="records">"Records"</h2>
            <form class="inline" role="search" on:submit=find>
                <input name="record" aria-label="Id of a record" placeholder="Id of a record, as the receipt shows it" autocomplete="off" spellcheck="false" />
                <button type="submit" class="quiet">"Open"</button>
            </form>
            {loaded(list, load, move |page| {
                if page.nodes.is_empty() {
                    return empty("Nobody has chosen yet. Choices are recorded as soon as the tag is on the page.");
                }
                let pages = pages(&app.route.get_untracked(), &page.page_info);
                view! { {table(page.nodes)} {pages} }.into_any()
            })}
        </section>
    }
}

/// Records as a table, each with the way to its proof.
pub(super) fn table(records: Vec<Record>) -> AnyView {
    let rows = records.into_iter().map(|record| {
        let address = Route::to_item(Page::Consent, &record.id).address();
        let granted: Vec<String> = record.purposes.iter().filter(|it| it.granted).map(|it| it.id.clone()).collect();
        let gpc = record.gpc.unwrap_or_default().then_some(" (GPC)");
        view! {
            <tr>
                <th scope="row" data-label="When"><a href=address>{format::date_and_time(&record.at)}</a></th>
                <td data-label="Choice">{choice(&record.action).to_owned()}{gpc}</td>
                <td data-label="Granted">{granted.join(", ")}</td>
                <td data-label="Law">{record.regime}</td>
                <td data-label="Notice">{record.notice_version}" · "{record.locale}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <div class="scroll"><table>{columns(&["When", "Choice", "Granted", "Law", "Notice"])}<tbody>{rows}</tbody></table></div> }
        .into_any()
}
