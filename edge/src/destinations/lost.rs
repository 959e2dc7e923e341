//! What waits in `nod-lost`: what a queue gave up. It is counted, so that nothing is lost in silence.

use worker::console_error;

use super::{
    consume::read,
    ledger::{Settlement, settle},
};
use crate::{clock, database::Database, environment::Environment, http::Problem, queue::Message};

/// How long a message waits that could not be counted, in seconds.
const AGAIN: u32 = 600;

/// Counts what was tried in vain to the end.
pub(crate) async fn consume_lost(environment: &Environment, messages: &[Message]) {
    for message in messages {
        match count(environment, message).await {
            Ok(()) => message.done(),
            Err(problem) => {
                console_error!("lost: not counted: {}", problem.name());
                message.again(AGAIN);
            }
        }
    }
}

async fn count(environment: &Environment, message: &Message) -> Result<(), Problem> {
    let delivery = read(environment, message)?;
    let database = Database::of_environment(environment)?;
    // What arrived and could not be settled is not lost.
    settle(&database, &delivery, &Settlement::lost("given_up", delivery.events.len()), clock::now()?).await
}
