//! What a request does not go through.

use super::support::{Story, at, filing, id, later, start};
use crate::rights::{
    DenialReason, Event, EventKind, ExtensionReason, HoldReason, Kind, Other, Party, Refusal, Status, TRANSITIONS,
    apply, submit,
};

fn other(kind: Kind, status: Status) -> Other {
    Other { id: id('a'), kind, status, is_proven: true }
}

fn events() -> Vec<Event> {
    vec![
        Event::Verified { duplicate_of: None },
        Event::Verified { duplicate_of: Some(id('a')) },
        Event::Expired,
        Event::Acknowledged,
        Event::Started,
        Event::Extended { reason: ExtensionReason::Complexity },
        Event::Held { reason: HoldReason::Clarification },
        Event::Resumed,
        Event::Fulfilled,
        Event::Denied { reason: DenialReason::Exemption },
        Event::Appealed { open: None },
        Event::Withdrawn,
        Event::Messaged,
        Event::Merged { into: other(Kind::Access, Status::Received) },
        Event::HoldPlaced,
        Event::HoldLifted,
    ]
}

#[test]
fn nothing_happens_that_the_table_does_not_have_and_what_it_has_happens() {
    let mut met = vec![false; TRANSITIONS.len()];
    for status in Status::ALL {
        for hold in [None, Some(HoldReason::Clarification), Some(HoldReason::Fee)] {
            for has_legal_hold in [false, true] {
                for event in events() {
                    for by in Party::ALL {
                        try_one(*status, hold, has_legal_hold, &event, *by, &mut met);
                    }
                }
            }
        }
    }
    // The first three rows are how a request begins.
    assert_eq!(met.iter().skip(3).position(|is_met| !is_met), None);
}

fn try_one(status: Status, hold: Option<HoldReason>, legal: bool, event: &Event, by: Party, met: &mut [bool]) {
    let mut state = submit(&filing(Kind::Access, "us-va"), start()).state;
    state.status = status;
    state.hold = hold.filter(|_| status == Status::OnHold).map(|reason| crate::rights::Hold { reason, since: start() });
    state.legal_hold = legal;
    state.closed_at = (!status.is_open()).then(start);
    let now = later(start(), if *event == Event::Expired { 7 } else { 1 });
    let rows: Vec<_> = TRANSITIONS
        .iter()
        .enumerate()
        .filter(|(_, row)| row.event == event.kind() && row.from.contains(&status) && row.by.contains(&by))
        .collect();
    match apply(&state, event, by, now) {
        Ok(transition) => {
            let (index, row) = rows
                .into_iter()
                .find(|(_, row)| {
                    row.journal == transition.journal && row.to.unwrap_or(status) == transition.state.status
                })
                .unwrap();
            met[index] = true;
            assert_eq!(transition.mails, row.mails);
            assert_eq!(transition.state.closed_at.is_some(), !transition.state.status.is_open());
            assert_eq!(
                transition.state.hold.is_some(),
                transition.state.status == Status::OnHold && (state.hold.is_some() || event.kind() == EventKind::Held)
            );
        }
        Err(Refusal::NotPossible { from, event: kind, by: party }) => {
            assert_eq!((from, kind, party), (status, event.kind(), by));
            // Nod itself meets opt-outs only; everything else that is not possible has no row.
            assert!(
                rows.is_empty() || (kind == EventKind::Fulfilled && by == Party::System),
                "{status:?} {event:?} {by:?}"
            );
        }
        Err(_) => assert!(!rows.is_empty()),
    }
}

#[test]
fn links_are_good_for_seven_days_and_requests_expire_exactly_then() {
    let filed = submit(&filing(Kind::Access, "gdpr"), start()).state;
    let verify = Event::Verified { duplicate_of: None };
    let last = crate::time::Timestamp::from_millis(later(start(), 7).millis() - 1).unwrap();
    assert!(apply(&filed, &verify, Party::Subject, last).is_ok());
    assert_eq!(apply(&filed, &Event::Expired, Party::System, last), Err(Refusal::LinkStillGood));
    assert_eq!(apply(&filed, &verify, Party::Subject, later(start(), 7)), Err(Refusal::LinkExpired));
}

#[test]
fn nobody_but_the_person_proves_an_address() {
    let filed = submit(&filing(Kind::Access, "gdpr"), start()).state;
    for by in [Party::Staff, Party::System, Party::Platform] {
        assert!(apply(&filed, &Event::Verified { duplicate_of: None }, by, start()).is_err());
    }
    // And staff can do nothing with it before.
    for event in events() {
        assert!(apply(&filed, &event, Party::Staff, start()).is_err(), "{event:?}");
    }
}

