//! One worker at a time in each isolate.

use std::cell::Cell;

use nod_core::time::Timestamp;

thread_local! {
    static SINCE: Cell<Option<Timestamp>> = const { Cell::new(None) };
    static ASKED: Cell<bool> = const { Cell::new(false) };
}

/// A worker that has been at it for so long was stopped by the platform, which tells nobody.
const LONGEST: i64 = 120_000;

/// The right to work, given back when it is dropped.
pub(super) struct Turn {
    since: Timestamp,
}

impl Turn {
    /// `None` while another worker is at it; it hears that there is more to do.
    pub(super) fn take(now: Timestamp) -> Option<Self> {
        let is_busy = SINCE.get().is_some_and(|since| now.millis().saturating_sub(since.millis()) < LONGEST);
        ASKED.set(is_busy);
        if is_busy {
            return None;
        }
        SINCE.set(Some(now));
        Some(Self { since: now })
    }

    /// Whether somebody came since this was asked last.
    pub(super) fn is_asked_again(&self) -> bool {
        SINCE.get() == Some(self.since) && ASKED.replace(false)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if SINCE.get() == Some(self.since) {
            SINCE.set(None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(millis).unwrap_or_else(|| unreachable!("a time in the years of the test"))
    }

    #[test]
    fn one_works_and_hears_of_who_came_meanwhile() {
        let turn = Turn::take(at(0));
        assert!(turn.as_ref().is_some_and(|turn| !turn.is_asked_again()));
        assert!(Turn::take(at(1)).is_none());
        assert!(turn.as_ref().is_some_and(|turn| turn.is_asked_again() && !turn.is_asked_again()));
        drop(turn);
        assert!(Turn::take(at(2)).is_some());
    }

    #[test]
    fn a_worker_that_was_stopped_does_not_block_the_next_for_ever() {
        std::mem::forget(Turn::take(at(0)));
        assert!(Turn::take(at(LONGEST - 1)).is_none());
        let next = Turn::take(at(LONGEST));
        assert!(next.is_some());
        assert!(Turn::take(at(LONGEST + 1)).is_none());
    }
}
