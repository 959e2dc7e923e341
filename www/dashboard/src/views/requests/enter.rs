//! A request that came by phone or post is entered by hand. Its time runs from the day it came.

use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use nod_pages::{
    dom::{value, values},
    graphql::text,
};
use web_sys::FormData;

use super::queue::KINDS;
use crate::{
    api::{
        numbers::{self, Site},
        review,
    },
    app::App,
    doing::Told,
    live,
    load::{Load, Loading, loaded},
    on,
    route::{Page, Route},
    rows::CollectAny,
    views::shared::{field, heading, long_field},
    words::readable,
};

#[component]
pub(super) fn Enter(app: App) -> impl IntoView {
    let sites = Loading::new();
    let load = move || spawn_local(async move { sites.set(Load::of(numbers::sites().await)) });
    load();
    let all = Route::to(Page::Requests).address();
    view! {
        <p><a href=all>"All requests"</a></p>
        {heading("Enter a request")}
        {loaded(sites, load, move |sites| view! { <Form app sites /> }.into_any())}
    }
}

#[component]
fn Form(app: App, sites: Vec<Site>) -> impl IntoView {
    let told = Told::of("enter");
    let words = RwSignal::new(String::new());
    let send = move |sent: SubmitEvent| {
        let Some(values) = values(&sent) else { return };
        spawn_local(async move {
            let found = review::enter(&input(&values)).await;
            if let Some(id) = told.hear(found) {
                app.say("The request was entered.");
                app.go(&Route::to_item(Page::Requests, &id));
            }
        });
    };
    let locales: Vec<String> = sites.first().map(|site| site.locales.clone()).unwrap_or_default();
    let sites = sites.into_iter().map(|site| view! { <option value=site.key>{site.name}</option> }).collect_any();
    let kinds = KINDS.iter().map(|kind| view! { <option value=*kind>{readable(kind)}</option> }).collect_any();
    let locales = locales
        .into_iter()
        .map(|locale| {
            let words = locale.clone();
            view! { <option value=locale>{words}</option> }
        })
        .collect_any();
    view! {
        <form class="panel form" novalidate on:submit=on::submit(send)>
            <div class="field"><label for="enter-site">"Site"</label><select id="enter-site" name="site">{sites}</select></div>
            <div class="field"><label for="enter-kind">"Asks for"</label><select id="enter-kind" name="kind">{kinds}</select></div>
            {field(told, "enter-email", "email", "E-mail address", "email")}
            {field(told, "enter-name", "name", "Name (if known)", "text")}
            {long_field(told, "enter-message", "message", "What was said", words)}
            {field(told, "enter-region", "region", "Where they live: DE, US-CA (if known)", "text")}
            <div class="field"><label for="enter-locale">"Language of answers"</label><select id="enter-locale" name="locale">{locales}</select></div>
            {field(told, "enter-receivedAt", "receivedAt", "The day it came (today if left out)", "date")}
            <label class="check"><input type="checkbox" name="isVerified" value="yes" /><span>"I have seen proof that it is this person. Without it, they get a link to prove their address first."</span></label>
            <p class="problem" role="alert">{live::text(move || told.trouble(&["email", "name", "message", "region", "receivedAt"]))}</p>
            <div class="actions"><button type="submit" aria-disabled=told.busy()>"Enter"</button></div>
        </form>
    }
}

fn input(values: &FormData) -> Vec<(&'static str, wasm_bindgen::JsValue)> {
    let day = value(values, "receivedAt");
    let moment = if day.is_empty() { String::new() } else { [&day, "T00:00:00Z"].concat() };
    let mut input: Vec<(&str, wasm_bindgen::JsValue)> =
        ["name", "message", "locale", "region"].map(|name| (name, text(&value(values, name)))).into();
    input.extend(["site", "kind", "email"].map(|name| (name, value(values, name).into())));
    input.push(("receivedAt", text(&moment)));
    input.push(("isVerified", (value(values, "isVerified") == "yes").into()));
    input
}
