//! What becomes of a request when something happens to it.
//!
//! [`apply`] looks only at the request itself, at what happens and at the time: no other request can change what it gives, but
//! the one that an event names, and of those an unverified one is never named ([`super::duplicates`]). A refusal changes nothing.

use super::{
    calendar::Calendar,
    clock::Facts,
    consequence::{Mail, Work},
    event::{Event, EventKind},
    kind::{Kind, Origin, Party, Status},
    law::Law,
    refusal::Refusal,
    state::{Extension, Hold, State},
    transitions::{AGAIN, Condition, PROVEN, Row, TRANSITIONS, UNPROVEN},
};
use crate::{id::RightsRequestId, journal::Action, time::Timestamp};

/// What a change gives: the request as it is now, what the journal says, who is written to, and what is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transition {
    /// The request.
    pub state: State,
    /// The journal's action: one for each change.
    pub journal: Action,
    /// The letters.
    pub mails: &'static [Mail],
    /// The work.
    pub work: &'static [Work],
}

/// A request that is filed.
#[derive(Clone, Debug)]
pub struct Filing {
    /// What it asks for.
    pub kind: Kind,
    /// How it came.
    pub origin: Origin,
    /// The law that governs it.
    pub law: &'static Law,
    /// The calendar of the controller's place: [`Law::calendar_at`].
    pub calendar: &'static Calendar,
    /// Whether who asks is known already: a platform says so, or staff established it.
    pub verified: bool,
    /// What [`super::duplicates::rival`] found, where who asks is known. Ignored where nobody is.
    pub duplicate_of: Option<RightsRequestId>,
}

/// A request begins.
pub fn submit(filing: &Filing, now: Timestamp) -> Transition {
    let Filing { kind, origin, law, calendar, verified, .. } = *filing;
    // An opt-out counts without a proof, and proves nothing: whose it is stays unknown.
    let counts = verified || !kind.needs_verification();
    let duplicate_of = filing.duplicate_of.clone().filter(|_| verified);
    let facts =
        Facts { kind, origin, law, calendar, received_at: now, appealed_at: None, is_extended: false, paused: 0 };
    let row = match (counts, &duplicate_of) {
        (false, _) => UNPROVEN,
        (true, None) => PROVEN,
        (true, Some(_)) => AGAIN,
    };
    let state = State {
        kind,
        origin,
        status: row.to.unwrap_or(Status::AwaitingVerification),
        law,
        calendar,
        received_at: now,
        verified_at: verified.then_some(now),
        acknowledged_at: counts.then_some(now),
        clock: facts.clock(),
        extension: None,
        hold: None,
        legal_hold: false,
        denial: None,
        closed_at: duplicate_of.is_some().then_some(now),
        duplicate_of,
        appealed_at: None,
    };
    let work = begun(&state);
    Transition { state, journal: row.journal, mails: row.mails, work }
}

/// Something happens to a request.
pub fn apply(state: &State, event: &Event, by: Party, now: Timestamp) -> Result<Transition, Refusal> {
    let row = find(state, event, by)?;
    allows(state, event, by, now)?;
    let mut next = state.clone();
    next.status = row.to.unwrap_or(state.status);
    happen(&mut next, event, now);
    if next.hold.is_some() && next.status != Status::OnHold {
        release(&mut next, now);
    }
    if next.status.is_open() {
        next.closed_at = None;
    } else if state.status.is_open() {
        next.closed_at = Some(now);
    }
    next.clock = next.facts().clock();
    let work = work(state, &next);
    Ok(Transition { state: next, journal: row.journal, mails: row.mails, work })
}

/// The row of the table.
fn find(state: &State, event: &Event, by: Party) -> Result<&'static Row, Refusal> {
    let kind = event.kind();
    TRANSITIONS
        .iter()
        .find(|row| {
            row.event == kind
                && row.from.contains(&state.status)
                && row.by.contains(&by)
                && holds(row.when, state, event)
        })
        .ok_or(Refusal::NotPossible { from: state.status, event: kind, by })
}

fn holds(condition: Condition, state: &State, event: &Event) -> bool {
    let is_again = matches!(event, Event::Verified { duplicate_of: Some(_) });
    let is_awaited = state.hold.is_some_and(|hold| hold.reason.is_answered_by_a_message());
    match condition {
        Condition::Always => true,
        // How a request begins: not an event that happens to one.
        Condition::Unproven | Condition::Proven => false,
        Condition::First => !is_again,
        Condition::Again => is_again,
        Condition::Awaited => is_awaited,
        Condition::NotAwaited => !is_awaited,
    }
}

