//! The clock of the Worker. It stands still while a call computes.

use nod_core::time::Timestamp;
use worker::Date;

use crate::http::Problem;

/// What time it is.
pub(crate) fn now() -> Result<Timestamp, Problem> {
    let now = i64::try_from(Date::now().as_millis()).ok().and_then(Timestamp::from_millis);
    now.ok_or_else(|| Problem::internal("a clock outside the years 1970 to 9999"))
}

/// A moment so many milliseconds later; the same one where that is past the end of time.
pub(crate) fn later(at: Timestamp, millis: i64) -> Timestamp {
    at.millis().checked_add(millis).and_then(Timestamp::from_millis).unwrap_or(at)
}
