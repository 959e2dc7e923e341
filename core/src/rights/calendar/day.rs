//! A date.

use std::fmt;

use chrono::{DateTime, Datelike as _, Days, Months, NaiveDate, Weekday};

use crate::time::Timestamp;

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

/// A date. What would come after the year 9999 is that year's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(NaiveDate);

impl Day {
    /// The date by a clock that is so many minutes ahead of UTC.
    pub(super) fn of(at: Timestamp, minutes: i32) -> Self {
        let millis = at.millis().saturating_add(i64::from(minutes) * MINUTE);
        Self(DateTime::from_timestamp_millis(millis).unwrap_or_default().date_naive())
    }

    /// The last millisecond by a clock that is so many minutes ahead of UTC.
    pub(super) fn end(self, minutes: i32) -> Timestamp {
        let midnight = self.0.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis();
        let end = midnight.saturating_add(DAY - 1 - i64::from(minutes) * MINUTE);
        Timestamp::from_millis(end).unwrap_or(Timestamp::MAX)
    }

    /// The date of that year, month and day.
    pub fn from_parts(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).map(Self)
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, from 1, and the day of the month, from 1.
    pub fn month_and_day(self) -> (u32, u32) {
        (self.0.month(), self.0.day())
    }

    /// The day of the week.
    pub fn weekday(self) -> Weekday {
        self.0.weekday()
    }

    /// So many days later.
    #[must_use]
    pub fn plus_days(self, days: u32) -> Self {
        self.0.checked_add_days(Days::new(days.into())).map_or(Self(NaiveDate::MAX), Self)
    }

    /// The same day of the month so many months later, or that month's last day where it has no such day.
    #[must_use]
    pub fn plus_months(self, months: u32) -> Self {
        self.0.checked_add_months(Months::new(months)).map_or(Self(NaiveDate::MAX), Self)
    }

    /// The day after.
    #[must_use]
    pub fn next(self) -> Self {
        self.plus_days(1)
    }

    pub(super) fn is_last(self) -> bool {
        self.0 == NaiveDate::MAX
    }

    /// How many days after `earlier` it is; negative before it.
    pub fn days_after(self, earlier: Self) -> i64 {
        self.0.signed_duration_since(earlier.0).num_days()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (month, day) = self.month_and_day();
        write!(out, "{:04}-{month:02}-{day:02}", self.year())
    }
}
