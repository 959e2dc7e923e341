//! The newest choices, and one by its id.

use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use nod_pages::dom::{value, values};

use crate::{
    api::{
        consent::{self, Record},
        json,
    },
    app::App,
    format,
    laws::choice,
    live,
    load::{Load, Loading, loaded, sentence},
    on,
    receipt::Given,
    route::{Page, Route},
    rows::CollectAny,
    views::shared::{columns, empty, pages},
};

#[component]
pub(super) fn Records(app: App, site: String) -> impl IntoView {
    let list = Loading::new();
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
    let problem = RwSignal::new(String::new());
    let find = move |sent: SubmitEvent| {
        let Some(values) = values(&sent) else { return };
        let text = value(&values, "record");
        problem.set(String::new());
        spawn_local(async move {
            match found(&text).await {
                Ok(Some(id)) => app.go(&Route::to_item(Page::Consent, &id)),
                Ok(None) => {}
                Err(why) => problem.set(why),
            }
        });
    };
    view! {
        <section class="panel" aria-labelledby="records">
            <h2 id="records">"Records"</h2>
            <form class="inline" role="search" on:submit=on::submit(find)>
                <input name="record" aria-label="A receipt, or the id of a record" placeholder="A visitor's receipt, or a record's id" autocomplete="off" spellcheck="false" aria-describedby="record-problem" />
                <button type="submit" class="quiet">"Open"</button>
            </form>
            <p id="record-problem" class="problem" role="alert">{live::text(move || problem.get())}</p>
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

/// The id of the record that somebody looks for, by itself or by a receipt of it, which is held against the record's own; or what is wrong.
async fn found(text: &str) -> Result<Option<String>, String> {
    let receipt = match Given::read(text) {
        Given::Id("") => return Ok(None),
        Given::Id(id) => return Ok(Some(id.to_owned())),
        Given::Receipt(receipt) => receipt,
    };
    let id = json::of_base64url(receipt.body).map(|record| record.at("id").text().to_owned()).unwrap_or_default();
    if id.is_empty() {
        return Err("This is no receipt. Look whether all of it was taken over.".to_owned());
    }
    match consent::record(&id).await {
        Ok(Some(record)) if receipt.is(&record.receipt) => Ok(Some(id)),
        Ok(Some(_)) => {
            Err("This receipt was not issued as it is: the record of its id says something else.".to_owned())
        }
        Ok(None) => Err("There is no record of this receipt here. It may be another controller's.".to_owned()),
        Err(trouble) => Err(sentence(&trouble)),
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
    let rows = rows.collect_any();
    view! { <div class="scroll"><table>{columns(&["When", "Choice", "Granted", "Law", "Notice"])}<tbody>{rows}</tbody></table></div> }
        .into_any()
}
