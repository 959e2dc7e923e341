//! Three requests, and what may happen to them.

use crate::{
    id::{IdentityId, RightsRequestId},
    journal::Action,
    rights::{
        DenialReason, Event, Filing, Kind, Law, Origin, Other, Party, Refusal, State, Status, apply,
        duplicates::{Candidate, rival},
        submit,
    },
    time::Timestamp,
};

pub(super) const COUNT: usize = 3;
const HOUR: i64 = 60 * 60 * 1000;

/// Who files each request, and for what.
pub(super) type Cast = [(char, Kind); COUNT];

/// The same person for the same thing; for another thing; another person.
pub(super) const CASTS: [Cast; 4] = [
    [('p', Kind::Access), ('p', Kind::Access), ('p', Kind::Access)],
    [('p', Kind::Access), ('p', Kind::Access), ('p', Kind::Deletion)],
    [('p', Kind::Access), ('q', Kind::Access), ('p', Kind::Access)],
    [('p', Kind::OptOutOfSale), ('p', Kind::OptOutOfSale), ('p', Kind::Access)],
];

/// Something that may happen to the request of that number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    Submit(usize),
    /// Staff enter it, and know who asks.
    Enter(usize),
    Verify(usize),
    Withdraw(usize),
    Expire(usize),
    Merge(usize, usize),
    Start(usize),
    Deny(usize),
    Appeal(usize),
}

impl Act {
    pub(super) const fn of(self) -> usize {
        match self {
            Self::Submit(one)
            | Self::Enter(one)
            | Self::Verify(one)
            | Self::Withdraw(one)
            | Self::Expire(one)
            | Self::Merge(one, _)
            | Self::Start(one)
            | Self::Deny(one)
            | Self::Appeal(one) => one,
        }
    }

    /// What the first walk tries.
    pub(super) fn all() -> Vec<Self> {
        let each = 0..COUNT;
        let pairs =
            each.clone().flat_map(|one| (0..COUNT).filter(move |other| *other != one).map(move |other| (one, other)));
        each.flat_map(|one| {
            [Self::Submit(one), Self::Enter(one), Self::Verify(one), Self::Withdraw(one), Self::Expire(one)]
        })
        .chain(pairs.map(|(one, into)| Self::Merge(one, into)))
        .collect()
    }

    /// What the second walk tries as well.
    pub(super) fn answers() -> Vec<Self> {
        (0..COUNT).flat_map(|one| [Self::Start(one), Self::Deny(one), Self::Appeal(one)]).collect()
    }
}

#[derive(Clone, Debug)]
pub(super) struct World {
    pub(super) cast: Cast,
    pub(super) law: &'static Law,
    pub(super) now: Timestamp,
    pub(super) requests: [Option<State>; COUNT],
    /// What the journal says, oldest first.
    pub(super) journal: Vec<(usize, Action)>,
}

pub(super) fn id(one: usize) -> RightsRequestId {
    RightsRequestId::parse(&one.to_string().repeat(22)).unwrap()
}

fn contact(letter: char) -> IdentityId {
    IdentityId::parse(&letter.to_string().repeat(22)).unwrap()
}

impl World {
    pub(super) fn new(cast: Cast, law: &'static Law) -> Self {
        let now = Timestamp::parse("2026-01-30T09:00:00Z").unwrap();
        Self { cast, law, now, requests: [const { None }; COUNT], journal: Vec::new() }
    }

    /// When the act happens: an hour after the last one, or when the link is over.
    pub(super) fn time_of(&self, act: Act) -> Timestamp {
        let next = Timestamp::from_millis(self.now.millis() + HOUR).unwrap();
        match (act, &self.requests[act.of()]) {
            (Act::Expire(_), Some(state)) => next.max(state.expires_at()),
            _ => next,
        }
    }

