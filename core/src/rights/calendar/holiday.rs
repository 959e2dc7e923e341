//! Public holidays as rules.

use chrono::Weekday;

use super::Day;

/// When a public holiday falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holiday {
    /// On that month and day.
    Fixed(u8, u8),
    /// On that month and day, and on the Monday after it where it is a Sunday.
    OrMonday(u8, u8),
    /// The first so many days from that month and day on that are neither Saturday nor Sunday.
    Weekdays(u8, u8, u8),
    /// The first such day of the week on or after that month and day: `(Monday, 5, 25)` is the last Monday of May.
    From(Weekday, u8, u8),
    /// So many days after Easter Sunday.
    Easter(i8),
    /// So many days after Easter Sunday by the Julian calendar, which Orthodox churches keep.
    Orthodox(i8),
    /// Saint Brigid's Day: 1 February where that is a Friday, else the month's first Monday.
    Brigid,
}

impl Holiday {
    /// Whether it falls on that day.
    pub fn falls_on(self, day: Day) -> bool {
        let in_year = |month: u8, of_month: u8| Day::from_parts(day.year(), month.into(), of_month.into());
        match self {
            Self::Fixed(month, of_month) => day.month_and_day() == (month.into(), of_month.into()),
            Self::OrMonday(month, of_month) => in_year(month, of_month)
                .is_some_and(|first| day == first || (first.weekday() == Weekday::Sun && day == first.next())),
            Self::Weekdays(month, of_month, count) => {
                in_year(month, of_month).is_some_and(|first| weekdays(first, day, count))
            }
            Self::From(weekday, month, of_month) => in_year(month, of_month)
                .is_some_and(|first| day.weekday() == weekday && (0..7).contains(&day.days_after(first))),
            Self::Easter(days) => easter(day.year()).is_some_and(|easter| day.days_after(easter) == i64::from(days)),
            Self::Orthodox(days) => {
                orthodox_easter(day.year()).is_some_and(|easter| day.days_after(easter) == i64::from(days))
            }
            Self::Brigid => in_year(2, 1).is_some_and(|first| match first.weekday() {
                Weekday::Fri => day == first,
                _ => Self::From(Weekday::Mon, 2, 1).falls_on(day),
            }),
        }
    }
}

/// Whether `day` is among the first `count` days from `first` on that are neither Saturday nor Sunday.
fn weekdays(first: Day, day: Day, count: u8) -> bool {
    let is_weekday = |day: Day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    let mut left = count;
    let mut at = first;
    while left > 0 && at <= day {
        if is_weekday(at) {
            left -= 1;
            if at == day {
                return true;
            }
        }
        at = at.next();
    }
    false
}

/// Easter Sunday of the Gregorian calendar.
fn easter(year: i32) -> Option<Day> {
    // The moon of the 19-year cycle, corrected for the leap years that centuries leave out and for the moon's own drift.
    let golden = year.rem_euclid(19);
    let century = year / 100;
    let drift = (century - century / 4 - (8 * century + 13) / 25 + 19 * golden + 15).rem_euclid(30);
    // The full moon never falls later than 18 April, nor twice on that day in one cycle.
    let moon = drift - i32::from(drift == 29 || (drift == 28 && golden > 10));
    let weekday = (year + year / 4 + moon + 2 - century + century / 4).rem_euclid(7);
    from_march(year, moon - weekday + 28)
}

/// Easter Sunday of the Julian calendar, as a Gregorian date.
fn orthodox_easter(year: i32) -> Option<Day> {
    let moon = (19 * year.rem_euclid(19) + 15).rem_euclid(30);
    let weekday = (year + year / 4 + moon).rem_euclid(7);
    let century = year / 100;
    // How many days the Gregorian calendar is ahead.
    from_march(year, moon - weekday + 28 + century - century / 4 - 2)
}

/// The day of that number where 1 March is the first.
fn from_march(year: i32, number: i32) -> Option<Day> {
    Some(Day::from_parts(year, 3, 1)?.plus_days(u32::try_from(number.checked_sub(1)?).ok()?))
}
