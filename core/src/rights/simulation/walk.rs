//! The walks.

use std::collections::HashSet;

use super::world::{Act, CASTS, COUNT, World, id};
use crate::{
    rights::{Law, Status, TRANSITIONS},
    time::Timestamp,
};

/// What was walked.
#[derive(Debug, Default)]
struct Tally {
    worlds: usize,
    ends: usize,
    refused: usize,
    duplicates: usize,
}

/// Walks every order of the acts from here on. `path` is how the world came to be.
fn every(
    world: &World,
    path: &mut Vec<(Act, Timestamp)>,
    acts: &[Act],
    seen: &mut Option<HashSet<String>>,
    tally: &mut Tally,
) {
    tally.worlds += 1;
    holds(world);
    let mut is_end = true;
    for act in acts {
        let now = world.time_of(*act);
        let Some(next) = world.after(*act, now) else {
            tally.refused += 1;
            continue;
        };
        is_end = false;
        changed_one(world, &next, *act);
        path.push((*act, now));
        unproven_leave_no_trace(&next, path);
        if seen.as_mut().is_none_or(|seen| seen.insert(next.shape())) {
            every(&next, path, acts, seen, tally);
        }
        path.pop();
    }
    tally.ends += usize::from(is_end);
    tally.duplicates += world.requests.iter().flatten().filter(|state| state.status == Status::Duplicate).count();
}

fn holds(world: &World) {
    for one in 0..COUNT {
        let active =
            (0..COUNT).filter(|other| world.cast[*other] == world.cast[one] && world.is_active(*other)).count();
        assert!(active <= 1, "{world:#?}");
        let waits = |state: &&crate::rights::State| state.verified_at.is_some();
        let is_answered = |state: &crate::rights::State| matches!(state.status, Status::Withdrawn | Status::Denied);
        if world.alike(one).any(|state| waits(&state)) && !world.alike(one).filter(waits).any(is_answered) {
            assert_eq!(active, 1, "somebody waits and nobody answers: {world:#?}");
        }
        points_to_a_verified_one(world, one);
    }
}

fn points_to_a_verified_one(world: &World, one: usize) {
    let mut at = one;
    for _ in 0..COUNT {
        let Some(target) = world.requests[at].as_ref().and_then(|state| state.duplicate_of.clone()) else { return };
        assert_eq!(world.requests[at].as_ref().map(|state| state.status), Some(Status::Duplicate));
        at = (0..COUNT).find(|other| id(*other) == target).unwrap();
        assert_eq!(world.cast[at], world.cast[one]);
        assert!(world.requests[at].as_ref().is_some_and(|state| state.verified_at.is_some()));
    }
    panic!("the pointers go round: {world:#?}");
}

/// One request changed, by one row of the table, with one entry; its clock is what it would be alone.
fn changed_one(before: &World, after: &World, act: Act) {
    let one = act.of();
    for other in (0..COUNT).filter(|other| *other != one) {
        assert_eq!(before.requests[other], after.requests[other]);
    }
    assert_eq!(after.journal.len(), before.journal.len() + 1);
    let (of, action) = after.journal.last().unwrap();
    assert_eq!(*of, one);
    let (from, state) =
        (before.requests[one].as_ref().map(|state| state.status), after.requests[one].as_ref().unwrap());
    let is_row = TRANSITIONS.iter().any(|row| {
        let begins = row.from.is_empty() && from.is_none();
        let goes_on = from.is_some_and(|from| row.from.contains(&from));
        row.journal == *action && (begins || goes_on) && row.to.is_none_or(|to| to == state.status)
    });
    assert!(is_row, "{act:?} {from:?} {state:?}");
    let alone = World::new(after.cast, after.law);
    let filed = alone.after(Act::Submit(one), state.received_at).unwrap();
    if state.appealed_at.is_none() {
        assert_eq!(Some(state.clock), filed.requests[one].as_ref().map(|filed| filed.clock));
    }
}

/// Lives the same again without those that nobody proved: the others must not notice.
fn unproven_leave_no_trace(world: &World, path: &[(Act, Timestamp)]) {
    let is_proven = |one: usize| world.requests[one].as_ref().is_some_and(|state| state.verified_at.is_some());
    let again = path.iter().filter(|(act, _)| is_proven(act.of())).fold(
        World::new(world.cast, world.law),
        |world, (act, now)| {
            world.after(*act, *now).unwrap_or_else(|| panic!("{act:?} was possible before: {world:#?}"))
        },
    );
    for one in (0..COUNT).filter(|one| is_proven(*one)) {
        assert_eq!(world.requests[one], again.requests[one]);
    }
}

#[test]
fn every_order_of_filing_proving_taking_back_expiring_and_merging_keeps_what_must_hold() {
    let mut tally = Tally::default();
    for cast in CASTS {
        let world = World::new(cast, Law::parse("gdpr").unwrap());
        every(&world, &mut Vec::new(), &Act::all(), &mut None, &mut tally);
    }
    // The walk went where it should.
    let Tally { worlds, ends, refused, duplicates } = tally;
    assert!(worlds > 60_000 && ends > 30_000 && refused > 1_000_000 && duplicates > 10_000, "{tally:?}");
}

#[test]
fn taking_up_refusing_and_appealing_keep_it_too() {
    let mut tally = Tally::default();
    let acts: Vec<_> = Act::all().into_iter().chain(Act::answers()).collect();
    for cast in CASTS {
        let world = World::new(cast, Law::parse("us-va").unwrap());
        every(&world, &mut Vec::new(), &acts, &mut Some(HashSet::new()), &mut tally);
    }
    assert!(tally.worlds > 10_000 && tally.duplicates > 1000, "{tally:?}");
}

#[test]
fn filing_in_the_victims_name_first_changes_nothing_for_the_victim() {
    let world = World::new(CASTS[0], Law::parse("ccpa").unwrap());
    let then = |world: World, act| {
        let now = world.time_of(act);
        world.after(act, now).unwrap()
    };
    // The attacker files twice before the victim, and never proves anything.
    let acts = [Act::Submit(0), Act::Submit(1), Act::Submit(2), Act::Verify(2), Act::Expire(0), Act::Expire(1)];
    let world = acts.into_iter().fold(world, then);
    let victim = world.requests[2].as_ref().unwrap();
    assert_eq!((victim.status, victim.duplicate_of.as_ref()), (Status::Received, None));
}
