//! Consent: a visitor's choice is recorded, proven, and given back when the page asks.

mod count;
mod current;
mod records;
mod standing;
mod store;
mod submit;
mod summary;

pub(crate) use records::{Listed, list, one};
pub(crate) use standing::{Standing, standing};
pub(crate) use store::history;
pub(crate) use summary::{Share, Summary, Sums, summary};

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
