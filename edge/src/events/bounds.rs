//! Bounds on what is told apart: an owner wants to see names and values, not a table that grows with every visitor.

use std::collections::{BTreeMap, BTreeSet};

use nod_core::events::rollup::OTHER;

/// Texts that are told apart in each place, at most so many. The rest is [`OTHER`].
#[derive(Debug)]
pub(super) struct Bounded<Place> {
    most: usize,
    known: BTreeMap<Place, BTreeSet<String>>,
}

impl<Place: Ord> Bounded<Place> {
    /// With what is stored already.
    pub(super) fn new(most: usize, stored: impl IntoIterator<Item = (Place, String)>) -> Self {
        let mut known: BTreeMap<Place, BTreeSet<String>> = BTreeMap::new();
        for (place, text) in stored.into_iter().filter(|(_, text)| text != OTHER) {
            known.entry(place).or_default().insert(text);
        }
        Self { most, known }
    }

    /// The text as it is counted.
    pub(super) fn admit(&mut self, place: Place, text: String) -> String {
        let known = self.known.entry(place).or_default();
        if text == OTHER || known.contains(&text) {
            return text;
        }
        if known.len() >= self.most {
            return OTHER.to_owned();
        }
        known.insert(text.clone());
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_are_told_apart_and_the_rest_is_not() {
        let stored = [(1, "a"), (1, OTHER), (2, "x")].map(|(place, text)| (place, text.to_owned()));
        let mut bounded = Bounded::new(2, stored);
        let mut admit = |place, text: &str| bounded.admit(place, text.to_owned());
        assert_eq!([admit(1, "b"), admit(1, "c"), admit(1, "a"), admit(1, "b")], ["b", OTHER, "a", "b"]);
        assert_eq!([admit(2, "c"), admit(2, "d"), admit(2, OTHER), admit(3, "d")], ["c", OTHER, OTHER, "d"]);
    }
}
