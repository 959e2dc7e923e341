//! How long something may take.

use crate::rights::calendar::{Calendar, Day};

/// A length of time as laws write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// Days, every one counted.
    Days(u32),
    /// Days on which people work.
    WorkingDays(u32),
    /// Months: to the same day of a later month, or its last day where it has no such day.
    Months(u32),
}

impl Term {
    /// The last day of a period that runs from `day`.
    pub fn last_day(self, from: Day, calendar: &Calendar) -> Day {
        match self {
            Self::Days(days) => from.plus_days(days),
            Self::WorkingDays(days) => calendar.after_working_days(from, days),
            Self::Months(months) => from.plus_months(months),
        }
    }

    /// Both, one after the other, from the same first day. Two lengths in months are one of so many months, which is not the same as
    /// two steps: 31 January and three months is 30 April, by way of 28 February it would be the 28th.
    #[must_use]
    pub const fn and(self, more: Self) -> Both {
        Both { first: self, more }
    }

    /// ISO 8601: `P1M`, `P45D`. Working days are days there: see [`Self::counts_working_days`].
    pub fn iso8601(self) -> String {
        let (count, unit) = match self {
            Self::Days(days) | Self::WorkingDays(days) => (days, "D"),
            Self::Months(months) => (months, "M"),
        };
        ["P", &count.to_string(), unit].concat()
    }

    /// Whether only days on which people work are counted.
    pub const fn counts_working_days(self) -> bool {
        matches!(self, Self::WorkingDays(_))
    }
}

/// A period and its extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Both {
    first: Term,
    more: Term,
}

impl Both {
    /// The last day of both, run from `day`.
    pub fn last_day(self, from: Day, calendar: &Calendar) -> Day {
        match (self.first, self.more) {
            (Term::Months(first), Term::Months(more)) => {
                Term::Months(first.saturating_add(more)).last_day(from, calendar)
            }
            (first, more) => more.last_day(first.last_day(from, calendar), calendar),
        }
    }
}
