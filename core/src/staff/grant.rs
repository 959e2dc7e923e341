//! What a new token may be: nobody gives away more than they have, and no token is for ever.

use super::{Role, Scope, Scopes};
use crate::time::Timestamp;

const DAY: i64 = 24 * 60 * 60 * 1000;
/// How long a token holds if nothing is said.
const USUAL: i64 = 90 * DAY;

/// A token as it is wished for.
#[derive(Clone, Debug)]
pub struct Wish<'a> {
    /// What it is called.
    pub label: &'a str,
    /// What it may do.
    pub role: Role,
    /// To which parts it reaches; wherever the role may where nothing is said.
    pub scopes: Option<Vec<Scope>>,
    /// Until when.
    pub expires_at: Option<Timestamp>,
}

/// A token as it may be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// What it is called.
    pub label: String,
    /// What it may do.
    pub role: Role,
    /// To which parts it reaches.
    pub scopes: Scopes,
    /// Until when.
    pub expires_at: Timestamp,
}

/// Why it may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ungranted {
    /// The label is empty or too long.
    Label,
    /// The role is greater than the giver's.
    Role,
    /// The list of scopes is empty.
    NoScope,
    /// It would reach where the giver does not.
    Scopes,
    /// The end is in the past, or too far away.
    Expiry,
}

impl Wish<'_> {
    /// The longest label, in characters.
    pub const LABEL: usize = 100;
    /// How far away the end may be, in days.
    pub const DAYS: i64 = 400;

    /// What whoever has this role and these scopes may give.
    pub fn granted_by(self, role: Role, scopes: &Scopes, now: Timestamp) -> Result<Grant, Ungranted> {
        let label = self.label.trim();
        if !(1..=Self::LABEL).contains(&label.chars().count()) {
            return Err(Ungranted::Label);
        }
        if self.role > role {
            return Err(Ungranted::Role);
        }
        let wished = self.scopes.map_or(Scopes::All, |mut scopes| {
            scopes.sort_unstable();
            scopes.dedup();
            Scopes::Only(scopes)
        });
        if wished.only().is_some_and(<[Scope]>::is_empty) {
            return Err(Ungranted::NoScope);
        }
        if !scopes.cover(&wished) {
            return Err(Ungranted::Scopes);
        }
        let later = |millis| now.millis().checked_add(millis).and_then(Timestamp::from_millis);
        let expires_at = self.expires_at.or_else(|| later(USUAL)).ok_or(Ungranted::Expiry)?;
        let is_near = later(Self::DAYS * DAY).is_none_or(|last| expires_at <= last);
        if expires_at <= now || !is_near {
            return Err(Ungranted::Expiry);
        }
        Ok(Grant { label: label.to_owned(), role: self.role, scopes: wished, expires_at })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_800_000_000_000;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(millis).unwrap()
    }

    fn wish(role: Role, scopes: Option<&[Scope]>, expires_at: Option<i64>) -> Wish<'static> {
        Wish { label: " Reports ", role, scopes: scopes.map(<[Scope]>::to_vec), expires_at: expires_at.map(at) }
    }

    #[test]
    fn without_words_a_token_reaches_wherever_its_role_may_and_ends_after_ninety_days() {
        let grant = wish(Role::Viewer, None, None).granted_by(Role::Owner, &Scopes::All, at(NOW)).unwrap();
        assert_eq!((grant.label.as_str(), grant.role, grant.scopes), ("Reports", Role::Viewer, Scopes::All));
        assert_eq!(grant.expires_at, at(NOW + 90 * DAY));
    }

    #[test]
    fn nobody_gives_more_than_they_have() {
        let some = Scopes::Only(vec![Scope::Staff, Scope::People]);
        let by_some = |wish: Wish<'_>| wish.granted_by(Role::Reviewer, &some, at(NOW)).map(|grant| grant.scopes);
        let twice = &[Scope::People, Scope::People][..];
        assert_eq!(by_some(wish(Role::Viewer, Some(twice), None)), Ok(Scopes::Only(vec![Scope::People])));
        assert_eq!(by_some(wish(Role::Owner, Some(twice), None)), Err(Ungranted::Role));
        assert_eq!(by_some(wish(Role::Viewer, Some(&[Scope::Journal]), None)), Err(Ungranted::Scopes));
        assert_eq!(by_some(wish(Role::Viewer, None, None)), Err(Ungranted::Scopes));
        assert_eq!(by_some(wish(Role::Viewer, Some(&[]), None)), Err(Ungranted::NoScope));
    }

    #[test]
    fn the_end_is_ahead_and_not_too_far() {
        let ends = |millis| {
            let granted = wish(Role::Viewer, None, Some(millis)).granted_by(Role::Owner, &Scopes::All, at(NOW));
            granted.map(|grant| grant.expires_at.millis())
        };
        for near in [NOW + 1, NOW + 400 * DAY] {
            assert_eq!(ends(near), Ok(near));
        }
        for wrong in [0, NOW - 1, NOW, NOW + 400 * DAY + 1] {
            assert_eq!(ends(wrong), Err(Ungranted::Expiry));
        }
    }

    #[test]
    fn a_label_is_a_few_words() {
        let long = "é".repeat(101);
        for label in ["", "  ", &long] {
            let wish = Wish { label, ..wish(Role::Viewer, None, None) };
            assert_eq!(wish.granted_by(Role::Owner, &Scopes::All, at(NOW)), Err(Ungranted::Label));
        }
    }
}
