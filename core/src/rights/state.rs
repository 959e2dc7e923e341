//! One request, as far as the rules know it: no name, no address, no word of what was written.

use super::{
    calendar::Calendar,
    clock::{Clock, Facts},
    kind::{Kind, Origin, Status},
    law::Law,
    reason::{DenialReason, ExtensionReason, HoldReason},
};
use crate::{id::RightsRequestId, time::Timestamp};

/// How long an address may take to be proven.
pub const PROOF: i64 = 7 * DAY;
/// After how long the person is reminded, once.
pub const REMINDER: i64 = DAY;
const DAY: i64 = 24 * 60 * 60 * 1000;

/// A hold that lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hold {
    /// What for.
    pub reason: HoldReason,
    /// Since when.
    pub since: Timestamp,
}

/// An extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extension {
    /// Why.
    pub reason: ExtensionReason,
    /// When it was told.
    pub at: Timestamp,
}

/// One request. Each member is a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// What it asks for.
    pub kind: Kind,
    /// How it came.
    pub origin: Origin,
    /// Where it stands.
    pub status: Status,
    /// The law that governs it.
    pub law: &'static Law,
    /// The calendar that its days are reckoned by.
    pub calendar: &'static Calendar,
    /// When it arrived.
    pub received_at: Timestamp,
    /// When its address was proven. An opt-out that counts without a proof has none.
    pub verified_at: Option<Timestamp>,
    /// When the person was told that it is here.
    pub acknowledged_at: Option<Timestamp>,
    /// Its clocks.
    pub clock: Clock,
    /// The extension; of the appeal, where there is one.
    pub extension: Option<Extension>,
    /// The hold, while it lasts.
    pub hold: Option<Hold>,
    /// Whether nothing may be erased.
    pub legal_hold: bool,
    /// Why it was refused, the last time.
    pub denial: Option<DenialReason>,
    /// The request that is answered instead.
    pub duplicate_of: Option<RightsRequestId>,
    /// When it was appealed.
    pub appealed_at: Option<Timestamp>,
    /// When nothing more was to be done.
    pub closed_at: Option<Timestamp>,
}

impl State {
    /// When it expires unless its address is proven.
    pub fn expires_at(&self) -> Timestamp {
        after(self.received_at, PROOF)
    }

    /// When the person is reminded of the link.
    pub fn reminder_at(&self) -> Timestamp {
        after(self.received_at, REMINDER)
    }

    /// Until when the person may appeal; `None` where there is nothing to appeal, or no way to.
    pub fn appeal_by(&self) -> Option<Timestamp> {
        let appeal = self.law.appeal.filter(|_| self.status == Status::Denied && self.appealed_at.is_none())?;
        let closed = self.calendar.date_of(self.closed_at?);
        Some(self.calendar.end_of(appeal.within.last_day(closed, self.calendar)))
    }

    /// Whether the clock stands still.
    pub fn is_paused(&self) -> bool {
        self.hold.is_some_and(|hold| self.law.pauses(hold.reason))
    }

    /// How many days are left to answer: 0 on the last day, negative afterwards. While the clock stands, as many as when it stopped.
    pub fn days_left(&self, now: Timestamp) -> i64 {
        let at = self.hold.filter(|_| self.is_paused()).map_or(now, |hold| hold.since);
        self.clock.days_left(at)
    }

    /// Whether an extension could be told now.
    pub fn can_be_extended(&self, now: Timestamp) -> bool {
        self.status.is_active() && self.extension.is_none() && self.facts().terms().1.is_some() && !self.is_late(now)
    }

    pub(super) fn is_late(&self, now: Timestamp) -> bool {
        !self.is_paused() && now > self.clock.due_at
    }

    pub(super) fn facts(&self) -> Facts {
        Facts {
            kind: self.kind,
            origin: self.origin,
            law: self.law,
            calendar: self.calendar,
            received_at: self.received_at,
            appealed_at: self.appealed_at,
            is_extended: self.extension.is_some(),
            paused: self.clock.paused,
        }
    }
}

fn after(at: Timestamp, millis: i64) -> Timestamp {
    Timestamp::from_millis(at.millis().saturating_add(millis)).unwrap_or(Timestamp::MAX)
}
