//! What waits in `nod-lost`: what a queue gave up. A delivery is counted as lost, so that nothing is lost in silence. Events
//! that could not even be counted for a fortnight are given one more: they are nobody's yet.

use std::slice;

use nod_core::destinations::Delivery;
use worker::console_error;

use super::{
    consume::read,
    ledger::{Settlement, settle},
};
use crate::{clock, database::Database, environment::Environment, events, http::Problem, queue::Message};

/// How long a delivery waits that could not be counted, in seconds.
const AGAIN: u32 = 600;

/// Counts what was tried in vain to the end.
pub(crate) async fn consume_lost(environment: &Environment, messages: &[Message]) {
    for message in messages {
        let Ok(delivery) = read(environment, message) else {
            events::consume(environment, slice::from_ref(message)).await;
            continue;
        };
        match count(environment, &delivery).await {
            Ok(()) => message.done(),
            Err(problem) => {
                console_error!("lost: not counted: {}", problem.name());
                message.again(AGAIN);
            }
        }
    }
}

/// What arrived and could not be settled is not lost: the mark says so.
async fn count(environment: &Environment, delivery: &Delivery) -> Result<(), Problem> {
    let lost = Settlement::lost("given_up", delivery.events.len());
    settle(&Database::of_environment(environment)?, delivery, &lost, clock::now()?).await
}
