//! A token is made.

use js_sys::{Array, Date};
use leptos::{ev::SubmitEvent, prelude::*};
use nod_pages::dom::{object, value, values};
use wasm_bindgen::JsValue;
use web_sys::FormData;

use super::shared::field;
use crate::{api::staff::create_token, app::App, doing::Told, live, on, rows::CollectAny, words::readable};

const SCOPES: [&str; 9] =
    ["CONSENT", "EVENTS", "CONNECTIONS", "PEOPLE", "REQUESTS", "TAGS", "JOURNAL", "SITES", "STAFF"];
const DAY: f64 = 24.0 * 60.0 * 60.0 * 1000.0;

#[component]
pub(crate) fn TokenForm(app: App, done: impl Fn(String) + Copy + Send + Sync + 'static) -> impl IntoView {
    let told = Told::of("token");
    let make = move |sent: SubmitEvent| {
        let Some(values) = values(&sent) else { return };
        let input = input(&values);
        told.ask(async move { create_token(input).await }, move |secret| {
            app.say("The token was made.");
            if let Some(secret) = secret {
                done(secret);
            }
        });
    };
    let scopes = SCOPES.map(|scope| {
        view! { <label class="check"><input type="checkbox" name="scopes" value=scope /><span>{readable(scope)}</span></label> }
    });
    view! {
        <form class="panel form" novalidate aria-labelledby="token" on:submit=on::submit(make)>
            <h2 id="token">"Make a token"</h2>
            {field(told, "token-label", "label", "Label", "text")}
            <div class="field">
                <label for="token-role">"Its role"</label>
                <select id="token-role" name="role">
                    <option value="VIEWER">"Viewer: reads"</option>
                    <option value="REVIEWER">"Reviewer: also works on requests"</option>
                    <option value="OWNER">"Owner: also changes sites, tags, connections and staff"</option>
                </select>
            </div>
            <fieldset class="choices" aria-describedby="token-scopes-about">
                <legend>"Reaches"</legend>
                <div class="checks">{scopes.collect_any()}</div>
                <p id="token-scopes-about" class="soft">"With none chosen it reaches all that its role may."</p>
            </fieldset>
            <div class="field">
                <label for="token-expiresAt">"Holds for"</label>
                <select id="token-expiresAt" name="days">
                    <option value="7">"7 days"</option>
                    <option value="30">"30 days"</option>
                    <option value="90" selected=true>"90 days"</option>
                    <option value="365">"365 days"</option>
                </select>
            </div>
            <p class="problem" role="alert">{live::text(move || told.trouble(&["label"]))}</p>
            <div class="actions"><button type="submit" aria-disabled=told.busy()>"Make the token"</button></div>
        </form>
    }
}

fn input(values: &FormData) -> JsValue {
    let days: u32 = value(values, "days").parse().unwrap_or(90);
    let end: String = Date::new(&(Date::now() + f64::from(days) * DAY).into()).to_iso_string().into();
    let scopes: Array = values.get_all("scopes");
    let mut input: Vec<(&str, JsValue)> = vec![
        ("label", value(values, "label").into()),
        ("role", value(values, "role").into()),
        ("expiresAt", end.into()),
    ];
    if scopes.length() > 0 {
        input.push(("scopes", scopes.into()));
    }
    object(&input)
}
