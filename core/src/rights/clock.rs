//! The clocks of one request: by when its person is told that it is here, and by when it is answered.
//!
//! A clock is reckoned from what is known of the request, never moved along: so it does not matter in which order things became
//! known, and no other request has a part in it. It starts on the day of receipt, proven or not.

use super::{
    calendar::{Calendar, Day},
    kind::{Kind, Origin},
    law::{Law, PLATFORM, Term},
};
use crate::time::Timestamp;

const DAY: i64 = 24 * 60 * 60 * 1000;

/// When something must be done. Each is the last moment at which it is in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// By when the person must be told that the request is here.
    pub acknowledge_by: Option<Timestamp>,
    /// By when it must be answered, or the appeal that was filed.
    pub due_at: Timestamp,
    /// For how many milliseconds it stood still, without a hold that lasts.
    pub paused: i64,
}

/// What a clock is reckoned from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Facts {
    pub(super) kind: Kind,
    pub(super) origin: Origin,
    pub(super) law: &'static Law,
    pub(super) calendar: &'static Calendar,
    pub(super) received_at: Timestamp,
    pub(super) appealed_at: Option<Timestamp>,
    pub(super) is_extended: bool,
    pub(super) paused: i64,
}

impl Facts {
    pub(super) fn clock(self) -> Clock {
        Clock {
            acknowledge_by: self.law.acknowledge.map(|term| {
                let day = self.calendar.date_of(self.received_at);
                self.calendar.end_of(term.last_day(day, self.calendar))
            }),
            due_at: self.calendar.end_of(self.due_on()),
            paused: self.paused,
        }
    }

    fn due_on(self) -> Day {
        let start = self.calendar.date_of(self.appealed_at.unwrap_or(self.received_at));
        let (term, more) = self.terms();
        let last = match more.filter(|_| self.is_extended) {
            Some(more) => term.and(more).last_day(start, self.calendar),
            None => term.last_day(start, self.calendar),
        };
        // Whole days only: a pause of an hour gives nothing.
        let last = last.plus_days(u32::try_from(self.paused / DAY).unwrap_or(0));
        let last = if self.law.rolls { self.calendar.working_day_from(last) } else { last };
        if self.origin == Origin::Platform { last.min(PLATFORM.last_day(start, self.calendar)) } else { last }
    }

    /// The period, and how much longer it may become.
    pub(super) fn terms(self) -> (Term, Option<Term>) {
        match (self.appealed_at, self.law.appeal) {
            (Some(_), Some(appeal)) => (appeal.respond, appeal.extension),
            _ if self.kind.is_opt_out() || self.origin == Origin::Platform => (self.law.answer(self.kind), None),
            _ => (self.law.respond, self.law.extension),
        }
    }
}

impl Clock {
    /// The date of the last day, in the law's place: `2026-12-24`.
    pub fn due_on(&self) -> String {
        day_of(self.due_at)
    }

    /// How many days are left: 0 on the last day, negative afterwards.
    pub fn days_left(&self, now: Timestamp) -> i64 {
        (self.due_at.millis() - now.millis()).div_euclid(DAY)
    }
}

/// The date of the end of a period. It reads the same in UTC: see [`super::calendar`].
pub fn day_of(end: Timestamp) -> String {
    end.rfc3339().chars().take(10).collect()
}

#[cfg(test)]
mod tests;
