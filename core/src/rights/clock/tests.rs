//! Clocks against a calendar that counts day by day, and against real clocks.

use proptest::prelude::*;

use super::*;
use crate::rights::{
    law::{DEFAULT, laws},
    walker::{WALKER, Walker},
};

/// Each law with each calendar that it may be reckoned by.
fn grounds() -> Vec<(&'static Law, &'static Calendar)> {
    laws()
        .chain([&DEFAULT])
        .flat_map(|law| {
            let others = law.calendars().iter();
            others.chain([law.calendar]).map(move |calendar| (law, calendar))
        })
        .collect()
}

fn facts(ground: (&'static Law, &'static Calendar), received_at: Timestamp) -> Facts {
    Facts {
        kind: Kind::Access,
        origin: Origin::Form,
        law: ground.0,
        calendar: ground.1,
        received_at,
        appealed_at: None,
        is_extended: false,
        paused: 0,
    }
}

/// The day by which it must be answered, by counting; days begin by a clock that is so many minutes ahead of UTC.
fn walked(facts: Facts, minutes: i64) -> usize {
    let start = Walker::index(facts.appealed_at.unwrap_or(facts.received_at), minutes);
    let is_short = facts.kind.is_opt_out() || facts.origin == Origin::Platform;
    let (term, more) = match (facts.appealed_at, facts.law.appeal) {
        (Some(_), Some(appeal)) => (appeal.respond, appeal.extension),
        _ if is_short => (if facts.kind.is_opt_out() { facts.law.opt_out } else { facts.law.respond }, None),
        _ => (facts.law.respond, facts.law.extension),
    };
    let mut last = match (term, more.filter(|_| facts.is_extended)) {
        (term, None) => WALKER.last_day(start, term, facts.calendar),
        (Term::Months(first), Some(Term::Months(more))) => {
            WALKER.last_day(start, Term::Months(first + more), facts.calendar)
        }
        (term, Some(more)) => WALKER.last_day(WALKER.last_day(start, term, facts.calendar), more, facts.calendar),
    };
    last += usize::try_from(facts.paused / DAY).unwrap();
    if facts.law.rolls {
        last = WALKER.working_day_from(last, facts.calendar);
    }
    if facts.origin == Origin::Platform { last.min(start + 30) } else { last }
}

fn millis(date: &str) -> i64 {
    Timestamp::parse(&format!("{date}T12:00:00Z")).unwrap().millis()
}

#[test]
fn every_law_and_calendar_agrees_with_counting_on_every_day_of_eight_years() {
    let mut compared = 0;
    for ground in grounds() {
        let (west, east) = ground.1.clocks();
        for day in (millis("2024-01-01")..millis("2032-01-01")).step_by(usize::try_from(DAY).unwrap()) {
            for is_extended in [false, true] {
                let facts = Facts { is_extended, ..facts(ground, Timestamp::from_millis(day).unwrap()) };
                let end = Walker::end(walked(facts, west.into()), i64::from(east).max(0));
                assert_eq!(facts.clock().due_at.millis(), end, "{} {} {day}", ground.0.id, ground.1.id);
                compared += 1;
            }
        }
    }
    assert!(compared > 300_000, "{compared}");
}

fn any_facts() -> impl Strategy<Value = Facts> {
    let grounds = grounds();
    let moments = millis("1990-01-01")..millis("2100-01-01");
    let pauses = prop_oneof![2 => Just(0), 1 => 0..200 * DAY];
    let appeals = proptest::option::of(0..400 * DAY);
    let kinds = prop::sample::select(Kind::ALL);
    let origins = prop::sample::select(Origin::ALL);
    (0..grounds.len(), moments, pauses, appeals, kinds, origins, any::<bool>()).prop_map(
        move |(ground, at, paused, appeal, kind, origin, is_extended)| Facts {
            kind,
            origin,
            is_extended,
            paused,
            appealed_at: appeal
                .filter(|_| grounds[ground].0.appeal.is_some())
                .and_then(|later| Timestamp::from_millis(at + later)),
            ..facts(grounds[ground], Timestamp::from_millis(at).unwrap())
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100_000))]

    #[test]
    fn any_clock_agrees_with_counting(facts in any_facts()) {
        let (west, east) = facts.calendar.clocks();
        let end = Walker::end(walked(facts, west.into()), i64::from(east).max(0));
        let clock = facts.clock();
        prop_assert_eq!(clock.due_at.millis(), end);
        let day = WALKER.days[walked(facts, west.into())];
        prop_assert_eq!(clock.due_on(), format!("{:04}-{:02}-{:02}", day.year, day.month, day.day));
        let told = facts.law.acknowledge.map(|term| {
            let start = Walker::index(facts.received_at, west.into());
            Walker::end(WALKER.last_day(start, term, facts.calendar), i64::from(east).max(0))
        });
        prop_assert_eq!(clock.acknowledge_by.map(Timestamp::millis), told);
    }
}

proptest! {
    #[test]
    fn no_real_clock_of_the_place_ends_a_period_earlier(facts in any_facts(), arrival in 0..=4_i64, end in 0..=4_i64) {
        let (west, east) = facts.calendar.clocks();
        // What a clock of the place shows when the request arrives, and when the period ends: it may have been changed between.
        let minutes = |quarter: i64| i64::from(west) + i64::from(east - west) * quarter / 4;
        let real = Walker::end(walked(facts, minutes(arrival)), minutes(end));
        prop_assert!(facts.clock().due_at.millis() <= real);
    }

    #[test]
    fn later_arrival_longer_pause_and_extension_never_make_a_clock_earlier(facts in any_facts(), more in 0..90 * DAY) {
        let due = |facts: Facts| facts.clock().due_at;
        let at = Timestamp::from_millis(facts.received_at.millis() + more).unwrap();
        let unappealed = Facts { appealed_at: None, ..facts };
        let (later, longer) = (Facts { received_at: at, ..unappealed }, Facts { paused: facts.paused + more, ..facts });
        let [short, long] = [false, true].map(|is_extended| Facts { is_extended, ..facts });
        prop_assert!(due(later) >= due(unappealed));
        prop_assert!(due(longer) >= due(facts));
        prop_assert!(due(long) >= due(short));
    }

    #[test]
    fn what_a_platform_passes_on_is_due_within_its_thirty_days(facts in any_facts()) {
        let facts = Facts { origin: Origin::Platform, appealed_at: None, ..facts };
        prop_assert!(facts.clock().due_at.millis() - facts.received_at.millis() <= 31 * DAY + 26 * 60 * 60 * 1000);
        let by_form = Facts { origin: Origin::Form, ..facts };
        prop_assert!(facts.clock().due_at <= by_form.clock().due_at);
    }
}

#[test]
fn days_left_are_none_on_the_last_day_and_negative_afterwards() {
    let at = |text| Timestamp::parse(text).unwrap();
    let clock = facts(
        (crate::rights::Law::parse("us-tx").unwrap(), &crate::rights::calendar::UNITED_STATES),
        at("2026-01-01T12:00:00Z"),
    )
    .clock();
    assert_eq!(clock.due_on(), "2026-02-15");
    for (now, left) in [("2026-02-14T12:00:00Z", 1), ("2026-02-15T12:00:00Z", 0), ("2026-02-16T00:00:00Z", -1)] {
        assert_eq!(clock.days_left(at(now)), left, "{now}");
    }
}
