//! Who asked for the same before.
//!
//! Only among verified, open requests of one person and kind, and the one that was verified first goes on. What nobody proved
//! takes no part: an unverified request neither blocks a verified one nor becomes a duplicate of it, so whoever
//! files one in another's name learns nothing and delays nothing. That holds for opt-outs, too, which count without a proof:
//! each of them is met, and none is anybody's duplicate unless somebody proved to be who asks.

use super::kind::{Kind, Status};
use crate::{
    id::{IdentityId, RightsRequestId},
    time::Timestamp,
};

/// A request beside the one that is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its id.
    pub id: RightsRequestId,
    /// Whose it is; nobody's, until the address is proven.
    pub contact: Option<IdentityId>,
    /// What it asks for.
    pub kind: Kind,
    /// Where it stands.
    pub status: Status,
    /// When its address was proven.
    pub verified_at: Option<Timestamp>,
}

/// The active request that one of `kind`, proven to be of `contact`, is a duplicate of: the one that was verified first.
pub fn rival<'a>(
    candidates: impl IntoIterator<Item = &'a Candidate>,
    contact: &IdentityId,
    kind: Kind,
) -> Option<&'a Candidate> {
    candidates
        .into_iter()
        .filter(|one| one.kind == kind && one.contact.as_ref() == Some(contact) && one.status.is_active())
        .filter_map(|one| Some(((one.verified_at?, &one.id), one)))
        .min_by(|one, other| one.0.cmp(&other.0))
        .map(|(_, one)| one)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(letter: &str, kind: Kind, status: Status, verified_at: Option<i64>) -> Candidate {
        Candidate {
            id: RightsRequestId::parse(&letter.repeat(22)).unwrap(),
            contact: Some(person("p")),
            kind,
            status,
            verified_at: verified_at.and_then(Timestamp::from_millis),
        }
    }

    fn person(letter: &str) -> IdentityId {
        IdentityId::parse(&letter.repeat(22)).unwrap()
    }

    fn found(candidates: &[Candidate]) -> Option<&str> {
        rival(candidates, &person("p"), Kind::Access).map(|found| &found.id.as_str()[..1])
    }

    #[test]
    fn of_several_the_one_that_was_proven_first_goes_on_wherever_it_stands_in_the_list() {
        let mut three = [
            candidate("b", Kind::Access, Status::InProgress, Some(2)),
            candidate("c", Kind::Access, Status::OnHold, Some(1)),
            candidate("a", Kind::Access, Status::Received, Some(2)),
        ];
        assert_eq!(found(&three), Some("c"));
        three.reverse();
        assert_eq!(found(&three), Some("c"));
        three[1].status = Status::Fulfilled;
        assert_eq!(found(&three), Some("a"));
    }

    #[test]
    fn what_is_unproven_closed_of_another_kind_or_person_is_no_rival() {
        assert_eq!(found(&[candidate("a", Kind::Deletion, Status::Received, Some(1))]), None);
        // Whatever else a row says: an opt-out without a proof, and a form that nobody confirmed.
        assert_eq!(found(&[candidate("a", Kind::Access, Status::Received, None)]), None);
        for status in Status::ALL {
            let one = candidate("a", Kind::Access, *status, Some(1));
            assert_eq!(found(std::slice::from_ref(&one)).is_some(), status.is_active(), "{status:?}");
            assert_eq!(rival([&one], &person("q"), Kind::Access), None);
            assert_eq!(rival([&Candidate { contact: None, ..one }], &person("p"), Kind::Access), None);
        }
    }
}
