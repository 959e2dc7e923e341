//! What is done at each tick of the clock: salts of days that are over are deleted, and their marks folded into a count;
//! claims of events that can no longer come are forgotten.
//!
//! No controller is named: this is the house's own tidying, and answers nobody.

use nod_core::{events::MAX_AGE_DAYS, time::Timestamp};
use serde::{Deserialize, de::IgnoredAny};
use worker::{D1Type, console_error};

use super::{salt, times};
use crate::{
    clock,
    database::{Database, time},
    environment::Environment,
    http::Problem,
};

const DAY: i64 = 86_400_000;
/// How long after its end a day's marks are folded: what came in its last minutes may still be in the queue.
const GRACE: i64 = 3_600_000;
/// How long a queue keeps a message, in days.
const QUEUE_DAYS: i64 = 14;
/// Rows of one step.
const CHUNK: i32 = 5000;
/// Steps of one kind at one tick.
const STEPS: usize = 20;

/// Tidies up.
pub(crate) async fn scheduled(environment: &Environment) {
    for (what, done) in [
        ("salts", forget_salts(environment).await),
        ("marks", fold(environment).await),
        ("claims", forget_claims(environment).await),
    ] {
        if let Err(problem) = done {
            console_error!("tidying {what}: not done: {}", problem.name());
        }
    }
}

#[derive(Deserialize)]
struct SaltRow {
    controller: String,
    day: Timestamp,
    name: String,
}

/// From here on nobody can tell whose mark it was.
async fn forget_salts(environment: &Environment) -> Result<(), Problem> {
    let database = Database::of_environment(environment)?;
    let today = time(times::day(clock::now()?));
    let statement =
        database.statement("SELECT controller, day, name FROM daily_salts WHERE day < ?1 LIMIT 500", &[today])?;
    for row in database.all::<SaltRow>(statement).await? {
        salt::forget(environment, &row.name).await?;
        let sql = "DELETE FROM daily_salts WHERE controller = ?1 AND day = ?2";
        database.run(database.statement(sql, &[D1Type::Text(&row.controller), time(row.day)])?).await?;
    }
    Ok(())
}

/// Marks of days that are over become a number.
async fn fold(environment: &Environment) -> Result<(), Problem> {
    let database = Database::of_environment(environment)?;
    let Some(at) = times::before(clock::now()?, GRACE) else { return Ok(()) };
    let first = format!(
        "(SELECT controller, site, day, mark FROM visit_marks WHERE day < ?1
          ORDER BY day, controller, site, mark LIMIT {CHUNK})"
    );
    let add = format!(
        "INSERT INTO visit_counts (controller, site, day, visits)
         SELECT controller, site, day, COUNT(*) FROM {first} WHERE 1 GROUP BY controller, site, day
         ON CONFLICT (controller, site, day) DO UPDATE SET visits = visits + excluded.visits"
    );
    let take = format!("DELETE FROM visit_marks WHERE (controller, site, day, mark) IN {first} RETURNING 1 AS one");
    for _ in 0..STEPS {
        let statement = |sql: &str| database.statement(sql, &[time(times::day(at))]);
        if database.batch::<IgnoredAny>(vec![statement(&add)?, statement(&take)?]).await?.is_none() {
            break;
        }
    }
    Ok(())
}

/// An event is taken for some days after it happened, and may then wait in the queue; so may the one that it repeats.
async fn forget_claims(environment: &Environment) -> Result<(), Problem> {
    let database = Database::of_environment(environment)?;
    let days = i64::from(MAX_AGE_DAYS).saturating_add(QUEUE_DAYS).saturating_add(1);
    let Some(end) = times::before(clock::now()?, days.saturating_mul(DAY)) else { return Ok(()) };
    for sql in [
        format!(
            "DELETE FROM event_claims WHERE rowid IN (SELECT rowid FROM event_claims WHERE at < ?1 LIMIT {CHUNK}) RETURNING 1 AS one"
        ),
        format!(
            "DELETE FROM event_messages WHERE (controller, id) IN
               (SELECT controller, id FROM event_messages WHERE at < ?1 LIMIT {CHUNK}) RETURNING 1 AS one"
        ),
    ] {
        for _ in 0..STEPS {
            if database.batch::<IgnoredAny>(vec![database.statement(&sql, &[time(end)])?]).await?.is_none() {
                break;
            }
        }
    }
    Ok(())
}
