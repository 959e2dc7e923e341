//! What was counted of events, as staff see it.

use nod_core::sorted::SortedMap;

use crate::{
    destinations::Count,
    events::{Breakdown, Hour, OfPurpose, Summary, Sums},
    graphql::shown::Shown,
};

/// What was counted in a period, and what became of it at destinations.
pub(in crate::graphql) fn shown(summary: &Summary, counts: &[Count]) -> Shown {
    let sum = |part: fn(&(i64, i64)) -> i64| {
        let counts = summary.events.iter().map(|event| (event.accepted, event.blocked));
        counts.fold(0, |sum: i64, count| sum.saturating_add(part(&count)))
    };
    let mut hours: SortedMap<&str, Vec<Shown>> = SortedMap::new();
    for one in &summary.hours {
        hours.entry(&one.name).or_default().push(hour(one));
    }
    let events = summary.events.iter().map(|event| {
        Shown::Object(vec![
            ("name", event.name.as_str().into()),
            ("accepted", event.accepted.into()),
            ("blocked", event.blocked.into()),
            ("hours", Shown::List(hours.remove(event.name.as_str()).unwrap_or_default())),
        ])
    });
    let events = Shown::List(events.collect());
    let days = summary.days.iter().map(|one| counted("day", one.day.into(), one.accepted, one.blocked));
    let purpose = |one: &OfPurpose| counted("purpose", one.purpose.as_str().into(), one.accepted, one.blocked);
    let breakdowns =
        summary.breakdowns.chunk_by(|one, next| (&one.name, &one.property) == (&next.name, &next.property));
    let destinations = counts.chunk_by(|one, next| one.destination == next.destination);
    Shown::Object(vec![
        ("accepted", sum(|counted| counted.0).into()),
        ("blocked", sum(|count| count.1).into()),
        ("dropped", summary.dropped.into()),
        ("visits", summary.visits.into()),
        ("events", events),
        ("breakdowns", Shown::list(breakdowns.filter_map(breakdown))),
        ("destinations", Shown::list(destinations.filter_map(destination))),
        ("days", Shown::list(days)),
        ("purposes", Shown::list(summary.purposes.iter().map(purpose))),
        ("before", before(summary.before)),
    ])
}

fn before(sums: Sums) -> Shown {
    Shown::Object(vec![
        ("accepted", sums.accepted.into()),
        ("blocked", sums.blocked.into()),
        ("dropped", sums.dropped.into()),
        ("visits", sums.visits.into()),
    ])
}

fn hour(hour: &Hour) -> Shown {
    counted("at", hour.at.into(), hour.accepted, hour.blocked)
}

/// What came by something that has a name.
fn counted(name: &'static str, value: Shown, accepted: i64, blocked: i64) -> Shown {
    Shown::Object(vec![(name, value), ("accepted", accepted.into()), ("blocked", blocked.into())])
}

/// The values of one property of one event.
fn breakdown(values: &[Breakdown]) -> Option<Shown> {
    let first = values.first()?;
    let value =
        |one: &Breakdown| Shown::Object(vec![("value", one.value.as_str().into()), ("accepted", one.accepted.into())]);
    Some(Shown::Object(vec![
        ("event", first.name.as_str().into()),
        ("property", first.property.as_str().into()),
        ("values", Shown::list(values.iter().map(value))),
    ]))
}

/// What became of events at one destination.
fn destination(counts: &[Count]) -> Option<Shown> {
    let first = counts.first()?;
    let of = |outcome: &'static str| counts.iter().filter(move |count| count.outcome == outcome);
    let sum = |outcome| of(outcome).fold(0, |sum: u64, count| sum.saturating_add(count.events));
    let loss =
        |count: &Count| Shown::Object(vec![("reason", count.reason.as_str().into()), ("events", count.events.into())]);
    Some(Shown::Object(vec![
        ("id", first.destination.as_str().into()),
        ("delivered", sum("delivered").into()),
        ("withheld", sum("withheld").into()),
        ("lost", sum("lost").into()),
        ("losses", Shown::list(of("lost").map(loss))),
    ]))
}
