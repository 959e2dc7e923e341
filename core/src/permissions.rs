//! What a visitor allows, as one bit per purpose.
//!
//! Bit *i* stands for the *i*-th purpose of the notice; the notice's order is therefore part of its meaning. Essential
//! purposes need no consent: their bits are always set.

/// The most purposes a notice may have: bits must stay exact in JavaScript's 32-bit signed operations.
pub const MAX_PURPOSES: usize = 30;

/// A set of allowed purposes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Permissions(u32);

impl Permissions {
    /// Nothing allowed.
    pub const NONE: Self = Self(0);

    /// The set with the given bits.
    pub const fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    /// The bits, as the page's cookie and configuration carry them.
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// Is the purpose at `index` allowed? An index that no notice can have is not.
    pub const fn allows(self, index: usize) -> bool {
        index < MAX_PURPOSES && self.0 & (1 << index) != 0
    }

    /// The set with the purpose at `index` added; unchanged where no notice can have that index.
    #[must_use]
    pub const fn with(self, index: usize) -> Self {
        if index < MAX_PURPOSES { Self(self.0 | (1 << index)) } else { self }
    }

    /// What is in either set.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What is in this set and not in `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Is every purpose of `other` in this set?
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

impl FromIterator<usize> for Permissions {
    fn from_iter<I: IntoIterator<Item = usize>>(indices: I) -> Self {
        indices.into_iter().fold(Self::NONE, Self::with)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_index_beyond_the_limit_is_never_allowed() {
        assert!(!Permissions::from_bits(u32::MAX).allows(MAX_PURPOSES));
        assert_eq!(Permissions::NONE.with(MAX_PURPOSES), Permissions::NONE);
    }

    proptest! {
        #[test]
        fn taking_away_what_was_added_leaves_nothing_of_it(bits: u32, index in 0..MAX_PURPOSES) {
            let one = Permissions::NONE.with(index);
            let set = Permissions::from_bits(bits).union(one);
            prop_assert!(set.allows(index) && set.contains(one));
            prop_assert!(!set.without(one).allows(index));
        }
    }
}
