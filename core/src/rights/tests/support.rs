//! What the tests of one request share.

use crate::{
    id::RightsRequestId,
    rights::{Event, Filing, Kind, Law, Origin, Party, Refusal, State, Transition, apply, submit},
    time::Timestamp,
};

pub(super) const DAY: i64 = 24 * 60 * 60 * 1000;

pub(super) fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

pub(super) fn later(at: Timestamp, days: i64) -> Timestamp {
    Timestamp::from_millis(at.millis() + days * DAY).unwrap()
}

/// Noon of a Monday.
pub(super) fn start() -> Timestamp {
    at("2026-03-02T12:00:00Z")
}

pub(super) fn id(letter: char) -> RightsRequestId {
    RightsRequestId::parse(&letter.to_string().repeat(22)).unwrap()
}

pub(super) fn filing(kind: Kind, law: &str) -> Filing {
    let law = Law::parse(law).unwrap();
    Filing { kind, origin: Origin::Form, law, calendar: law.calendar, verified: false, duplicate_of: None }
}

/// One request and its time.
pub(super) struct Story {
    pub(super) last: Transition,
    pub(super) now: Timestamp,
}

impl Story {
    /// A request whose address was proven two hours after it was filed.
    pub(super) fn verified(kind: Kind, law: &str) -> Self {
        let mut story = Self { last: submit(&filing(kind, law), start()), now: start() };
        story.now = at("2026-03-02T14:00:00Z");
        story.does(&Event::Verified { duplicate_of: None }, Party::Subject);
        story
    }

    pub(super) fn state(&self) -> &State {
        &self.last.state
    }

    pub(super) fn tries(&self, event: &Event, by: Party) -> Result<Transition, Refusal> {
        apply(&self.last.state, event, by, self.now)
    }

    pub(super) fn does(&mut self, event: &Event, by: Party) -> &mut Self {
        self.last = self.tries(event, by).unwrap_or_else(|refusal| panic!("{event:?}: {refusal:?}"));
        self
    }

    pub(super) fn after(&mut self, days: i64) -> &mut Self {
        self.now = later(self.now, days);
        self
    }

    pub(super) fn due(&self) -> String {
        self.state().clock.due_on()
    }
}
