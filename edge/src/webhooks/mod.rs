//! Webhooks: a platform's delivery becomes what is kept of it, once, or nothing at all.

mod arrival;
mod commit;
mod dead_letter;
mod intake;
mod list;
mod replay;
mod settle;

pub(crate) use dead_letter::{DAYS as DEAD_LETTER_DAYS, forget_expired, shred as shred_dead_letter};
pub(crate) use list::{Filter, Kept, get, latest, list};
pub(crate) use replay::{NotReplayed, replay};

use crate::http::{Answer, Call, Method, Problem};

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
