//! The laws under which people ask, as data: how soon they are told, how soon answered, how much longer, and where that is written.
//!
//! A new law is a new row of a table. The first row that covers a place wins, so a state stands before its country; a place
//! that no row covers has [`DEFAULT`], which is no law but what is promised where none is known. Where a law can be
//! read in two ways, the row has the reading that ends earlier (`docs/decisions/0014-deadlines-err-early.md`).

mod america;
mod europe;
mod term;
#[cfg(test)]
mod tests;
mod world;

pub use term::Term;

use super::{
    calendar::{ANYWHERE, Calendar},
    kind::Kind,
    reason::{DenialReason, HoldReason},
};
use crate::region::Region;

/// An appeal to the controller itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appeal {
    /// How long after the refusal it may be filed. Laws say "a reasonable period": the number is Nod's.
    pub within: Term,
    /// How soon it must be answered.
    pub respond: Term,
    /// How much longer that may take.
    pub extension: Option<Term>,
}

/// One law.
#[derive(Debug, PartialEq, Eq)]
pub struct Law {
    /// The name that requests carry.
    pub id: &'static str,
    /// The name that people read.
    pub name: &'static str,
    /// How soon the person must be told that the request is here.
    pub acknowledge: Option<Term>,
    /// How soon it must be answered, from its arrival.
    pub respond: Term,
    /// How soon an opt-out must hold, from its arrival.
    pub opt_out: Term,
    /// How much longer the answer may take, once, if the person is told why while the first period runs.
    pub extension: Option<Term>,
    /// Holds that stop the clock.
    pub pauses: &'static [HoldReason],
    /// Whether a period that ends on a day on which nobody works ends on the next working day instead.
    pub rolls: bool,
    /// The appeal, where the law has one.
    pub appeal: Option<Appeal>,
    /// What people can ask for.
    pub kinds: &'static [Kind],
    /// Where the law names grounds to refuse.
    pub denials: &'static [(DenialReason, &'static str)],
    /// Where the values above come from.
    pub source: &'static str,
    /// Working days where no more is known of the controller's place.
    pub calendar: &'static Calendar,
    /// Working days of places within the law's reach.
    calendars: &'static [Calendar],
    /// Countries (`DE`) and subdivisions (`US-CA`) it covers.
    places: &'static [&'static str],
}

/// How long a platform gives to do what it passes on. Shopify, privacy law compliance: complete the action within 30 days.
pub const PLATFORM: Term = Term::Days(30);

/// What is promised where no law is known: the strictest of what the laws here have, but for Brazil's fifteen days.
pub static DEFAULT: Law = Law {
    id: "default",
    name: "Nod's default",
    acknowledge: Some(Term::WorkingDays(10)),
    respond: Term::Months(1),
    opt_out: Term::WorkingDays(15),
    extension: None,
    pauses: &[],
    rolls: false,
    appeal: Some(Appeal { within: Term::Days(60), respond: Term::Days(45), extension: None }),
    kinds: Kind::ALL,
    denials: &[],
    source: "No law is assumed: one month without more, as short as any general period here.",
    calendar: &ANYWHERE,
    calendars: &[],
    places: &[],
};

/// The known laws, most specific place first.
pub fn laws() -> impl Iterator<Item = &'static Law> {
    america::LAWS.iter().chain(europe::LAWS).chain(world::LAWS)
}

/// The law that governs a request of somebody from `region`; the default where the place is unknown or has no law here.
pub fn governing(region: Option<&Region>) -> &'static Law {
    region.and_then(|region| laws().find(|law| covers(law.places, region))).unwrap_or(&DEFAULT)
}

fn covers(places: &[&str], region: &Region) -> bool {
    let whole = region.to_string();
    places.iter().any(|place| *place == region.country() || *place == whole)
}

impl Law {
    /// The law of that id.
    pub fn parse(id: &str) -> Option<&'static Self> {
        laws().chain([&DEFAULT]).find(|law| law.id == id)
    }

    /// The calendar by which its periods are reckoned for a controller who sits there: the subdivision's, else the country's, else
    /// that of the days which rest in all of the law's reach.
    pub fn calendar_at(&self, controller: Option<&Region>) -> &'static Calendar {
        let by_name = |name: &str| self.calendars.iter().find(|calendar| calendar.id == name);
        controller
            .and_then(|place| by_name(&place.to_string()).or_else(|| by_name(place.country())))
            .unwrap_or(self.calendar)
    }

    /// The calendars of places within the law's reach.
    pub fn calendars(&self) -> &'static [Calendar] {
        self.calendars
    }

    /// Countries (`DE`) and subdivisions (`US-CA`) that it covers.
    pub const fn places(&self) -> &'static [&'static str] {
        self.places
    }

    /// How soon a request of that kind must be answered.
    pub const fn answer(&self, kind: Kind) -> Term {
        if kind.is_opt_out() { self.opt_out } else { self.respond }
    }

    /// Whether a hold for that reason stops the clock.
    pub fn pauses(&self, reason: HoldReason) -> bool {
        self.pauses.contains(&reason)
    }
}
