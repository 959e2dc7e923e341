//! Maps and sets that are sorted lists.
//!
//! The standard library's trees bring several kilobytes of code for each pair of types, which was a twentieth of the Worker,
//! and are made for far more than the dozens of entries that anything here has. A list is searched as fast. Putting
//! something in at its end is cheap, so what comes in order stays so; anywhere else it moves what is behind.

mod map;
#[cfg(feature = "records")]
mod serde;
mod set;

pub use map::{Entry, SortedMap};
pub use set::SortedSet;

use std::{borrow::Borrow, cmp::Ordering};

/// Where a key stands in a list, or where it would.
fn place<T, Q: Ord + ?Sized>(all: &[T], key: impl Fn(&T) -> &Q, wanted: &Q) -> Result<usize, usize> {
    // What comes in order is looked for at the end first.
    match all.last().map(|last| key(last).cmp(wanted)) {
        None => Err(0),
        Some(Ordering::Less) => Err(all.len()),
        Some(_) => all.binary_search_by(|one| key(one).cmp(wanted)),
    }
}

/// A key in the form in which it is asked for.
fn borrowed<K: Borrow<Q>, Q: ?Sized>(key: &K) -> &Q {
    key.borrow()
}
