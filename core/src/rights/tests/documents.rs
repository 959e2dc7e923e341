//! `docs/rights.md` says what the tables say, and its worked examples are reckoned.

use std::fmt::Write as _;

use super::support::at;
use crate::{
    region::Region,
    rights::{
        Event, ExtensionReason, Filing, HoldReason, Kind, Law, Mail, Origin, Party, State, TRANSITIONS, Work, apply,
        law::{DEFAULT, Term, laws},
        submit,
    },
    time::Timestamp,
};

const HANDBOOK: &str = include_str!("../../../../docs/rights.md");

/// What stands between two marks of the handbook.
fn section(name: &str) -> &'static str {
    let (_, rest) = HANDBOOK.split_once(&format!("<!-- {name} -->\n")).unwrap();
    rest.split_once(&format!("<!-- end of {name} -->")).unwrap().0
}

/// The names of things, in code style.
fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[test]
fn the_handbook_has_the_table_of_transitions() {
    let mut table =
        String::from("| from | event | by | where | to | journal | mails |\n|---|---|---|---|---|---|---|\n");
    for row in TRANSITIONS {
        let from = list(row.from.iter().map(|status| status.name()));
        let to = row.to.map_or("(the same)".to_owned(), |status| format!("`{}`", status.name()));
        let by = list(row.by.iter().map(|party| party.name()));
        let mails = list(row.mails.iter().map(|mail| mail.name()));
        let (event, when, journal) = (row.event.name(), row.when.words(), row.journal.name());
        let _ = writeln!(table, "| {from} | `{event}` | {by} | {when} | {to} | `{journal}` | {mails} |");
    }
    assert!(section("transitions") == table, "docs/rights.md should have:\n{table}");
}

fn term(term: Term) -> String {
    match term {
        Term::Days(days) => format!("{days} days"),
        Term::WorkingDays(days) => format!("{days} working days"),
        Term::Months(1) => "1 month".to_owned(),
        Term::Months(months) => format!("{months} months"),
    }
}

#[test]
fn the_handbook_has_the_table_of_laws() {
    let optional = |given: Option<Term>| given.map_or(String::new(), term);
    let mut table = String::from(
        "| law | acknowledge | answer | more | opt-out | appeal | pauses | rolls | calendar | source |\n\
         |---|---|---|---|---|---|---|---|---|---|\n",
    );
    for law in laws().chain([&DEFAULT]) {
        let appeal = law.appeal.map_or(String::new(), |appeal| match appeal.extension {
            None => term(appeal.respond),
            Some(more) => format!("{}, {} more", term(appeal.respond), term(more)),
        });
        let opt_out = if law.opt_out == law.respond { String::new() } else { term(law.opt_out) };
        let rolls = if law.rolls { "yes" } else { "" };
        let pauses = list(law.pauses.iter().map(|reason| reason.name()));
        let (id, calendar, source) = (law.id, law.calendar.id, law.source);
        let (told, answer, more) = (optional(law.acknowledge), term(law.respond), optional(law.extension));
        let _ = writeln!(
            table,
            "| `{id}` | {told} | {answer} | {more} | {opt_out} | {appeal} | {pauses} | {rolls} | {calendar} | {source} |"
        );
    }
    assert!(section("laws") == table, "docs/rights.md should have:\n{table}");
}

/// One worked example: a row of the handbook.
struct Example {
    law: &'static Law,
    controller: Option<Region>,
    kind: Kind,
    received: Timestamp,
    then: String,
    acknowledge: String,
    due: String,
}

impl Example {
    fn read(line: &str) -> Self {
        let cells: Vec<_> = line.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('`')).collect();
        let [law, controller, kind, received, then, acknowledge, due, _] = cells.as_slice() else {
            panic!("a row with other cells: {line}")
        };
        Self {
            law: Law::parse(law).unwrap(),
            controller: Region::parse(controller),
            kind: Kind::parse(kind).unwrap(),
            received: at(received),
            then: (*then).to_owned(),
            acknowledge: (*acknowledge).to_owned(),
            due: (*due).to_owned(),
        }
    }

    /// The request, after what the row says of it.
    fn lived(&self) -> State {
        let calendar = self.law.calendar_at(self.controller.as_ref());
        let origin = if self.then == "platform" { Origin::Platform } else { Origin::Staff };
        let filing = Filing { kind: self.kind, origin, law: self.law, calendar, verified: true, duplicate_of: None };
        let filed = submit(&filing, self.received).state;
        let staff = |state: &State, event: &Event, now| apply(state, event, Party::Staff, now).unwrap().state;
        match self.then.split_once(' ') {
            None if self.then == "extended" => {
                staff(&filed, &Event::Extended { reason: ExtensionReason::Complexity }, self.received)
            }
            Some(("held", days)) => {
                let millis = days.trim_end_matches(" days").parse::<i64>().unwrap() * super::support::DAY;
                let held = staff(&filed, &Event::Held { reason: HoldReason::Clarification }, self.received);
                let resumed = Timestamp::from_millis(self.received.millis() + millis).unwrap();
                staff(&held, &Event::Resumed, resumed)
            }
            _ => filed,
        }
    }
}

#[test]
fn the_worked_examples_of_the_handbook_are_reckoned() {
    let rows: Vec<_> = section("examples").lines().skip(2).map(Example::read).collect();
    assert!(rows.len() >= 25);
    let wrong: Vec<_> = rows
        .iter()
        .filter_map(|row| {
            let clock = row.lived().clock;
            let told = clock.acknowledge_by.map_or(String::new(), crate::rights::clock::day_of);
            let is_right = told == row.acknowledge && clock.due_on() == row.due;
            (!is_right)
                .then(|| format!("{} {} {}: {told} {}", row.law.id, row.received.rfc3339(), row.then, clock.due_on()))
        })
        .collect();
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_handbook_names_every_word_that_the_rules_use() {
    let words = crate::rights::Status::ALL.iter().map(|status| status.name());
    let words = words
        .chain(Kind::ALL.iter().map(|kind| kind.name()))
        .chain(crate::rights::DenialReason::ALL.iter().map(|reason| reason.name()))
        .chain(ExtensionReason::ALL.iter().map(|reason| reason.name()))
        .chain(HoldReason::ALL.iter().map(|reason| reason.name()))
        .chain(Mail::ALL.iter().map(|mail| mail.name()))
        .chain(Work::ALL.iter().map(|work| work.name()));
    let missing: Vec<_> = words.filter(|word| !HANDBOOK.contains(&format!("`{word}`"))).collect();
    assert_eq!(missing, Vec::<&str>::new());
}
