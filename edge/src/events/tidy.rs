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
pub(crate) const QUEUE_DAYS: i64 = 14;
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
    let take = format!("DELETE FROM visit_marks WHERE (controller, site, day, mark) IN {first}");
    let rest = "SELECT 1 FROM visit_marks WHERE day < ?1 LIMIT 1";
    in_steps(&database, &[&add, &take, rest], times::day(at)).await
}

/// An event is taken for some days after it happened, and may then wait in the queue; so may the one that it repeats.
async fn forget_claims(environment: &Environment) -> Result<(), Problem> {
    let database = Database::of_environment(environment)?;
    let days = i64::from(MAX_AGE_DAYS).saturating_add(QUEUE_DAYS).saturating_add(1);
    let Some(end) = times::before(clock::now()?, days.saturating_mul(DAY)) else { return Ok(()) };
    let take = |table: &str, key: &str| {
        format!("DELETE FROM {table} WHERE ({key}) IN (SELECT {key} FROM {table} WHERE at < ?1 LIMIT {CHUNK})")
    };
    let rest = |table: &str| format!("SELECT 1 FROM {table} WHERE at < ?1 LIMIT 1");
    for (table, key) in [("event_claims", "rowid"), ("event_messages", "controller, id")] {
        in_steps(&database, &[&take(table, key), &rest(table)], end).await?;
    }
    Ok(())
}

/// Runs statements as one batch until the last of them finds nothing more. All know the end of what they are about as `?1`.
async fn in_steps(database: &Database, statements: &[&str], end: Timestamp) -> Result<(), Problem> {
    for _ in 0..STEPS {
        let batch = statements.iter().map(|sql| database.statement(sql, &[time(end)])).collect::<Result<_, _>>()?;
        if database.batch::<IgnoredAny>(batch).await?.is_none() {
            break;
        }
    }
    Ok(())
}
