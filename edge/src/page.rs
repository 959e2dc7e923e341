//! A page of a list, newest or oldest first: where it begins, how long it is, and whether there is more behind it.

use nod_core::time::Timestamp;
use worker::D1Type;

use crate::database::time;

/// A place in a list that is in order of time: rows of one moment are in order of their ids. It stays the same place when
/// rows arrive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) at: Timestamp,
    pub(crate) id: String,
}

/// Later than every row, exact as a JavaScript number.
const END: f64 = 9_007_199_254_740_991.0;

/// The arguments of `(time, id) < (?, ?)`: the place that a page of the newest first is behind. Without one, every row is
/// behind it, so that the same statement serves and an index leads to its beginning.
pub(crate) fn older_than(after: Option<&Place>) -> [D1Type<'_>; 2] {
    after.map_or([D1Type::Real(END), D1Type::Text("")], |place| [time(place.at), D1Type::Text(&place.id)])
}

/// Which page.
#[derive(Clone, Debug)]
pub(crate) struct Asked<P = Place> {
    /// At most so many rows.
    pub(crate) first: u16,
    /// Behind this place; from the beginning without one.
    pub(crate) after: Option<P>,
}

impl<P> Asked<P> {
    /// How many rows to read: one more than are shown, so that it is known whether there is more.
    pub(crate) fn to_read(&self) -> u16 {
        self.first.saturating_add(1)
    }

    /// The page that these rows make.
    pub(crate) fn page<T>(&self, mut rows: Vec<T>) -> Page<T> {
        let has_more = rows.len() > usize::from(self.first);
        rows.truncate(self.first.into());
        Page { rows, has_more }
    }
}

/// A page.
#[derive(Debug)]
pub(crate) struct Page<T> {
    pub(crate) rows: Vec<T>,
    pub(crate) has_more: bool,
}

#[cfg(test)]
mod tests {
    use super::Asked;

    #[test]
    fn one_row_too_many_says_that_there_is_more() {
        let asked = Asked::<()> { first: 2, after: None };
        assert_eq!(asked.to_read(), 3);
        let page = asked.page(vec![1, 2, 3]);
        assert_eq!((page.rows.as_slice(), page.has_more), ([1, 2].as_slice(), true));
        assert!(!asked.page(vec![1, 2]).has_more);
    }
}
