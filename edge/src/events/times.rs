//! Days and hours as the times at which they begin, UTC.

use nod_core::{events::rollup, time::Timestamp};

/// The day of a moment.
pub(super) fn day(at: Timestamp) -> Timestamp {
    Timestamp::from_millis(rollup::day(at)).unwrap_or(at)
}

/// The moment so many milliseconds before; the first one where there is none.
pub(super) fn before(at: Timestamp, millis: i64) -> Option<Timestamp> {
    Timestamp::from_millis(at.millis().saturating_sub(millis).max(0))
}
