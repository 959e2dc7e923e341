//! One site: its snippet, its origins, its purposes, its look.

use js_sys::Array;
use leptos::{ev::SubmitEvent, prelude::*};
use nod_pages::dom::{value, values};

use super::look::look;
use crate::{
    api::site::Settings,
    app::App,
    doing::{Change, Told},
    format, live, on,
    role::Role,
    route::{Page, Route},
    rows::CollectAny,
    views::shared::{Copy, columns},
    words::readable,
};

pub(super) fn settings(app: App, site: &Settings, load: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    let notice = Route::to(Page::Consent).with("site", &site.key).address();
    let owner = app.may(Role::Owner).then(
        || view! { <Edit app key=site.key.clone() name=site.name.clone() origins=site.origins.clone() done=load /> },
    );
    let (title, origins) = (site.name.clone(), site.origins.join(", "));
    let heading = ["site-", &site.key].concat();
    let id = heading.clone();
    view! {
        <section class="panel" aria-labelledby=heading>
            <h2 id=id>{title}</h2>
            <p>"Put this one tag into the head of every page, before everything else. Nothing that asks for consent fires before it."</p>
            <Copy app what="snippet" text=site.snippet.clone() />
            <dl>
                <dt>"Origins"</dt><dd>{origins}</dd>
                <dt>"Notice"</dt><dd><a href=notice>"Version "{site.notice_version}</a>", published "{format::date_and_time(&site.published_at)}</dd>
                <dt>"Languages"</dt><dd>{site.locales.join(", ")}</dd>
                <dt>"Privacy policy"</dt><dd>{site.privacy_policy.clone()}</dd>
            </dl>
            {purposes(site)}
            {look(app, site, load)}
            {owner}
        </section>
    }
    .into_any()
}

fn purposes(site: &Settings) -> AnyView {
    let rows = site.purposes.iter().map(|purpose| {
        let basis = if purpose.essential { "Always there".to_owned() } else { readable(&purpose.legal_basis) };
        let sale = purpose.sale_or_sharing.then_some(", sale or sharing");
        view! {
            <tr>
                <th scope="row" data-label="Purpose">{purpose.name.clone()}</th>
                <td data-label="Basis">{basis}{sale}</td>
                <td data-label="Kept">{purpose.retention_days}" days"</td>
                <td data-label="Vendors">{purpose.vendors.join(", ")}</td>
            </tr>
        }
    });
    let rows = rows.collect_any();
    view! { <h3>"Purposes"</h3><div class="scroll"><table>{columns(&["Purpose", "Basis", "Kept", "Vendors"])}<tbody>{rows}</tbody></table></div> }
        .into_any()
}

#[component]
fn Edit(
    app: App,
    key: String,
    name: String,
    origins: Vec<String>,
    done: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let told = Told::of("site");
    let key = StoredValue::new(key);
    let origins = origins.join("\n");
    let send = move |sent: SubmitEvent| {
        let Some(values) = values(&sent) else { return };
        let list = Array::new();
        for origin in value(&values, "origins").split_whitespace() {
            list.push(&origin.into());
        }
        let change = Change::new("updateSite")
            .with_value("key", key.get_value())
            .with_value("name", value(&values, "name"))
            .with_value("origins", list);
        told.send(change, move || {
            app.say("The site was changed.");
            done();
        });
    };
    view! {
        <details>
            <summary>"Change name and origins"</summary>
            <form class="form act-form" novalidate on:submit=on::submit(send)>
                <div class="field"><label for="site-name">"Name"</label><input id="site-name" name="name" autocomplete="off" value=name aria-describedby="site-name-problem" /><p id="site-name-problem" class="problem" role="alert">{live::text(move || told.problem("name"))}</p></div>
                <div class="field"><label for="site-origins">"Origins, one a line: https://shop.example"</label><textarea id="site-origins" name="origins" rows="3" aria-describedby="site-origins-problem">{origins}</textarea><p id="site-origins-problem" class="problem" role="alert">{live::text(move || told.problem("origins"))}</p></div>
                <p class="problem" role="alert">{live::text(move || told.trouble(&["name", "origins"]))}</p>
                <div class="actions"><button type="submit">"Save"</button></div>
            </form>
        </details>
    }
}
