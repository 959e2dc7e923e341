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

/// What of an answer is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reads {
    /// Why a request is refused, and nothing of a success.
    Refusals,
    /// That, and what a success says.
    Answers,
    /// A success up to so many bytes and one more, which says that there are more.
    Document(usize),
}

/// Sends a request. The error is a code for staff.
pub(crate) async fn post(request: &Request, reads: Reads) -> Result<Answer, &'static str> {
    let signal = AbortSignal::from(web_sys::AbortSignal::timeout_with_u32(PATIENCE));
    let request = build(request).map_err(|_| "misconfigured")?;
    match Fetch::Request(request).send_with_signal(&signal).await {
        Ok(response) => Ok(read(response, reads).await),
        Err(_) if signal.aborted() => Err("timeout"),
        Err(_) => Err("unreachable"),
    }
}

/// Fetches a document of at most so many bytes; nothing where it cannot be had.
pub(crate) async fn get(url: &str, longest: usize) -> Option<Vec<u8>> {
    let signal = AbortSignal::from(web_sys::AbortSignal::timeout_with_u32(PATIENCE));
    let mut init = RequestInit::new();
    init.with_method(Method::Get).with_redirect(RequestRedirect::Manual);
    let request = worker::Request::new_with_init(url, &init).ok()?;
    let response = Fetch::Request(request).send_with_signal(&signal).await.ok()?;
    let answer = read(response, Reads::Document(longest)).await;
    (answer.status == 200 && answer.body.len() <= longest).then_some(answer.body)
}

fn build(request: &Request) -> worker::Result<worker::Request> {
    let headers = Headers::new();
    headers.set("Content-Type", "application/json")?;
    headers.set("User-Agent", "Nod/1.0")?;
    for (name, value) in &request.headers {
        headers.set(name, value)?;
    }
    let mut init = RequestInit::new();
    init.with_method(Method::Post)
        .with_headers(headers)
        .with_redirect(RequestRedirect::Manual)
        .with_body(Some(JsValue::from_str(&request.body)));
    worker::Request::new_with_init(&request.url, &init)
}

async fn read(mut response: Response, reads: Reads) -> Answer {
    let status = response.status_code();
    let retry_after = response.headers().get("Retry-After").ok().flatten().and_then(|text| retry_after(&text));
    let mut body = Vec::new();
    let wanted = match (status, reads) {
        (200..=299, Reads::Document(most)) => Some(most),
        (200..=299, Reads::Answers) | (400..=499, _) => Some(ENOUGH),
        _ => None,
    };
    if let Some(most) = wanted {
        body = beginning(&mut response, most).await;
    } else if let Some(stream) = web_sys::Response::from(response).body() {
        // Nobody reads it; the platform is told, lest the connection waits for it.
        let _ = stream.cancel();
    }
    Answer { status, retry_after, body }
}

async fn beginning(response: &mut Response, most: usize) -> Vec<u8> {
    let mut body = Vec::new();
    let Ok(mut chunks) = response.stream() else { return body };
    while let Some(Ok(chunk)) = chunks.next().await {
        body.extend_from_slice(&chunk);
        if body.len() > most {
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
