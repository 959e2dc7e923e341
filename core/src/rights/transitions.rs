//! Every change that a request can go through, as a table. The machine obeys it, and `docs/rights.md` prints it.

use super::{
    consequence::Mail,
    event::EventKind,
    kind::{
        Party::{self, Platform, Staff, Subject, System},
        Status::{
            self, AwaitingVerification, Denied, Duplicate, Expired, Fulfilled, InProgress, OnHold, Received, Withdrawn,
        },
    },
};
use crate::journal::Action;

/// One row: in these states, this event by these parties leads there.
#[derive(Debug)]
pub struct Row {
    /// Where the request stands. Empty: it is not there yet.
    pub from: &'static [Status],
    /// What happens.
    pub event: EventKind,
    /// Who may do it.
    pub by: &'static [Party],
    /// What else must hold, where two rows differ by that only.
    pub when: Condition,
    /// Where it leads; `None`: nowhere, the state stays.
    pub to: Option<Status>,
    /// What the journal says.
    pub journal: Action,
    /// Who is written to.
    pub mails: &'static [Mail],
}

/// What tells two rows apart that have the same state, event and party.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Nothing.
    Always,
    /// The address must be proven first.
    Unproven,
    /// The address is proven, or need not be.
    Proven,
    /// No other request of the person and kind is active.
    First,
    /// One is.
    Again,
    /// The hold waits for the person's words.
    Awaited,
    /// It waits for something else.
    NotAwaited,
}

impl Condition {
    /// In words; nothing where there is none.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Always => "",
            Self::Unproven => "the address is not proven",
            Self::Proven => "the address is proven, or need not be",
            Self::First => "the same is not asked by an active request",
            Self::Again => "the same is asked by an active request",
            Self::Awaited => "it waits for the person's words",
            Self::NotAwaited => "it waits for something else",
        }
    }
}

const ACTIVE: &[Status] = &[Received, InProgress, OnHold];

const fn row(
    from: &'static [Status],
    event: EventKind,
    by: &'static [Party],
    to: Option<Status>,
    journal: Action,
    mails: &'static [Mail],
) -> Row {
    Row { from, event, by, when: Condition::Always, to, journal, mails }
}

impl Row {
    const fn when(mut self, condition: Condition) -> Self {
        self.when = condition;
        self
    }
}

/// A request whose address is still to be proven.
pub(super) const UNPROVEN: Row = row(
    &[],
    EventKind::Submitted,
    &[Subject, Staff],
    Some(AwaitingVerification),
    Action::RightsRequestSubmitted,
    &[Mail::Verify],
)
.when(Condition::Unproven);

/// A request that counts from the start.
pub(super) const PROVEN: Row = row(
    &[],
    EventKind::Submitted,
    &[Subject, Staff, Platform],
    Some(Received),
    Action::RightsRequestSubmitted,
    &[Mail::Received, Mail::StaffNotice],
)
.when(Condition::Proven);

/// A request of somebody who is known and who asked for the same before.
pub(super) const AGAIN: Row = row(
    &[],
    EventKind::Submitted,
    &[Subject, Staff],
    Some(Duplicate),
    Action::RightsRequestDuplicate,
    &[Mail::Duplicate],
)
.when(Condition::Again);

/// The table.
#[rustfmt::skip]
pub static TRANSITIONS: &[Row] = &[
    UNPROVEN,
    PROVEN,
    AGAIN,

    row(&[AwaitingVerification], EventKind::Verified, &[Subject], Some(Received), Action::RightsRequestVerified, &[Mail::Confirmed, Mail::StaffNotice]).when(Condition::First),
    row(&[AwaitingVerification], EventKind::Verified, &[Subject], Some(Duplicate), Action::RightsRequestDuplicate, &[Mail::Duplicate]).when(Condition::Again),
    row(&[AwaitingVerification], EventKind::Expired, &[System], Some(Expired), Action::RightsRequestExpired, &[]),
    row(&[AwaitingVerification], EventKind::Withdrawn, &[Subject], Some(Withdrawn), Action::RightsRequestWithdrawn, &[]),

    row(ACTIVE, EventKind::Acknowledged, &[Staff, System], None, Action::RightsRequestAcknowledged, &[Mail::Confirmed]),
    row(&[Received], EventKind::Started, &[Staff], Some(InProgress), Action::RightsRequestStarted, &[]),
    row(ACTIVE, EventKind::Extended, &[Staff], None, Action::RightsRequestExtended, &[Mail::Extended]),
    row(&[Received, InProgress], EventKind::Held, &[Staff], Some(OnHold), Action::RightsRequestHeld, &[]),
    row(&[OnHold], EventKind::Resumed, &[Staff], Some(InProgress), Action::RightsRequestResumed, &[]),
    row(&[Received, InProgress], EventKind::Fulfilled, &[Staff, System], Some(Fulfilled), Action::RightsRequestFulfilled, &[Mail::Fulfilled]),
    row(ACTIVE, EventKind::Denied, &[Staff], Some(Denied), Action::RightsRequestDenied, &[Mail::Denied]),
    row(ACTIVE, EventKind::Withdrawn, &[Subject, Staff, Platform], Some(Withdrawn), Action::RightsRequestWithdrawn, &[Mail::Withdrawn, Mail::StaffNotice]),
    row(ACTIVE, EventKind::Merged, &[Staff, System], Some(Duplicate), Action::RightsRequestDuplicate, &[Mail::Duplicate]),
    row(ACTIVE, EventKind::HoldPlaced, &[Staff], None, Action::RightsRequestLegalHoldPlaced, &[]),
    row(ACTIVE, EventKind::HoldLifted, &[Staff], None, Action::RightsRequestLegalHoldLifted, &[]),
    row(&[Denied], EventKind::Appealed, &[Subject, Staff], Some(InProgress), Action::RightsRequestAppealed, &[Mail::StaffNotice]),

    row(&[Received, InProgress, OnHold, Fulfilled, Denied], EventKind::Messaged, &[Staff], None, Action::RightsRequestMessageSent, &[Mail::Message]),
    row(&[Received, InProgress, Fulfilled, Denied], EventKind::Messaged, &[Subject], None, Action::RightsRequestMessageSent, &[Mail::StaffNotice]),
    row(&[OnHold], EventKind::Messaged, &[Subject], Some(InProgress), Action::RightsRequestMessageSent, &[Mail::StaffNotice]).when(Condition::Awaited),
    row(&[OnHold], EventKind::Messaged, &[Subject], None, Action::RightsRequestMessageSent, &[Mail::StaffNotice]).when(Condition::NotAwaited),
];
