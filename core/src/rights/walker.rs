//! A calendar for tests that knows how long months are, and nothing else: what the rules reckon, it counts day by day.

use std::sync::LazyLock;

use super::{calendar::Calendar, law::Term};
use crate::time::Timestamp;

pub(super) const DAY: i64 = 24 * 60 * 60 * 1000;

/// A day that was walked over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Walked {
    pub(super) year: i32,
    pub(super) month: u32,
    pub(super) day: u32,
    /// From Monday, which is 0.
    pub(super) weekday: u32,
}

pub(super) struct Walker {
    /// From 1 January 1970 on.
    pub(super) days: Vec<Walked>,
}

pub(super) static WALKER: LazyLock<Walker> = LazyLock::new(|| {
    let mut days = vec![Walked { year: 1970, month: 1, day: 1, weekday: 3 }];
    while let Some(last) = days.last().filter(|day| day.year < 2110) {
        days.push(last.tomorrow());
    }
    Walker { days }
});

impl Walked {
    fn tomorrow(self) -> Self {
        let Self { year, month, day, weekday } = self;
        let weekday = (weekday + 1) % 7;
        if day < length(year, month) {
            return Self { day: day + 1, weekday, ..self };
        }
        let (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
        Self { year, month, day: 1, weekday }
    }
}

fn length(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 400 == 0 || (year % 4 == 0 && year % 100 != 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl Walker {
    /// The number of the day by a clock that is so many minutes ahead of UTC.
    pub(super) fn index(at: Timestamp, minutes: i64) -> usize {
        usize::try_from((at.millis() + minutes * 60_000).div_euclid(DAY)).unwrap()
    }

    /// The last millisecond of a day by such a clock.
    pub(super) fn end(index: usize, minutes: i64) -> i64 {
        (i64::try_from(index).unwrap() + 1) * DAY - 1 - minutes * 60_000
    }

    /// Whether people work on that day.
    pub(super) fn is_working_day(&self, index: usize, calendar: &Calendar) -> bool {
        let Walked { year, month, day, .. } = self.days[index];
        calendar.is_working_day(super::calendar::Day::from_parts(year, month, day).unwrap())
    }

    /// The last day of a period, found by counting.
    pub(super) fn last_day(&self, from: usize, term: Term, calendar: &Calendar) -> usize {
        match term {
            Term::Days(count) => from + count as usize,
            Term::WorkingDays(count) => {
                let mut left = count;
                let mut at = from;
                while left > 0 {
                    at += 1;
                    left -= u32::from(self.is_working_day(at, calendar));
                }
                at
            }
            Term::Months(count) => self.same_day_later(from, count),
        }
    }

    /// Walks until as many months have begun, and then to the same day, or the month's end.
    fn same_day_later(&self, from: usize, months: u32) -> usize {
        let wanted = self.days[from].day;
        let mut begun = 0;
        let mut at = from;
        while begun < months {
            at += 1;
            begun += u32::from(self.days[at].day == 1);
        }
        while self.days[at].day < wanted && self.days[at + 1].day != 1 {
            at += 1;
        }
        at
    }

    /// The first working day from a day on.
    pub(super) fn working_day_from(&self, from: usize, calendar: &Calendar) -> usize {
        (from..self.days.len()).find(|index| self.is_working_day(*index, calendar)).unwrap()
    }
}
