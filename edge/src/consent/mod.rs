//! Consent: a visitor's choice is recorded, proven, and given back when the page asks.

mod current;
mod store;
mod submit;

pub(crate) use store::{history, newest};

use crate::http::{Answer, Call, Method, Problem, cors};

/// `/v1/consent`
pub(crate) async fn answer(call: &mut Call) -> Result<Answer, Problem> {
    match call.method() {
        Some(Method::Get) => current::answer(call).await,
        Some(Method::Post) => submit::answer(call).await,
        Some(Method::Options) => Ok(cors::preflight(call, "GET, POST, OPTIONS")),
        None => Err(Problem::method_not_allowed("GET, HEAD, POST, OPTIONS")),
    }
}
