//! One record with its proof, and all that its visitor chose before and after.

use leptos::{prelude::*, task::spawn_local};

use super::records::table;
use crate::{
    api::consent::{self, Record as Stored},
    app::App,
    format,
    laws::choice,
    load::{Load, Loading, loaded},
    route::{Page, Route},
    rows::CollectAny,
    views::shared::{Copy, heading},
    words::readable,
};

#[component]
pub(super) fn Record(app: App, id: String) -> impl IntoView {
    let record = Loading::new();
    let history = Loading::new();
    let id = StoredValue::new(id);
    let load = move || {
        spawn_local(async move {
            let found = consent::record(&id.get_value()).await;
            let of =
                found.as_ref().ok().and_then(Option::as_ref).and_then(|it| it.site.clone().zip(it.visitor.clone()));
            record.set(Load::of(found));
            history.set(match of {
                Some((site, visitor)) => Load::of(consent::history(&site, &visitor).await),
                None => Load::Here(Vec::new()),
            });
        });
    };
    load();
    let all = Route::to(Page::Consent).address();
    view! {
        <p><a href=all>"Consent"</a></p>
        {heading("Consent record")}
        {loaded(record, load, move |found| match found {
            Some(record) => view! {
                {one(app, &record)}
                <section class="panel" aria-labelledby="same">
                    <h2 id="same">"Everything that this visitor chose"</h2>
                    {loaded(history, load, table)}
                </section>
            }.into_any(),
            None => view! { <p class="empty">"There is no record with this id. A receipt shows it as its id; look whether all of it was taken over."</p> }.into_any(),
        })}
    }
}

fn one(app: App, record: &Stored) -> AnyView {
    let purposes = record
        .purposes
        .iter()
        .map(|it| view! { <li>{it.id.clone()}<strong>{if it.granted { "Yes" } else { "No" }}</strong></li> });
    let gpc = record.gpc.map(|gpc| if gpc { "The browser objected by it" } else { "Not sent" }.to_owned());
    let rows = [
        ("Chosen", Some(choice(&record.action).to_owned())),
        ("When", Some(format::date_and_time(&record.at))),
        ("Where", record.surface.as_deref().map(readable)),
        ("Law", Some(record.regime.clone())),
        ("From", record.region.clone()),
        ("Global Privacy Control", gpc),
        ("Notice", Some(format!("Version {}, in {}", record.notice_version, record.locale))),
        ("Its fingerprint", record.notice_fingerprint.clone()),
        ("Site", record.site.clone()),
        ("Visitor", record.visitor.clone()),
        ("Replaced", record.previous.clone()),
    ];
    let rows =
        rows.into_iter().filter_map(|(name, value)| value.map(|value| view! { <dt>{name}</dt><dd>{value}</dd> }));
    view! {
        <section class="panel" aria-labelledby="choice">
            <h2 id="choice">"The choice"</h2>
            <ul class="history">{purposes.collect_any()}</ul>
            <dl>{rows.collect_any()}</dl>
            <h3>"The receipt"</h3>
            <p class="soft">"Signed. Whoever has it can verify it in the transparency centre, without us."</p>
            <Copy app what="receipt" text=record.receipt.clone() />
        </section>
    }
    .into_any()
}
