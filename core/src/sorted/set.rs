//! A set that is a sorted list.

use std::{
    borrow::Borrow,
    fmt::{self, Debug, Formatter},
};

use super::{borrowed, place};

/// Things in their order, each once.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SortedSet<T>(pub(super) Vec<T>);

impl<T> SortedSet<T> {
    /// Nothing.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// How many there are.
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All in their order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }

    /// The least.
    pub fn first(&self) -> Option<&T> {
        self.0.first()
    }
}

impl<T: Ord> SortedSet<T> {
    fn place<Q: Ord + ?Sized>(&self, wanted: &Q) -> Result<usize, usize>
    where
        T: Borrow<Q>,
    {
        place(&self.0, borrowed, wanted)
    }

    /// Whether it is there.
    pub fn contains<Q: Ord + ?Sized>(&self, wanted: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.place(wanted).is_ok()
    }

    /// Puts it in, and says whether it was not there.
    pub fn insert(&mut self, one: T) -> bool {
        let place = self.place(&one);
        if let Err(place) = place {
            self.0.insert(place, one);
        }
        place.is_err()
    }

    /// Takes it out, and says whether it was there.
    pub fn remove<Q: Ord + ?Sized>(&mut self, wanted: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        let place = self.place(wanted);
        if let Ok(place) = place {
            self.0.remove(place);
        }
        place.is_ok()
    }

    /// Takes all that the other has.
    pub fn append(&mut self, other: &mut Self) {
        self.extend(other.0.drain(..));
    }

    /// What both have.
    pub fn intersection<'a>(&'a self, other: &'a Self) -> impl DoubleEndedIterator<Item = &'a T> + Clone {
        self.iter().filter(|one| other.contains(*one))
    }

    /// What the other has not.
    pub fn difference<'a>(&'a self, other: &'a Self) -> impl DoubleEndedIterator<Item = &'a T> + Clone {
        self.iter().filter(|one| !other.contains(*one))
    }

    /// Whether they have nothing in common.
    pub fn is_disjoint(&self, other: &Self) -> bool {
        self.intersection(other).next().is_none()
    }

    /// Whether the other has all of this.
    pub fn is_subset(&self, other: &Self) -> bool {
        self.difference(other).next().is_none()
    }
}

impl<T> Default for SortedSet<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Debug> Debug for SortedSet<T> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self).finish()
    }
}

impl<T: Ord> Extend<T> for SortedSet<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, all: I) {
        for one in all {
            self.insert(one);
        }
    }
}

impl<T: Ord> FromIterator<T> for SortedSet<T> {
    fn from_iter<I: IntoIterator<Item = T>>(all: I) -> Self {
        let mut set = Self::new();
        set.extend(all);
        set
    }
}

impl<T: Ord, const N: usize> From<[T; N]> for SortedSet<T> {
    fn from(all: [T; N]) -> Self {
        all.into_iter().collect()
    }
}

impl<T> IntoIterator for SortedSet<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a SortedSet<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn things() -> impl Strategy<Value = Vec<u8>> {
        prop::collection::vec(0..20_u8, 0..20)
    }

    proptest! {
        #[test]
        fn it_holds_what_a_tree_holds(put_in in things(), taken_out in things()) {
            let (mut set, mut tree) = (SortedSet::new(), BTreeSet::new());
            for one in put_in {
                prop_assert_eq!(set.insert(one), tree.insert(one));
            }
            for one in taken_out {
                prop_assert_eq!(set.remove(&one), tree.remove(&one));
                prop_assert!(!set.contains(&one));
            }
            prop_assert_eq!(set.first(), tree.first());
            prop_assert_eq!(format!("{set:?}"), format!("{tree:?}"));
            prop_assert!(set.into_iter().eq(tree));
        }

        #[test]
        fn two_are_compared_as_trees_are(one in things(), other in things()) {
            let sets = [&one, &other].map(|all| all.iter().copied().collect::<SortedSet<_>>());
            let trees = [&one, &other].map(|all| all.iter().copied().collect::<BTreeSet<_>>());
            let ([one, other], [one_tree, other_tree]) = (&sets, &trees);
            prop_assert!(one.intersection(other).eq(one_tree.intersection(other_tree)));
            prop_assert!(one.difference(other).eq(one_tree.difference(other_tree)));
            prop_assert_eq!(one.is_disjoint(other), one_tree.is_disjoint(other_tree));
            prop_assert_eq!(one.is_subset(other), one_tree.is_subset(other_tree));
            prop_assert_eq!(one.cmp(other), one_tree.cmp(other_tree));
        }
    }
}