    /// The world after the act; `None` where it is refused or there is nothing to do it to.
    pub(super) fn after(&self, act: Act, now: Timestamp) -> Option<Self> {
        let one = act.of();
        let transition = match (act, &self.requests[one]) {
            (Act::Submit(_) | Act::Enter(_), None) => submit(&self.filing(act), now),
            (Act::Submit(_) | Act::Enter(_), Some(_)) | (_, None) => return None,
            (_, Some(state)) => {
                let (event, by) = self.event(act)?;
                match apply(state, &event, by, now) {
                    Ok(transition) => transition,
                    Err(refusal) => {
                        // The table forbids it, or one of the rules that these acts can meet.
                        let is_known = matches!(
                            refusal,
                            Refusal::NotPossible { .. }
                                | Refusal::LinkExpired
                                | Refusal::CannotTakeIn
                                | Refusal::AlreadyAppealed
                                | Refusal::AnotherIsOpen(_)
                        );
                        assert!(is_known, "{refusal:?}");
                        return None;
                    }
                }
            }
        };
        let mut world = self.clone();
        world.now = now;
        world.journal.push((one, transition.journal));
        world.requests[one] = Some(transition.state);
        Some(world)
    }

    fn filing(&self, act: Act) -> Filing {
        let (law, kind) = (self.law, self.cast[act.of()].1);
        let verified = matches!(act, Act::Enter(_));
        let origin = if verified { Origin::Staff } else { Origin::Form };
        // The edge asks who else asked in any case.
        let duplicate_of = self.rival(act.of());
        Filing { kind, origin, law, calendar: law.calendar, verified, duplicate_of }
    }

    /// The event, as the edge makes it: with what the database says of the others.
    fn event(&self, act: Act) -> Option<(Event, Party)> {
        Some(match act {
            Act::Submit(_) | Act::Enter(_) => return None,
            Act::Verify(one) => (Event::Verified { duplicate_of: self.rival(one) }, Party::Subject),
            Act::Withdraw(_) => (Event::Withdrawn, Party::Subject),
            Act::Expire(_) => (Event::Expired, Party::System),
            Act::Merge(_, into) => {
                let other = self.requests[into].as_ref()?;
                // Staff merge what is of one person.
                (self.cast[act.of()].0 == self.cast[into].0).then_some(())?;
                let into = Other {
                    id: id(into),
                    kind: other.kind,
                    status: other.status,
                    is_proven: other.verified_at.is_some(),
                };
                (Event::Merged { into }, Party::Staff)
            }
            Act::Start(_) => (Event::Started, Party::Staff),
            Act::Deny(_) => (Event::Denied { reason: DenialReason::NoMatch }, Party::Staff),
            Act::Appeal(one) => (Event::Appealed { open: self.rival(one) }, Party::Subject),
        })
    }

    fn rival(&self, one: usize) -> Option<RightsRequestId> {
        let (person, kind) = self.cast[one];
        let candidates: Vec<_> = (0..COUNT)
            .filter(|other| *other != one)
            .filter_map(|other| {
                let state = self.requests[other].as_ref()?;
                Some(Candidate {
                    id: id(other),
                    contact: state.verified_at.map(|_| contact(self.cast[other].0)),
                    kind: state.kind,
                    status: state.status,
                    verified_at: state.verified_at,
                })
            })
            .collect();
        rival(&candidates, &contact(person), kind).map(|found| found.id.clone())
    }

    /// The requests that ask the same as that one for the same person.
    pub(super) fn alike(&self, one: usize) -> impl Iterator<Item = &State> {
        let like = self.cast[one];
        (0..COUNT).filter(move |other| self.cast[*other] == like).filter_map(|other| self.requests[other].as_ref())
    }

    /// Whether it is active and its address was proven.
    pub(super) fn is_active(&self, one: usize) -> bool {
        self.requests[one].as_ref().is_some_and(|state| state.verified_at.is_some() && state.status.is_active())
    }

    /// What tells this world from another one, but for its times.
    pub(super) fn shape(&self) -> String {
        let mut order: Vec<_> = (0..COUNT).filter(|one| self.requests[*one].is_some()).collect();
        order
            .sort_by_key(|one| self.requests[*one].as_ref().and_then(|state| state.verified_at).map(Timestamp::millis));
        let shapes: Vec<_> = self.requests.iter().map(|request| request.as_ref().map(shape_of)).collect();
        format!("{order:?} {shapes:?}")
    }
}

fn shape_of(state: &State) -> (Status, bool, bool, Option<RightsRequestId>) {
    (state.status, state.verified_at.is_some(), state.appealed_at.is_some(), state.duplicate_of.clone())
}
