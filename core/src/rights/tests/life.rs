//! What a request goes through.

use super::support::{DAY, Story, at, filing, id, later, start};
use crate::{
    journal::Action,
    rights::{
        DenialReason, Event, ExtensionReason, Filing, HoldReason, Kind, Mail, Origin, Other, Party, Status, Work,
        apply, submit,
    },
    time::Timestamp,
};

#[test]
fn a_request_from_the_form_to_the_answer() {
    let filed = submit(&filing(Kind::Access, "gdpr"), start());
    assert_eq!((filed.state.status, filed.journal), (Status::AwaitingVerification, Action::RightsRequestSubmitted));
    assert_eq!((filed.mails, filed.work), ([Mail::Verify].as_slice(), [].as_slice()));

    let mut story = Story::verified(Kind::Access, "gdpr");
    assert_eq!((story.state().status, story.last.journal), (Status::Received, Action::RightsRequestVerified));
    assert_eq!(
        (story.last.mails, story.last.work),
        ([Mail::Confirmed, Mail::StaffNotice].as_slice(), [Work::Plan].as_slice())
    );
    assert_eq!(story.state().acknowledged_at, Some(story.now));
    // The proof came later; the clock started when the form was sent.
    assert_eq!(story.due(), "2026-04-02");

    story.after(1).does(&Event::Started, Party::Staff);
    assert_eq!((story.state().status, story.last.work), (Status::InProgress, [].as_slice()));
    story.after(1).does(&Event::Fulfilled, Party::Staff);
    assert_eq!((story.state().status, story.last.work), (Status::Fulfilled, [Work::Package].as_slice()));
    assert_eq!((story.last.mails, story.state().closed_at), ([Mail::Fulfilled].as_slice(), Some(story.now)));
}

#[test]
fn an_opt_out_counts_at_once_and_nod_itself_may_meet_it() {
    for kind in [Kind::OptOutOfSale, Kind::LimitSensitive] {
        let filed = submit(&filing(kind, "ccpa"), start());
        assert_eq!((filed.state.status, filed.work), (Status::Received, [Work::OptOut].as_slice()));
        assert_eq!(filed.mails, [Mail::Received, Mail::StaffNotice]);
        // It counts, and nobody is known by it.
        assert_eq!((filed.state.verified_at, filed.state.acknowledged_at), (None, Some(start())));
        // 15 working days: three weeks, with no holiday between.
        assert_eq!(filed.state.clock.due_on(), "2026-03-23");
        let met = apply(&filed.state, &Event::Fulfilled, Party::System, start()).unwrap();
        assert_eq!(met.state.status, Status::Fulfilled);
    }
}

#[test]
fn what_a_platform_or_staff_vouch_for_needs_no_proof() {
    for origin in [Origin::Platform, Origin::Staff] {
        let filed = submit(&Filing { origin, verified: true, ..filing(Kind::Deletion, "gdpr") }, start());
        assert_eq!((filed.state.status, filed.state.verified_at), (Status::Received, Some(start())));
        assert_eq!(filed.work, [Work::Plan]);
        let due = if origin == Origin::Platform { "2026-04-01" } else { "2026-04-02" };
        assert_eq!(filed.state.clock.due_on(), due);
    }
}

#[test]
fn an_extension_is_reckoned_from_the_receipt() {
    for (law, short, long) in [
        ("gdpr", "2026-04-02", "2026-06-02"),
        ("uk", "2026-04-02", "2026-06-02"),
        ("ccpa", "2026-04-16", "2026-05-31"),
        ("us-fl", "2026-04-16", "2026-05-01"),
        ("us-ia", "2026-05-31", "2026-07-15"),
        ("pipeda", "2026-04-01", "2026-05-01"),
        ("ch", "2026-04-01", "2026-05-01"),
    ] {
        let mut story = Story::verified(Kind::Deletion, law);
        assert_eq!(story.due(), short, "{law}");
        assert!(story.state().can_be_extended(story.now));
        story.after(10).does(&Event::Extended { reason: ExtensionReason::Complexity }, Party::Staff);
        assert_eq!((story.due().as_str(), story.last.mails), (long, [Mail::Extended].as_slice()), "{law}");
        assert_eq!(story.state().status, Status::Received);
        assert!(!story.state().can_be_extended(story.now));
    }
}

#[test]
fn a_hold_stops_the_clock_only_where_the_law_lets_it() {
    for (law, reason, due) in [
        // Easter Monday, 6 April, is a holiday in a part of the kingdom only.
        ("uk", HoldReason::Clarification, "2026-04-06"),
        ("uk", HoldReason::Fee, "2026-04-06"),
        ("uk", HoldReason::LegalHold, "2026-04-02"),
        ("gdpr", HoldReason::Clarification, "2026-04-02"),
        ("gdpr", HoldReason::IdentityDoubt, "2026-04-02"),
        ("ccpa", HoldReason::IdentityDoubt, "2026-04-16"),
    ] {
        let mut story = Story::verified(Kind::Access, law);
        story.after(1).does(&Event::Held { reason }, Party::Staff);
        assert_eq!(
            (story.state().status, story.due()),
            (Status::OnHold, if law == "ccpa" { "2026-04-16" } else { "2026-04-02" }.into())
        );
        let left = story.state().days_left(story.now);
        story.after(4);
        let stood = if story.state().is_paused() { 0 } else { 4 };
        assert_eq!(story.state().days_left(story.now), left - stood);
        story.does(&Event::Resumed, Party::Staff);
        assert_eq!((story.due().as_str(), story.state().hold), (due, None), "{law} {reason:?}");
        assert_eq!(
            story.state().clock.paused,
            if law == "uk" && reason != HoldReason::LegalHold { 4 * DAY } else { 0 }
        );
    }
}