/// What the table does not say: times, what the law has, holds.
fn allows(state: &State, event: &Event, by: Party, now: Timestamp) -> Result<(), Refusal> {
    let unless = |is_wrong: bool, refusal: Refusal| if is_wrong { Err(refusal) } else { Ok(()) };
    match event {
        Event::Verified { .. } => unless(now >= state.expires_at(), Refusal::LinkExpired),
        Event::Expired => unless(now < state.expires_at(), Refusal::LinkStillGood),
        Event::Acknowledged => unless(state.acknowledged_at.is_some(), Refusal::AlreadyAcknowledged),
        Event::Extended { .. } => {
            unless(state.facts().terms().1.is_none(), Refusal::NoExtension)?;
            unless(state.extension.is_some(), Refusal::AlreadyExtended)?;
            unless(state.is_late(now), Refusal::ExtensionTooLate)
        }
        Event::Fulfilled => {
            // Nod itself meets only what a switch meets.
            let is_too_much = by == Party::System && !state.kind.is_opt_out();
            let event = EventKind::Fulfilled;
            unless(is_too_much, Refusal::NotPossible { from: state.status, event, by })?;
            unless(state.legal_hold && state.kind == Kind::Deletion, Refusal::LegalHold)
        }
        Event::Appealed { open } => {
            unless(state.law.appeal.is_none(), Refusal::NoAppeal)?;
            unless(state.appealed_at.is_some(), Refusal::AlreadyAppealed)?;
            unless(state.appeal_by().is_none_or(|until| now > until), Refusal::AppealTooLate)?;
            open.clone().map_or(Ok(()), |open| Err(Refusal::AnotherIsOpen(open)))
        }
        Event::Merged { into } => {
            unless(!into.is_proven || !into.status.is_active() || into.kind != state.kind, Refusal::CannotTakeIn)
        }
        Event::Messaged => {
            unless(state.status == Status::Fulfilled && state.kind == Kind::Deletion, Refusal::PersonErased)
        }
        Event::HoldPlaced => unless(state.legal_hold, Refusal::LegalHoldUnchanged),
        Event::HoldLifted => unless(!state.legal_hold, Refusal::LegalHoldUnchanged),
        Event::Started | Event::Held { .. } | Event::Resumed | Event::Denied { .. } | Event::Withdrawn => Ok(()),
    }
}

/// What an event puts into the request beside its status.
fn happen(next: &mut State, event: &Event, now: Timestamp) {
    match event {
        Event::Verified { duplicate_of } => {
            next.verified_at = Some(now);
            next.acknowledged_at = Some(now);
            next.duplicate_of.clone_from(duplicate_of);
        }
        Event::Acknowledged => next.acknowledged_at = Some(now),
        Event::Extended { reason } => next.extension = Some(Extension { reason: *reason, at: now }),
        Event::Held { reason } => next.hold = Some(Hold { reason: *reason, since: now }),
        Event::Denied { reason } => next.denial = Some(*reason),
        Event::Merged { into } => next.duplicate_of = Some(into.id.clone()),
        Event::Appealed { .. } => {
            // A clock of its own, which nothing that was granted before makes longer.
            next.appealed_at = Some(now);
            next.extension = None;
            next.clock.paused = 0;
        }
        Event::HoldPlaced => next.legal_hold = true,
        Event::HoldLifted => next.legal_hold = false,
        Event::Expired | Event::Started | Event::Resumed | Event::Fulfilled | Event::Withdrawn | Event::Messaged => {}
    }
}

/// The hold ends, and what it held back is counted where the law lets it.
fn release(next: &mut State, now: Timestamp) {
    if let Some(hold) = next.hold.take()
        && next.law.pauses(hold.reason)
    {
        let stood = now.millis().saturating_sub(hold.since.millis()).max(0);
        next.clock.paused = next.clock.paused.saturating_add(stood);
    }
}

/// What is to be done when a request comes to count.
fn begun(state: &State) -> &'static [Work] {
    match (state.status, state.kind) {
        (Status::Received, Kind::OptOutOfSale | Kind::LimitSensitive) => &[Work::OptOut],
        (Status::Received, Kind::Other) => &[],
        (Status::Received, _) => &[Work::Plan],
        _ => &[],
    }
}

fn work(before: &State, after: &State) -> &'static [Work] {
    if before.status == after.status {
        return &[];
    }
    match (after.status, after.kind) {
        (Status::Received, _) => begun(after),
        (Status::Fulfilled, Kind::Access | Kind::Portability) => &[Work::Package],
        (Status::Fulfilled, Kind::Deletion) => &[Work::Erase],
        (Status::Expired | Status::Withdrawn, _) if before.status == Status::AwaitingVerification => &[Work::Forget],
        (Status::Denied | Status::Withdrawn | Status::Duplicate, _) if before.status.is_active() => &[Work::Cancel],
        _ => &[],
    }
}
