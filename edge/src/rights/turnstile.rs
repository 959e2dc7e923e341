//! Turnstile, where the owner has it: the form's visitor is held against Cloudflare's check for robots.

use nod_core::json;
use worker::{Fetch, Headers, Method, RequestInit, url::form_urlencoded, wasm_bindgen::JsValue};

use crate::{
    environment::Environment,
    http::{Call, Problem},
};

const VERIFY: &str = "https://challenges.cloudflare.com/turnstile/v0/siteverify";

/// Whether whoever calls has passed; everybody has where it is not configured. What cannot be asked is not passed: the form
/// says to try again.
pub(crate) async fn is_passed(call: &Call, answer: Option<&str>) -> Result<bool, Problem> {
    let Some(secret) = call.environment.turnstile_secret() else { return Ok(true) };
    let Some(answer) = answer.filter(|answer| (1..=2048).contains(&answer.len())) else { return Ok(false) };
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("secret", &secret).append_pair("response", answer);
    if let Some(address) = call.header("CF-Connecting-IP") {
        form.append_pair("remoteip", &address);
    }
    Ok(ask(&call.environment, &form.finish()).await.unwrap_or_default())
}

async fn ask(environment: &Environment, form: &str) -> worker::Result<bool> {
    let headers = Headers::new();
    headers.set("Content-Type", "application/x-www-form-urlencoded")?;
    let mut init = RequestInit::new();
    init.with_method(Method::Post).with_headers(headers).with_body(Some(JsValue::from_str(form)));
    let address = environment.turnstile_address().unwrap_or_else(|| VERIFY.to_owned());
    let mut response = Fetch::Request(worker::Request::new_with_init(&address, &init)?).send().await?;
    let answer = json::read::<serde_json::Value>(&response.bytes().await?);
    Ok(answer.is_some_and(|answer| answer.get("success") == Some(&serde_json::Value::Bool(true))))
}
