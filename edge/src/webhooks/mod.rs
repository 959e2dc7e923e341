//! Webhooks: a platform's delivery becomes what is kept of it, once, or nothing at all.

mod arrival;
mod commit;
mod dead_letter;
mod intake;
mod list;
mod refused;
mod replay;
mod settle;
mod summary;
mod test_delivery;

pub(crate) use dead_letter::{DAYS as DEAD_LETTER_DAYS, shred as shred_dead_letter};
pub(crate) use list::{Filter, Kept, get, latest, list};
pub(crate) use refused::DAYS as REFUSED_DAYS;
pub(crate) use replay::{NotReplayed, replay};
pub(crate) use summary::{Counts, Summary, summary};
pub(crate) use test_delivery::{NotTested, Tested, Tester};

use crate::{
    environment::Environment,
    http::{Answer, Call, Method, Problem},
};

/// `/v1/webhooks/{token}`
pub(crate) async fn answer(call: &mut Call, token: &str) -> Result<Answer, Problem> {
    match call.method() {
        Some(Method::Get) => Ok(probe()),
        Some(Method::Post) => intake::answer(call, token).await,
        Some(Method::Options) | None => Err(Problem::method_not_allowed("GET, HEAD, POST")),
    }
}

/// Platforms ask whether anybody is there before they send. Everybody hears yes, whatever the token: nobody learns from it
/// which addresses there are.
fn probe() -> Answer {
    Answer::empty(200).with("Cache-Control", "no-store")
}

/// What is done at each tick of the clock: what was kept for a time goes.
pub(crate) async fn tidy(environment: &Environment) {
    dead_letter::forget_expired(environment).await;
    refused::forget(environment).await;
}
