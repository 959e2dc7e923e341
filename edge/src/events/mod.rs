//! Events: taken from pages, decided once more, counted, handed on.
//!
//! A call ([`intake`]) is decided by the stored record and leaves one message in a queue. What comes out of the queue
//! ([`consume`]) is counted, once however often it was sent ([`group`]), and handed to the destinations that may have it.

mod bounds;
mod consume;
mod facts;
mod group;
mod hand_on;
mod intake;
mod limit;
mod people;
mod salt;
mod sites;
mod summary;
mod tally;
mod tidy;
mod times;

pub(crate) use consume::consume;
pub(crate) use limit::is_within;
pub(crate) use salt::of_day as day_salt;
pub(crate) use summary::{Breakdown, Hour, OfPurpose, Summary, Sums, Wanted, summary};
pub(crate) use tidy::{QUEUE_DAYS, scheduled};

use crate::http::{Answer, Call, Method, Problem, cors};

/// `/v1/events`
pub(crate) async fn answer(call: &mut Call) -> Result<Answer, Problem> {
    match call.method() {
        Some(Method::Post) => intake::answer(call).await,
        Some(Method::Options) => Ok(cors::preflight(call, "POST, OPTIONS")),
        Some(Method::Get) | None => Err(Problem::method_not_allowed("POST, OPTIONS")),
    }
}
