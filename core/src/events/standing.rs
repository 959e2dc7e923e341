//! What a visitor allows at one moment, and what follows for something that needs purposes.

use crate::permissions::Permissions;

/// What counts at one moment. Read anew before each step: a choice may have been made in between, in another tab too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// What is allowed now.
    pub allowed: Permissions,
    /// What needs no consent.
    pub essential: Permissions,
    /// What a Global Privacy Control signal objects to.
    pub objected: Permissions,
    /// Whether the visitor has chosen.
    pub is_chosen: bool,
    /// Whether the edge has recorded the choice. Without a choice it does not matter.
    pub is_recorded: bool,
}

/// What becomes of something that needs purposes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It may go.
    Now,
    /// Nobody has decided yet: it waits.
    Later,
    /// It was refused, or objected to.
    Never,
}

impl Standing {
    /// What becomes of something that needs all of these purposes.
    pub fn verdict(&self, needs: Permissions) -> Verdict {
        let missing = needs.without(self.allowed);
        if missing == Permissions::NONE {
            Verdict::Now
        } else if self.is_chosen || missing.without(self.objected) != missing {
            Verdict::Never
        } else {
            Verdict::Later
        }
    }

    /// What the edge would allow: as long as it does not know the visitor's choice, the essential only.
    pub fn at_edge(&self) -> Permissions {
        if self.is_chosen && !self.is_recorded { self.essential } else { self.allowed }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn bits(bits: u32) -> Permissions {
        Permissions::from_bits(bits)
    }

    #[test]
    fn what_nobody_decided_waits_and_what_was_refused_or_objected_to_never_goes() {
        let asked = Standing { allowed: bits(1), essential: bits(1), objected: bits(4), ..Standing::default() };
        assert_eq!(asked.verdict(bits(1)), Verdict::Now);
        assert_eq!(asked.verdict(bits(3)), Verdict::Later);
        assert_eq!(asked.verdict(bits(6)), Verdict::Never);
        let chosen = Standing { is_chosen: true, allowed: bits(3), ..asked };
        assert_eq!(chosen.verdict(bits(3)), Verdict::Now);
        assert_eq!(chosen.verdict(bits(8)), Verdict::Never);
    }

    #[test]
    fn the_edge_allows_the_essential_only_until_it_knows_the_choice() {
        let pending = Standing { allowed: bits(7), essential: bits(1), is_chosen: true, ..Standing::default() };
        assert_eq!(pending.at_edge(), bits(1));
        assert_eq!(Standing { is_recorded: true, ..pending }.at_edge(), bits(7));
        assert_eq!(Standing { is_chosen: false, ..pending }.at_edge(), bits(7));
    }

    proptest! {
        #[test]
        fn it_goes_only_with_all_it_needs(allowed: u32, objected: u32, needs: u32, is_chosen: bool) {
            let standing = Standing { allowed: bits(allowed), objected: bits(objected), is_chosen, ..Standing::default() };
            prop_assert_eq!(standing.verdict(bits(needs)) == Verdict::Now, allowed & needs == needs);
        }
    }
}
