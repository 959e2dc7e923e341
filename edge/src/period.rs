//! Periods of whole days, as summaries are asked for.

use nod_core::time::Timestamp;

const DAY: i64 = 86_400_000;
/// The longest period.
pub(crate) const MOST_DAYS: i64 = 400;

/// A period of whole days, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Period {
    pub(crate) from: Timestamp,
    pub(crate) to: Timestamp,
}

impl Period {
    /// The days that lie between two moments or touch them; `None` where there are none, or too many.
    pub(crate) fn between(from: Timestamp, to: Timestamp) -> Option<Self> {
        let begins = |at: i64| at.checked_sub(at.checked_rem_euclid(DAY)?);
        let from = begins(from.millis())?;
        let to = begins(to.millis().checked_add(DAY.checked_sub(1)?)?)?;
        let is_fit = from < to && to.checked_sub(from)? <= MOST_DAYS.checked_mul(DAY)?;
        let whole = |at| Timestamp::from_millis(at);
        Some(Self { from: whole(from)?, to: whole(to)? }).filter(|_| is_fit)
    }

    /// The period of the same length before; an empty one where time itself begins in between.
    pub(crate) fn before(self) -> Self {
        let length = self.to.millis().saturating_sub(self.from.millis());
        let from = Timestamp::from_millis(self.from.millis().saturating_sub(length)).unwrap_or(self.from);
        Self { from, to: self.from }
    }

    /// When its days begin.
    pub(crate) fn days(self) -> impl Iterator<Item = Timestamp> {
        let next = |at: &Timestamp| Timestamp::from_millis(at.millis().checked_add(DAY)?);
        std::iter::successors(Some(self.from), next).take_while(move |at| *at < self.to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(from: i64, to: i64) -> Option<(i64, i64, i64)> {
        let period = Period::between(Timestamp::from_millis(from)?, Timestamp::from_millis(to)?)?;
        Some((period.from.millis(), period.to.millis(), period.before().from.millis()))
    }

    #[test]
    fn a_period_is_of_whole_days_and_not_too_long() {
        assert_eq!(between(5 * DAY, 6 * DAY), Some((5 * DAY, 6 * DAY, 4 * DAY)));
        assert_eq!(between(5 * DAY + 1, 6 * DAY + 1), Some((5 * DAY, 7 * DAY, 3 * DAY)));
        assert_eq!(between(6 * DAY, 5 * DAY), None);
        assert_eq!(between(5 * DAY, 5 * DAY), None);
        let first = 1_000 * DAY;
        assert!(between(first, first + MOST_DAYS * DAY).is_some());
        assert_eq!(between(first, first + MOST_DAYS * DAY + 1), None);
    }

    #[test]
    fn its_days_are_those_between_its_ends() {
        let days = |from, to| {
            let period = Period::between(Timestamp::from_millis(from)?, Timestamp::from_millis(to)?)?;
            Some(period.days().map(Timestamp::millis).collect::<Vec<_>>())
        };
        assert_eq!(days(2 * DAY, 4 * DAY), Some(vec![2 * DAY, 3 * DAY]));
    }
}
