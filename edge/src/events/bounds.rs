//! Bounds on what is told apart: an owner wants to see names and values, not a table that grows with every visitor.

use nod_core::sorted::{SortedMap, SortedSet};

use nod_core::events::rollup::OTHER;

/// Texts that are told apart in each place, at most so many. The rest is [`OTHER`].
#[derive(Debug)]
pub(super) struct Bounded {
    most: usize,
    known: SortedMap<String, SortedSet<String>>,
}

impl Bounded {
    /// At most so many.
    pub(super) fn new(most: usize) -> Self {
        Self { most, known: SortedMap::new() }
    }

    /// What is stored is told apart already.
    pub(super) fn know(&mut self, place: String, text: String) {
        if text != OTHER {
            self.known.entry(place).or_default().insert(text);
        }
    }

    /// The text as it is counted.
    pub(super) fn admit(&mut self, place: String, text: &str) -> String {
        let known = self.known.entry(place).or_default();
        if known.len() < self.most && text != OTHER {
            known.insert(text.to_owned());
        }
        if known.contains(text) { text.to_owned() } else { OTHER.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_are_told_apart_and_the_rest_is_not() {
        let mut bounded = Bounded::new(2);
        for (place, text) in [("1", "a"), ("1", OTHER), ("2", "x")] {
            bounded.know(place.to_owned(), text.to_owned());
        }
        let mut admit = |place: &str, text: &str| bounded.admit(place.to_owned(), text);
        assert_eq!([admit("1", "b"), admit("1", "c"), admit("1", "a"), admit("1", "b")], ["b", OTHER, "a", "b"]);
        assert_eq!([admit("2", "c"), admit("2", "d"), admit("2", OTHER), admit("3", "d")], ["c", OTHER, OTHER, "d"]);
    }
}