#[test]
fn an_extension_is_told_once_in_time_and_where_the_law_has_one() {
    let extend = Event::Extended { reason: ExtensionReason::Complexity };
    for law in ["lgpd", "quebec", "default"] {
        let story = Story::verified(Kind::Access, law);
        assert_eq!(story.tries(&extend, Party::Staff), Err(Refusal::NoExtension), "{law}");
    }
    let opt_out = submit(&filing(Kind::OptOutOfSale, "ccpa"), start()).state;
    assert_eq!(apply(&opt_out, &extend, Party::Staff, start()), Err(Refusal::NoExtension));

    let mut story = Story::verified(Kind::Access, "ccpa");
    story.now = later(story.state().clock.due_at, 1);
    assert_eq!(story.tries(&extend, Party::Staff), Err(Refusal::ExtensionTooLate));
    story.now = story.state().clock.due_at;
    story.does(&extend, Party::Staff);
    assert_eq!(story.tries(&extend, Party::Staff), Err(Refusal::AlreadyExtended));

    // While the clock stands, the first period does not end.
    let mut story = Story::verified(Kind::Access, "uk");
    story.does(&Event::Held { reason: HoldReason::Clarification }, Party::Staff);
    story.now = later(story.state().clock.due_at, 10);
    assert!(story.state().can_be_extended(story.now));
    story.does(&extend, Party::Staff);
}

#[test]
fn a_legal_hold_stops_a_deletion_and_nothing_else() {
    let mut story = Story::verified(Kind::Deletion, "gdpr");
    story.does(&Event::HoldPlaced, Party::Staff);
    assert_eq!(story.tries(&Event::HoldPlaced, Party::Staff), Err(Refusal::LegalHoldUnchanged));
    assert_eq!(story.tries(&Event::Fulfilled, Party::Staff), Err(Refusal::LegalHold));
    assert!(story.tries(&Event::Denied { reason: DenialReason::LegalObligation }, Party::Staff).is_ok());
    story.does(&Event::HoldLifted, Party::Staff).does(&Event::Fulfilled, Party::Staff);
    assert_eq!(story.tries(&Event::Messaged, Party::Subject), Err(Refusal::PersonErased));

    let mut story = Story::verified(Kind::Access, "gdpr");
    story.does(&Event::HoldPlaced, Party::Staff).does(&Event::Fulfilled, Party::Staff);
    assert!(story.tries(&Event::Messaged, Party::Subject).is_ok());
}

#[test]
fn an_appeal_needs_a_law_that_has_one_its_time_and_no_other_open_request() {
    let denied = |law| {
        let mut story = Story::verified(Kind::Access, law);
        story.does(&Event::Denied { reason: DenialReason::NoMatch }, Party::Staff);
        story
    };
    let appeal = Event::Appealed { open: None };
    assert_eq!(denied("gdpr").tries(&appeal, Party::Subject), Err(Refusal::NoAppeal));

    let mut story = denied("us-tx");
    assert_eq!(
        story.tries(&Event::Appealed { open: Some(id('a')) }, Party::Subject),
        Err(Refusal::AnotherIsOpen(id('a')))
    );
    story.now = at("2026-05-01T23:59:59.999Z");
    assert!(story.tries(&appeal, Party::Subject).is_ok());
    story.now = at("2026-05-02T00:00:00Z");
    assert_eq!(story.tries(&appeal, Party::Subject), Err(Refusal::AppealTooLate));

    let mut story = denied("us-tx");
    story.does(&appeal, Party::Subject).does(&Event::Denied { reason: DenialReason::NoMatch }, Party::Staff);
    assert_eq!(story.tries(&appeal, Party::Subject), Err(Refusal::AlreadyAppealed));
}

#[test]
fn only_an_open_verified_request_of_the_kind_takes_another_one_in() {
    let story = Story::verified(Kind::Access, "gdpr");
    for status in Status::ALL {
        let merged = story.tries(&Event::Merged { into: other(Kind::Access, *status) }, Party::Staff);
        assert_eq!(merged.is_ok(), status.is_active(), "{status:?}");
    }
    for into in
        [other(Kind::Deletion, Status::Received), Other { is_proven: false, ..other(Kind::Access, Status::Received) }]
    {
        assert_eq!(story.tries(&Event::Merged { into }, Party::Staff), Err(Refusal::CannotTakeIn));
    }
}

#[test]
fn every_refusal_has_a_code_of_its_own_and_a_sentence() {
    let all = [
        Refusal::NotPossible { from: Status::Denied, event: EventKind::Started, by: Party::Staff },
        Refusal::LinkExpired,
        Refusal::LinkStillGood,
        Refusal::NoExtension,
        Refusal::AlreadyExtended,
        Refusal::ExtensionTooLate,
        Refusal::AlreadyAcknowledged,
        Refusal::LegalHold,
        Refusal::LegalHoldUnchanged,
        Refusal::NoAppeal,
        Refusal::AlreadyAppealed,
        Refusal::AppealTooLate,
        Refusal::AnotherIsOpen(id('a')),
        Refusal::CannotTakeIn,
        Refusal::PersonErased,
    ];
    let codes: std::collections::BTreeSet<_> = all.iter().map(Refusal::code).collect();
    assert_eq!(codes.len(), all.len());
    assert!(all.iter().all(|refusal| refusal.sentence().ends_with('.')));
    assert!(all[0].sentence().contains("denied") && all[12].sentence().contains("aaaa"));
}
