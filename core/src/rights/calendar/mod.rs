//! Days, and which of them are working days where.
//!
//! A day here is a date at a place. Where a place has several clocks, or clocks that are changed twice a year, the reading that
//! ends a period first is taken: what arrives is dated by the westernmost clock (the earliest date), and a day is over when
//! it is over by the easternmost one, or by UTC if that comes first. So a deadline is never later than by the real clock
//! of any part of the place, and its date reads the same in UTC.

mod day;
mod europe;
mod holiday;
mod others;
#[cfg(test)]
mod tests;

pub use day::Day;
pub use europe::{EEA, STATES};
pub use holiday::Holiday;
pub use others::{
    ANYWHERE, BRAZIL, CALIFORNIA, CANADA, QUEBEC, SWITZERLAND, UNITED_KINGDOM, UNITED_KINGDOM_PARTS, UNITED_STATES,
};

use chrono::Weekday;

use crate::time::Timestamp;

/// Which days are working days at a place, and when its days begin and end.
#[derive(Debug, PartialEq, Eq)]
pub struct Calendar {
    /// Its name, ISO 3166 where it is a place: `DE`, `GB-ENG`, `EEA`.
    pub id: &'static str,
    /// Days of the week on which nobody works.
    rest: &'static [Weekday],
    /// Public holidays.
    holidays: &'static [Holiday],
    /// The westernmost clock of the place, in minutes from UTC, in winter.
    west: i32,
    /// The easternmost clock of the place, in minutes from UTC, in summer.
    east: i32,
}

impl Calendar {
    /// The calendar of that name.
    pub fn parse(id: &str) -> Option<&'static Self> {
        Self::all().find(|calendar| calendar.id == id)
    }

    /// Every calendar.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        const SINGLE: [&Calendar; 9] =
            [&ANYWHERE, &EEA, &UNITED_KINGDOM, &SWITZERLAND, &UNITED_STATES, &CALIFORNIA, &BRAZIL, &CANADA, &QUEBEC];
        SINGLE.into_iter().chain(STATES).chain(UNITED_KINGDOM_PARTS)
    }

    /// The westernmost and the easternmost clock of the place, in minutes from UTC.
    pub const fn clocks(&self) -> (i32, i32) {
        (self.west, self.east)
    }

    /// The date on which something arrived.
    pub fn date_of(&self, at: Timestamp) -> Day {
        Day::of(at, self.west)
    }

    /// The last moment of a day.
    pub fn end_of(&self, day: Day) -> Timestamp {
        day.end(self.east.max(0))
    }

    /// Whether people work on that day.
    pub fn is_working_day(&self, day: Day) -> bool {
        !self.rest.contains(&day.weekday()) && !self.is_holiday(day)
    }

    /// Whether that day is a public holiday.
    pub fn is_holiday(&self, day: Day) -> bool {
        self.holidays.iter().any(|holiday| holiday.falls_on(day))
    }

    /// The first working day from `day` on.
    pub fn working_day_from(&self, day: Day) -> Day {
        let mut day = day;
        while !self.is_working_day(day) && !day.is_last() {
            day = day.next();
        }
        day
    }

    /// The day after which so many working days have passed; `day` itself does not count.
    pub fn after_working_days(&self, day: Day, count: u32) -> Day {
        (0..count).fold(day, |day, _| self.working_day_from(day.next()))
    }
}
