//! Days, holidays and their tables, against published dates and a calendar that knows nothing but how to count.

use std::collections::BTreeSet;

use super::*;
use crate::rights::walker::{WALKER, Walker};

fn day(text: &str) -> Day {
    let at = Timestamp::parse(&format!("{text}T12:00:00Z")).unwrap();
    Day::of(at, 0)
}

/// The holidays of a year that are not on a day of rest.
fn holidays(id: &str, year: i32) -> Vec<String> {
    let calendar = Calendar::parse(id).unwrap();
    let mut at = Day::from_parts(year, 1, 1).unwrap();
    let mut found = Vec::new();
    while at.year() == year {
        if calendar.is_holiday(at) && !calendar.rest.contains(&at.weekday()) {
            found.push(at.to_string()[5..].to_owned());
        }
        at = at.next();
    }
    found
}

#[test]
fn dates_are_those_that_a_walk_from_1970_on_meets() {
    let mut at = Day::from_parts(1970, 1, 1).unwrap();
    for walked in &WALKER.days {
        assert_eq!((at.year(), at.month_and_day()), (walked.year, (walked.month, walked.day)));
        assert_eq!(at.weekday().num_days_from_monday(), walked.weekday);
        at = at.next();
    }
}

#[test]
fn easter_is_when_churches_published_it() {
    for (date, orthodox) in [
        ("2024-03-31", "2024-05-05"),
        ("2025-04-20", "2025-04-20"),
        ("2026-04-05", "2026-04-12"),
        ("2027-03-28", "2027-05-02"),
        ("2028-04-16", "2028-04-16"),
        ("2029-04-01", "2029-04-08"),
        ("2030-04-21", "2030-04-28"),
        ("2031-04-13", "2031-04-13"),
        ("2035-03-25", "2035-04-29"),
        // The latest there is, and the two that the rule for 18 and 19 April moves.
        ("2038-04-25", "2038-04-25"),
        ("2049-04-18", "2049-04-25"),
        ("2076-04-19", "2076-04-26"),
        // After a century without its leap day.
        ("2101-04-17", "2101-04-24"),
    ] {
        assert!(Holiday::Easter(0).falls_on(day(date)), "{date}");
        assert!(Holiday::Orthodox(0).falls_on(day(orthodox)), "{orthodox}");
    }
}

#[test]
fn easter_is_a_sunday_after_the_first_full_moon_of_spring_by_another_reckoning() {
    for year in 1970..=9999 {
        let (month, of_month) = meeus(year);
        let date = Day::from_parts(year, month, of_month).unwrap();
        assert!(Holiday::Easter(0).falls_on(date), "{date}");
        assert_eq!(date.weekday(), Weekday::Sun);
        assert!(!Holiday::Easter(0).falls_on(date.plus_days(7)));
    }
}

/// Easter by the method that astronomers print, which shares no step with ours.
fn meeus(year: i32) -> (u32, u32) {
    let (golden, century, rest) = (year % 19, year / 100, year % 100);
    let moon = (century - (century + 8) / 25 + 1) / 3;
    let full = (19 * golden + century - century / 4 - moon + 15) % 30;
    let sunday = (32 + 2 * (century % 4) + 2 * (rest / 4) - full - rest % 4) % 7;
    let late = (golden + 11 * full + 22 * sunday) / 451;
    let number = full + sunday - 7 * late + 114;
    (u32::try_from(number / 31).unwrap(), u32::try_from(number % 31 + 1).unwrap())
}

