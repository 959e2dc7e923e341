//! The outbox: work that an effect leaves behind, written in its batch, done after the answer or at the next tick of the clock.
//!
//! Work is taken away in the batch that does it, so it is done once however often it is begun. What fails is tried again
//! later, ever less often; its row says why, without personal data. These are the only queries over all controllers: the rows
//! say whose each work is.

mod backoff;
mod due;
mod purge;
mod turn;

use nod_core::keys::MasterKeys;
use worker::console_error;

use crate::{clock, database::Database, environment::Environment, http::Problem, identity, keys, rights};
use turn::Turn;

/// Rounds of work behind an answer; there is a limit to what it may take.
const ROUNDS_BEHIND_AN_ANSWER: usize = 3;
/// Rounds of work at a tick of the clock.
const ROUNDS_AT_A_TICK: usize = 40;
/// Steps of re-keying at a tick of the clock.
const STEPS_AT_A_TICK: usize = 40;

/// Does some of the work that is due. For after an answer, in `wait_until`.
pub(crate) async fn drain(environment: Environment) {
    report("outbox", work(&environment, ROUNDS_BEHIND_AN_ANSWER).await);
}

/// What is done without traffic, at each tick of the clock.
pub(crate) async fn scheduled(environment: Environment) {
    report("outbox", work(&environment, ROUNDS_AT_A_TICK).await);
    report("re-key", rekey(&environment).await);
}

fn report(what: &str, result: Result<(), Problem>) {
    if let Err(problem) = result {
        console_error!("{what}: not done: {}", problem.name());
    }
}

/// Work in rounds, one worker at a time: who comes while another is at it leaves word that there is more.
async fn work(environment: &Environment, rounds: usize) -> Result<(), Problem> {
    let Some(turn) = Turn::take(clock::now()?) else { return Ok(()) };
    let database = Database::of_environment(environment)?;
    let masters = keys::masters(environment)?;
    for _ in 0..rounds {
        let did_something = round(environment, &database, &masters).await?;
        if !did_something && !turn.is_asked_again() {
            break;
        }
    }
    Ok(())
}

async fn round(environment: &Environment, database: &Database, masters: &MasterKeys) -> Result<bool, Problem> {
    let due = due::load(database, clock::now()?).await?;
    for ((controller, work), objects) in &due.reckonings {
        due::reckon(database, masters, controller, *work, objects).await?;
    }
    for purge in &due.purges {
        if let Err(problem) = purge::run(environment, database, purge).await {
            backoff::later(database, &purge.row(), problem.name()).await?;
        }
    }
    for about in &due.rights {
        let done = rights::work(environment, database, masters, &about.controller, &about.object).await;
        if let Some(why) = done.unwrap_or_else(|problem| Some(problem.name())) {
            backoff::later(database, &about.row(), why).await?;
        }
    }
    let has_called = rights::call_due(environment, database).await?;
    Ok(has_called || !due.reckonings.is_empty() || !due.purges.is_empty() || !due.rights.is_empty())
}

async fn rekey(environment: &Environment) -> Result<(), Problem> {
    let database = Database::of_environment(environment)?;
    let masters = keys::masters(environment)?;
    for _ in 0..STEPS_AT_A_TICK {
        if !identity::rekey(&database, &masters).await? {
            break;
        }
    }
    Ok(())
}
