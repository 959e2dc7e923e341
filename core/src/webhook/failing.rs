//! Whether a connection's deliveries have started to be refused.

use crate::time::Timestamp;

/// How long a refusal is news, in milliseconds: thirty days. A platform whose deliveries are refused tries for some days and
/// then sends none any more, and staff are to see that for longer than it tries.
const NEWS: i64 = 30 * 24 * 60 * 60 * 1000;

/// Whether the last call was refused, and not so long ago that nobody can care any more: the last refusal is younger than the last
/// delivery that was taken, if there was one, and at most thirty days old.
///
/// It may be a wrong secret, or a stranger who knows the address. The next delivery that is taken ends it; a test delivery does
/// not, because the platform did not sign it.
pub fn is_failing(last_taken: Option<Timestamp>, last_refused: Option<Timestamp>, now: Timestamp) -> bool {
    last_refused > last_taken
        && last_refused.is_some_and(|refused| now.millis().saturating_sub(refused.millis()) <= NEWS)
}

#[cfg(test)]
mod tests {
    use super::{NEWS, is_failing};
    use crate::time::Timestamp;
    use proptest::prelude::*;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(millis).unwrap()
    }

    #[test]
    fn a_connection_fails_while_the_last_call_was_refused() {
        let fails = |taken: Option<i64>, refused: Option<i64>, now| is_failing(taken.map(at), refused.map(at), at(now));
        assert!(!fails(None, None, 5), "nothing came");
        assert!(!fails(Some(1), None, 5), "nothing was refused");
        assert!(fails(None, Some(1), 5), "nothing was ever taken");
        assert!(fails(Some(1), Some(2), 5));
        assert!(!fails(Some(2), Some(1), 5), "it works again");
        assert!(!fails(Some(2), Some(2), 5), "both at once");
        assert!(fails(Some(1), Some(2), 2 + NEWS) && !fails(Some(1), Some(2), 3 + NEWS), "it is no news any more");
        assert!(fails(None, Some(9), 5), "another machine's clock is ahead");
    }

    proptest! {
        #[test]
        fn what_is_taken_last_ends_it(refused in 0..1_000_000i64, later in 0..1_000_000i64, now in 0..9_000_000_000i64) {
            prop_assert!(!is_failing(Some(at(refused + later)), Some(at(refused)), at(now)));
        }
    }
}