#[test]
fn the_holidays_of_a_year_are_those_that_were_published() {
    for (id, year, published) in [
        ("DE", 2026, "01-01 04-03 04-06 05-01 05-14 05-25 12-25"),
        ("FR", 2026, "01-01 04-06 05-01 05-08 05-14 05-25 07-14 11-11 12-25"),
        ("IE", 2026, "01-01 02-02 03-17 04-06 05-04 06-01 08-03 10-26 12-25"),
        ("IE", 2030, "01-01 02-01 04-22 05-06 06-03 08-05 10-28 12-25 12-26"),
        ("GR", 2026, "01-01 01-06 02-23 03-25 04-10 04-13 05-01 06-01 10-28 12-25"),
        ("PL", 2026, "01-01 01-06 04-06 05-01 06-04 11-11 12-24 12-25"),
        ("NL", 2026, "01-01 04-03 04-06 04-27 05-05 05-14 05-25 12-25"),
        ("SE", 2026, "01-01 01-06 04-03 04-06 05-01 05-14 12-25"),
        ("GB-ENG", 2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"),
        ("GB-ENG", 2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28"),
        ("GB-ENG", 2028, "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26"),
        ("GB-SCT", 2026, "01-01 01-02 04-03 05-04 05-25 08-03 11-30 12-25 12-28"),
        ("GB-SCT", 2028, "01-03 01-04 04-14 05-01 05-29 08-07 11-30 12-25 12-26"),
        ("GB-NIR", 2026, "01-01 03-17 04-03 04-06 05-04 05-25 07-13 08-31 12-25 12-28"),
        ("US", 2027, "01-01 01-18 02-15 05-31 07-05 09-06 10-11 11-11 11-25"),
        ("US-CA", 2026, "01-01 01-19 02-16 05-25 09-07 10-12 11-11 11-26 12-25"),
        ("CH", 2026, "01-01 05-14 12-25"),
        ("CA", 2026, "01-01 04-03 04-06 05-18 07-01 09-07 09-30 11-11 12-25"),
        ("CA-QC", 2026, "01-01 04-03 04-06 05-18 06-24 07-01 09-07 10-12 12-25"),
        ("BR", 2026, "01-01 04-21 05-01 09-07 10-12 11-02 11-20 12-25"),
    ] {
        assert_eq!(holidays(id, year).join(" "), published, "{id} {year}");
    }
}

#[test]
fn what_holds_for_a_union_of_places_holds_in_each_of_them() {
    for year in 2024..2050 {
        let all = |id| holidays(id, year).into_iter().collect::<BTreeSet<_>>();
        for (whole, parts) in [("EEA", STATES), ("GB", UNITED_KINGDOM_PARTS)] {
            for part in parts {
                let missing: Vec<_> = all(whole).difference(&all(part.id)).cloned().collect();
                assert_eq!(missing, Vec::<String>::new(), "{whole} {} {year}", part.id);
                let whole = Calendar::parse(whole).unwrap();
                assert!(whole.west <= part.west && whole.east >= part.east, "{}", part.id);
            }
        }
        let missing: Vec<_> = all("US-CA").difference(&all("US")).cloned().collect();
        assert_eq!(missing, Vec::<String>::new(), "{year}");
    }
}

#[test]
fn calendars_have_names_of_their_own_and_are_found_by_them() {
    let names: Vec<_> = Calendar::all().map(|calendar| calendar.id).collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    for name in names {
        assert_eq!(Calendar::parse(name).unwrap().id, name);
    }
    assert_eq!(Calendar::parse("XX"), None);
}

#[test]
fn a_day_begins_by_the_westernmost_clock_and_ends_by_the_easternmost_or_utc() {
    let at = |text| Timestamp::parse(text).unwrap();
    for (id, moment, date, end) in [
        // Berlin keeps the hour after midnight in summer as the day before, and midnight in summer as the end.
        ("DE", "2026-07-01T22:30:00Z", "2026-07-01", "2026-07-01T21:59:59.999Z"),
        ("DE", "2026-07-01T23:00:00Z", "2026-07-02", "2026-07-02T21:59:59.999Z"),
        // Lisbon's law reaches the Azores.
        ("PT", "2026-01-01T00:30:00Z", "2025-12-31", "2025-12-31T22:59:59.999Z"),
        // California's day ends when UTC's does: its date reads the same everywhere.
        ("US-CA", "2026-01-01T07:59:59Z", "2025-12-31", "2025-12-31T23:59:59.999Z"),
        ("US-CA", "2026-01-01T08:00:00Z", "2026-01-01", "2026-01-01T23:59:59.999Z"),
    ] {
        let calendar = Calendar::parse(id).unwrap();
        let arrived = calendar.date_of(at(moment));
        assert_eq!((arrived.to_string().as_str(), calendar.end_of(arrived)), (date, at(end)), "{id} {moment}");
    }
}

#[test]
fn working_days_are_counted_without_the_first_and_without_rest() {
    let california = Calendar::parse("US-CA").unwrap();
    for (from, count, to) in [
        ("2026-11-02", 10, "2026-11-17"),
        ("2026-11-20", 10, "2026-12-07"),
        ("2026-11-21", 1, "2026-11-23"),
        ("2026-12-24", 1, "2026-12-28"),
    ] {
        assert_eq!(california.after_working_days(day(from), count), day(to), "{from}");
    }
}

#[test]
fn the_end_of_time_is_an_end() {
    let last = ANYWHERE.date_of(Timestamp::MAX);
    let late = ANYWHERE.end_of(ANYWHERE.after_working_days(last.plus_months(3).plus_days(u32::MAX), 15));
    assert_eq!(late, Timestamp::MAX);
    assert_eq!(Walker::index(Timestamp::from_millis(0).unwrap(), 0), 0);
}
