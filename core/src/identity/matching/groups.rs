//! Sets of identities that only ever grow together, and never across a split.

use crate::sorted::{SortedMap, SortedSet};

use super::Split;
use crate::identity::pseudonym::Pseudonym;

/// Disjoint sets, each named by one of its members.
pub(super) struct Groups {
    /// A member's way to the one that names the set; that one has none.
    towards: SortedMap<Pseudonym, Pseudonym>,
    /// On which side of which split a set is, by the splits' numbers. Sets on no side are left out.
    sides: SortedMap<Pseudonym, SortedMap<usize, usize>>,
}

impl Groups {
    /// Every identity for itself.
    pub(super) fn apart<'a>(splits: impl Iterator<Item = &'a Split>) -> Self {
        let mut sides: SortedMap<Pseudonym, SortedMap<usize, usize>> = SortedMap::new();
        for (split, sides_of_split) in splits.map(Split::sides).enumerate() {
            for (side, members) in sides_of_split.iter().enumerate() {
                for member in members {
                    sides.entry(*member).or_default().insert(split, side);
                }
            }
        }
        Self { towards: SortedMap::new(), sides }
    }

    /// The member that names the set.
    pub(super) fn name(&mut self, member: Pseudonym) -> Pseudonym {
        let mut name = member;
        while let Some(next) = self.towards.get(&name) {
            name = *next;
        }
        let mut at = member;
        while at != name {
            at = self.towards.insert(at, name).unwrap_or(name);
        }
        name
    }

    /// Joins the sets of all these identities, or none of them where that would join the sides of a split.
    pub(super) fn join(&mut self, members: impl IntoIterator<Item = Pseudonym>) -> bool {
        let names: SortedSet<Pseudonym> = members.into_iter().map(|member| self.name(member)).collect();
        let mut joined: SortedMap<usize, usize> = SortedMap::new();
        for (split, side) in names.iter().filter_map(|name| self.sides.get(name)).flatten() {
            if joined.insert(*split, *side).is_some_and(|other| other != *side) {
                return false;
            }
        }
        let mut names = names.into_iter();
        if let Some(name) = names.next() {
            for other in names {
                self.towards.insert(other, name);
                self.sides.remove(&other);
            }
            if !joined.is_empty() {
                self.sides.insert(name, joined);
            }
        }
        true
    }
}
