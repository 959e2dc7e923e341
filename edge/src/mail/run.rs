//! The outbox is emptied: a few letters at a time, each to the provider and then to its row.

use nod_core::mail::{Envelope, Failure};
use worker::console_error;

use super::{
    post::place,
    provider::{Provider, chosen},
    store::{AT_ONCE, Outcome, Row, settle, take},
};
use crate::{clock, database::Database, environment::Environment, http::Problem, keys::shred};

/// Rounds behind an answer.
const BEHIND_AN_ANSWER: usize = 2;
/// Rounds at a tick of the clock.
const AT_A_TICK: usize = 20;

/// Sends some of what is due. For after an answer, in `wait_until`.
pub(crate) async fn drain(environment: Environment) {
    report(rounds(&environment, BEHIND_AN_ANSWER).await);
}

/// Sends what is due, at each tick of the clock.
pub(crate) async fn scheduled(environment: &Environment) {
    report(rounds(environment, AT_A_TICK).await);
}

fn report(result: Result<(), Problem>) {
    if let Err(problem) = result {
        console_error!("mail: not done: {}", problem.name());
    }
}

async fn rounds(environment: &Environment, most: usize) -> Result<(), Problem> {
    let database = Database::of_environment(environment)?;
    for _ in 0..most {
        let rows = take(&database, clock::now()?).await?;
        let mut is_provider_well = true;
        for row in &rows {
            is_provider_well &= one(environment, &database, row).await?;
        }
        // One that fails is not asked for more: what waits would only use up its attempts.
        if !is_provider_well || rows.len() < usize::try_from(AT_ONCE).unwrap_or_default() {
            break;
        }
    }
    Ok(())
}

/// A letter's turn. False where what failed may pass.
async fn one(environment: &Environment, database: &Database, row: &Row) -> Result<bool, Problem> {
    let outcome = match attempt(environment, row).await {
        Ok(outcome) => outcome,
        // Ours, and not the letter's: the store of keys does not answer.
        Err(problem) => Outcome::Failed(Failure::passing(problem.name())),
    };
    settle(database, row, &outcome).await?;
    let is_over = matches!(outcome, Outcome::Sent(_) | Outcome::Over(_));
    let own = row.key_name.strip_prefix("mail/").filter(|own| is_over && *own == row.id.as_str());
    if let Some(own) = own {
        // It has no other use. Where this fails it runs out by itself.
        let _ = shred::forget(environment, &shred::Name::new(&row.controller, "mail", own)).await;
    }
    Ok(!matches!(outcome, Outcome::Failed(Failure::Passing { .. })))
}

async fn attempt(environment: &Environment, row: &Row) -> Result<Outcome, Problem> {
    if row.not_after.is_some_and(|last| clock::now().is_ok_and(|now| last < now)) {
        return Ok(Outcome::Over("too_late"));
    }
    let (what, id) = row.key_name.split_once('/').unwrap_or_default();
    let name = shred::Name::new(&row.controller, what, id);
    // Without its key nobody can read it any more, and that is what was wanted.
    let Some(key) = shred::get(environment, &name).await? else { return Ok(Outcome::Over("forgotten")) };
    let plain = key.open(&place(&row.controller, &row.id), &row.sealed);
    let Some(envelope) = plain.ok().and_then(|plain| Envelope::from_json(&plain)) else {
        return Ok(Outcome::Over("unreadable"));
    };
    let Some(provider) = chosen(environment) else { return Ok(Outcome::Failed(Failure::passing("not_configured"))) };
    Ok(match provider.send(row, &envelope).await {
        Ok(sent) => Outcome::Sent(sent),
        Err(failure) => Outcome::Failed(failure),
    })
}
