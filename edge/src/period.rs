//! Periods of whole days or whole hours, as summaries are asked for.

use nod_core::time::Timestamp;

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
/// The longest period of whole days, and the longest of whole hours, in days.
pub(crate) const MOST_DAYS: i64 = 400;
pub(crate) const MOST_DAYS_OF_HOURS: i64 = 93;

/// A period of whole days or hours, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Period {
    pub(crate) from: Timestamp,
    pub(crate) to: Timestamp,
}

impl Period {
    /// The days that lie between two moments or touch them; `None` where there are none, or too many.
    pub(crate) fn of_days(from: Timestamp, to: Timestamp) -> Option<Self> {
        Self::whole(from, to, DAY, MOST_DAYS)
    }

    /// The hours that lie between two moments or touch them; `None` where there are none, or too many.
    pub(crate) fn of_hours(from: Timestamp, to: Timestamp) -> Option<Self> {
        Self::whole(from, to, HOUR, MOST_DAYS_OF_HOURS)
    }

    fn whole(from: Timestamp, to: Timestamp, unit: i64, most_days: i64) -> Option<Self> {
        let from = begin(from.millis(), unit)?;
        let to = begin(to.millis().checked_add(unit.checked_sub(1)?)?, unit)?;
        let is_fit = from < to && to.checked_sub(from)? <= most_days.checked_mul(DAY)?;
        Some(Self { from: Timestamp::from_millis(from)?, to: Timestamp::from_millis(to)? }).filter(|_| is_fit)
    }

    /// The period of the same length before; a shorter one where time itself begins in between.
    pub(crate) fn before(self) -> Self {
        let length = self.to.millis().saturating_sub(self.from.millis());
        let from = Timestamp::from_millis(self.from.millis().saturating_sub(length).max(0)).unwrap_or(self.from);
        Self { from, to: self.from }
    }

    /// When the days begin that it touches.
    pub(crate) fn days(self) -> impl Iterator<Item = Timestamp> {
        let first = begin(self.from.millis(), DAY).and_then(Timestamp::from_millis);
        let next = |at: &Timestamp| Timestamp::from_millis(at.millis().checked_add(DAY)?);
        std::iter::successors(first, next).take_while(move |at| *at < self.to)
    }
}

/// When the whole unit begins that a moment is in.
fn begin(at: i64, unit: i64) -> Option<i64> {
    at.checked_sub(at.checked_rem_euclid(unit)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_days(from: i64, to: i64) -> Option<(i64, i64, i64)> {
        let period = Period::of_days(Timestamp::from_millis(from)?, Timestamp::from_millis(to)?)?;
        Some((period.from.millis(), period.to.millis(), period.before().from.millis()))
    }

    #[test]
    fn a_period_is_of_whole_days_and_not_too_long() {
        assert_eq!(of_days(5 * DAY, 6 * DAY), Some((5 * DAY, 6 * DAY, 4 * DAY)));
        assert_eq!(of_days(5 * DAY + 1, 6 * DAY + 1), Some((5 * DAY, 7 * DAY, 3 * DAY)));
        assert_eq!(of_days(6 * DAY, 5 * DAY), None);
        assert_eq!(of_days(5 * DAY, 5 * DAY), None);
        let first = 1_000 * DAY;
        assert!(of_days(first, first + MOST_DAYS * DAY).is_some());
        assert_eq!(of_days(first, first + MOST_DAYS * DAY + 1), None);
    }

    #[test]
    fn its_days_are_those_between_its_ends() {
        let days = |from, to| {
            let period = Period::of_days(Timestamp::from_millis(from)?, Timestamp::from_millis(to)?)?;
            Some(period.days().map(Timestamp::millis).collect::<Vec<_>>())
        };
        assert_eq!(days(2 * DAY, 4 * DAY), Some(vec![2 * DAY, 3 * DAY]));
    }

    fn of_hours(from: i64, to: i64) -> Option<(i64, i64)> {
        let period = Period::of_hours(Timestamp::from_millis(from)?, Timestamp::from_millis(to)?)?;
        Some((period.from.millis(), period.to.millis()))
    }

    #[test]
    fn a_period_is_of_whole_hours_and_not_too_long() {
        assert_eq!(of_hours(5 * HOUR, 6 * HOUR), Some((5 * HOUR, 6 * HOUR)));
        assert_eq!(of_hours(5 * HOUR + 1, 6 * HOUR + 1), Some((5 * HOUR, 7 * HOUR)));
        assert_eq!(of_hours(5 * HOUR + 1, 5 * HOUR + 1), Some((5 * HOUR, 6 * HOUR)));
        assert_eq!(of_hours(6 * HOUR, 5 * HOUR), None);
        assert_eq!(of_hours(5 * HOUR, 5 * HOUR), None);
        assert_eq!(of_hours(0, MOST_DAYS_OF_HOURS * DAY), Some((0, MOST_DAYS_OF_HOURS * DAY)));
        assert_eq!(of_hours(0, MOST_DAYS_OF_HOURS * DAY + 1), None);
    }

    #[test]
    fn a_period_is_compared_with_as_many_hours_before_and_touches_days() {
        let of = |from: i64, to: i64| {
            let period = Period::of_hours(Timestamp::from_millis(from)?, Timestamp::from_millis(to)?)?;
            let before = period.before();
            Some(([before.from.millis(), before.to.millis()], period.days().map(Timestamp::millis).collect::<Vec<_>>()))
        };
        let (from, to) = (5 * DAY + 22 * HOUR, 6 * DAY + 2 * HOUR);
        assert_eq!(of(from, to), Some(([from - 4 * HOUR, from], vec![5 * DAY, 6 * DAY])));
        assert_eq!(of(DAY, 3 * DAY), Some(([0, DAY], vec![DAY, 2 * DAY])), "time begins in between");
    }
}