#[test]
fn the_persons_answer_ends_a_hold_that_waits_for_it_and_no_other() {
    for (reason, status) in [
        (HoldReason::Clarification, Status::InProgress),
        (HoldReason::IdentityDoubt, Status::InProgress),
        (HoldReason::Fee, Status::OnHold),
        (HoldReason::LegalHold, Status::OnHold),
    ] {
        let mut story = Story::verified(Kind::Access, "uk");
        story.does(&Event::Held { reason }, Party::Staff).after(2).does(&Event::Messaged, Party::Staff);
        assert_eq!((story.state().status, story.last.mails), (Status::OnHold, [Mail::Message].as_slice()));
        story.does(&Event::Messaged, Party::Subject);
        assert_eq!((story.state().status, story.last.mails), (status, [Mail::StaffNotice].as_slice()), "{reason:?}");
        assert_eq!(story.state().hold.is_some(), status == Status::OnHold);
        assert_eq!(story.last.journal, Action::RightsRequestMessageSent);
    }
}

#[test]
fn two_holds_add_up_and_hours_add_up_to_days() {
    let mut story = Story::verified(Kind::Access, "uk");
    // The day after the second is Good Friday, and then there is a weekend.
    for (hours, due) in [(13, "2026-04-02"), (13, "2026-04-06")] {
        story.does(&Event::Held { reason: HoldReason::Clarification }, Party::Staff);
        story.now = Timestamp::from_millis(story.now.millis() + hours * DAY / 24).unwrap();
        story.does(&Event::Resumed, Party::Staff);
        assert_eq!(story.due(), due);
    }
}

#[test]
fn a_refusal_can_be_appealed_once_and_has_a_clock_of_its_own() {
    let mut story = Story::verified(Kind::Deletion, "us-co");
    story.after(5).does(&Event::Extended { reason: ExtensionReason::NumberOfRequests }, Party::Staff);
    story.after(5).does(&Event::Denied { reason: DenialReason::NoMatch }, Party::Staff);
    assert_eq!((story.state().status, story.last.work), (Status::Denied, [Work::Cancel].as_slice()));
    assert_eq!(story.state().appeal_by(), Some(at("2026-05-11T23:59:59.999Z")));

    story.after(20).does(&Event::Appealed { open: None }, Party::Subject);
    assert_eq!((story.state().status, story.state().closed_at), (Status::InProgress, None));
    assert_eq!((story.due().as_str(), story.state().extension), ("2026-05-16", None));
    // Colorado gives sixty days more.
    story.does(&Event::Extended { reason: ExtensionReason::Complexity }, Party::Staff);
    assert_eq!(story.due(), "2026-07-15");
    story.does(&Event::Denied { reason: DenialReason::NoMatch }, Party::Staff);
    assert_eq!(story.state().appeal_by(), None);
}

#[test]
fn a_request_that_nobody_proves_expires_after_seven_days_and_what_it_said_is_forgotten() {
    let filed = submit(&filing(Kind::Deletion, "ccpa"), start()).state;
    assert_eq!((filed.reminder_at(), filed.expires_at()), (later(start(), 1), later(start(), 7)));
    let expired = apply(&filed, &Event::Expired, Party::System, later(start(), 7)).unwrap();
    assert_eq!((expired.state.status, expired.work), (Status::Expired, [Work::Forget].as_slice()));
    assert!(expired.mails.is_empty());
    let withdrawn = apply(&filed, &Event::Withdrawn, Party::Subject, start()).unwrap();
    assert_eq!((withdrawn.state.status, withdrawn.work), (Status::Withdrawn, [Work::Forget].as_slice()));
}

#[test]
fn a_later_request_for_the_same_is_a_duplicate_when_proven_or_merged() {
    let filed = submit(&filing(Kind::Access, "gdpr"), start()).state;
    let again = Event::Verified { duplicate_of: Some(id('a')) };
    let duplicate = apply(&filed, &again, Party::Subject, start()).unwrap();
    assert_eq!((duplicate.state.status, duplicate.journal), (Status::Duplicate, Action::RightsRequestDuplicate));
    assert_eq!((duplicate.state.duplicate_of, duplicate.mails), (Some(id('a')), [Mail::Duplicate].as_slice()));
    assert!(duplicate.work.is_empty());

    let known =
        Filing { origin: Origin::Staff, verified: true, duplicate_of: Some(id('a')), ..filing(Kind::Access, "gdpr") };
    let entered = submit(&known, start());
    assert_eq!((entered.state.status, entered.state.closed_at), (Status::Duplicate, Some(start())));
    assert_eq!((entered.mails, entered.work), ([Mail::Duplicate].as_slice(), [].as_slice()));
    // Where nobody is known, nothing is a duplicate.
    let unknown = submit(&Filing { verified: false, ..known }, start()).state;
    assert_eq!((unknown.status, unknown.duplicate_of), (Status::AwaitingVerification, None));

    let mut story = Story::verified(Kind::Access, "gdpr");
    let into = Other { id: id('b'), kind: Kind::Access, status: Status::InProgress, is_proven: true };
    story.does(&Event::Merged { into }, Party::Staff);
    assert_eq!((story.state().status, story.last.work), (Status::Duplicate, [Work::Cancel].as_slice()));
    assert_eq!(story.state().duplicate_of, Some(id('b')));
}

#[test]
fn a_deletion_erases_and_nothing_else_does() {
    for kind in Kind::ALL {
        let mut story =
            Story { last: submit(&Filing { verified: true, ..filing(*kind, "default") }, start()), now: start() };
        story.does(&Event::Fulfilled, Party::Staff);
        assert_eq!(story.last.work.contains(&Work::Erase), *kind == Kind::Deletion, "{kind:?}");
    }
}
