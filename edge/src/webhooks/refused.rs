//! Calls whose proof did not hold: nothing is kept of them but how many there were a day, and what was wrong with the last.

use nod_core::{
    id::{ConnectionId, ControllerId},
    time::Timestamp,
};
use worker::D1Type;

use crate::{
    clock, connection,
    database::{Database, time},
    environment::Environment,
    http::Problem,
    period::MOST_DAYS,
};

const DAY: i64 = 86_400_000;
/// How long the counts are kept, in days: as long as the longest period that may be asked for, and the one before it.
pub(crate) const DAYS: i64 = 2 * MOST_DAYS;

/// Counts such a call.
pub(super) async fn count(
    database: &Database,
    controller: &ControllerId,
    connection: &ConnectionId,
    at: Timestamp,
    because: &str,
) -> Result<(), Problem> {
    let by_day = database.statement(
        "INSERT INTO refused_deliveries (controller, day, connection, refused) VALUES (?1, ?2 - ?2 % 86400000, ?3, 1)
         ON CONFLICT DO UPDATE SET refused = refused + 1",
        &[D1Type::Text(controller.as_str()), time(at), D1Type::Text(connection.as_str())],
    )?;
    let note = connection::refused(database, controller, connection, at, because)?;
    database.results(vec![note, by_day]).await.map(drop)
}

/// Forgets the counts that no period reaches any more. No controller is named: this is the house's own tidying, and reads nothing.
pub(super) async fn forget(environment: &Environment) {
    let tidied = async {
        let database = Database::of_environment(environment)?;
        let first = clock::now()?.millis().saturating_sub(DAYS.saturating_mul(DAY));
        let Some(first) = Timestamp::from_millis(first) else { return Ok(()) };
        database.run(database.statement("DELETE FROM refused_deliveries WHERE day < ?1", &[time(first)])?).await
    };
    // What failed is in the log, and is done at the next tick.
    let _: Result<(), Problem> = tidied.await;
}
