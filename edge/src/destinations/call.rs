//! One call: ten seconds, no redirects, and no more of an answer than is needed to judge it.

use futures_util::StreamExt as _;
use nod_core::destinations::{Answer, Request};
use worker::{
    AbortSignal, Fetch, Headers, Method, RequestInit, RequestRedirect, Response, js_sys::Date, wasm_bindgen::JsValue,
};

/// Milliseconds until a call is given up.
const PATIENCE: u32 = 10_000;
/// As much of an answer as is read.
const ENOUGH: usize = 16 * 1024;

/// Sends a request. The error is a code for staff.
pub(super) async fn post(request: &Request) -> Result<Answer, &'static str> {
    Ok(read(send(&request.url, &request.headers, &request.body).await?).await)
}

/// What was answered to [`call`].
pub(crate) struct Heard {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

/// Posts JSON for its answer. One that is longer than `most` bytes is none.
pub(crate) async fn call(
    url: &str,
    headers: &[(&'static str, String)],
    body: &str,
    most: usize,
) -> Result<Heard, &'static str> {
    let mut response = send(url, headers, body).await?;
    let status = response.status_code();
    let body = beginning(&mut response, most).await;
    if body.len() > most { Err("too_large") } else { Ok(Heard { status, body }) }
}

async fn send(url: &str, headers: &[(&'static str, String)], body: &str) -> Result<Response, &'static str> {
    let signal = AbortSignal::from(web_sys::AbortSignal::timeout_with_u32(PATIENCE));
    let request = build(url, headers, body).map_err(|_| "misconfigured")?;
    match Fetch::Request(request).send_with_signal(&signal).await {
        Ok(response) => Ok(response),
        Err(_) if signal.aborted() => Err("timeout"),
        Err(_) => Err("unreachable"),
    }
}

fn build(url: &str, more: &[(&'static str, String)], body: &str) -> worker::Result<worker::Request> {
    let headers = Headers::new();
    headers.set("Content-Type", "application/json")?;
    headers.set("User-Agent", "Nod/1.0")?;
    for (name, value) in more {
        headers.set(name, value)?;
    }
    let mut init = RequestInit::new();
    init.with_method(Method::Post)
        .with_headers(headers)
        .with_redirect(RequestRedirect::Manual)
        .with_body(Some(JsValue::from_str(body)));
    worker::Request::new_with_init(url, &init)
}

async fn read(mut response: Response) -> Answer {
    let status = response.status_code();
    let retry_after = response.headers().get("Retry-After").ok().flatten().and_then(|text| retry_after(&text));
    let mut body = Vec::new();
    if (400..500).contains(&status) {
        body = beginning(&mut response, ENOUGH).await;
    } else if let Some(stream) = web_sys::Response::from(response).body() {
        // Nobody reads it; the platform is told, lest the connection waits for it.
        let _ = stream.cancel();
    }
    Answer { status, retry_after, body }
}

async fn beginning(response: &mut Response, enough: usize) -> Vec<u8> {
    let mut body = Vec::new();
    let Ok(mut chunks) = response.stream() else { return body };
    while let Some(Ok(chunk)) = chunks.next().await {
        body.extend_from_slice(&chunk);
        if body.len() > enough {
            break;
        }
    }
    body
}

/// RFC 9110, 10.2.3: seconds, or a date. In milliseconds from now.
fn retry_after(text: &str) -> Option<i64> {
    if let Ok(seconds) = text.trim().parse::<u32>() {
        return Some(i64::from(seconds).saturating_mul(1000));
    }
    let wait = Date::parse(text) - Date::now();
    #[expect(clippy::cast_possible_truncation, reason = "it saturates, and what is too long is cut anyway")]
    (wait > 0.0).then_some(wait as i64)
}
