//! Events: taken from pages, decided once more, counted, handed on.

mod consume;
mod intake;
mod tidy;

pub(crate) use consume::consume;
pub(crate) use tidy::scheduled;

use crate::http::{Answer, Call, Method, Problem, cors};

/// `/v1/events`
pub(crate) async fn answer(call: &mut Call) -> Result<Answer, Problem> {
    match call.method() {
        Some(Method::Post) => intake::answer(call).await,
        Some(Method::Options) => Ok(cors::preflight(call, "POST, OPTIONS")),
        Some(Method::Get) | None => Err(Problem::method_not_allowed("POST, OPTIONS")),
    }
}
