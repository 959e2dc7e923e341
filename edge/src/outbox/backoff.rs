//! Work that failed is tried again later.

use nod_core::id::ControllerId;
use worker::D1Type;

use crate::{
    clock,
    database::{Database, time},
    http::Problem,
};

/// How long after the first failure.
const FIRST: i64 = 15_000;
/// How long at most.
const LONGEST: i64 = 24 * 60 * 60 * 1000;

/// Which work.
pub(super) struct Row<'a> {
    pub(super) controller: &'a ControllerId,
    pub(super) kind: &'a str,
    pub(super) object: &'a str,
    /// How often it has failed already.
    pub(super) attempts: u32,
}

/// Puts work off. `failure` says why, without personal data.
pub(super) async fn later(database: &Database, row: &Row<'_>, failure: &str) -> Result<(), Problem> {
    let next = clock::later(clock::now()?, delay(row.attempts));
    let statement = database.statement(
        "UPDATE outbox SET attempts = attempts + 1, next_at = ?4, failure = ?5
         WHERE controller = ?1 AND kind = ?2 AND object = ?3",
        &[
            D1Type::Text(row.controller.as_str()),
            D1Type::Text(row.kind),
            D1Type::Text(row.object),
            time(next),
            D1Type::Text(failure),
        ],
    )?;
    database.run(statement).await
}

/// Twice as long after each failure.
fn delay(attempts: u32) -> i64 {
    FIRST.checked_shl(attempts.min(20)).unwrap_or(LONGEST).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delay_doubles_up_to_a_day() {
        assert_eq!([0, 1, 2].map(delay), [15_000, 30_000, 60_000]);
        assert_eq!([13, 20, 63, 64, u32::MAX].map(delay), [LONGEST; 5]);
    }
}
