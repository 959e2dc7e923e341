//! How far the time of signing may be from ours.

use std::time::Duration;

use super::Refusal;
use crate::time::Timestamp;

/// Five minutes, the vendors' own, in both directions. It is a constant: there is no setting that means "do not look".
const TOLERANCE: Duration = Duration::from_mins(5);

/// Reads Unix seconds: digits and nothing else.
pub(super) fn seconds(text: &str, header: &'static str) -> Result<u64, Refusal> {
    let digits = (1..=12).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten().ok_or(Refusal::Malformed(header))
}

/// Refuses what was signed too long ago or in the future.
pub(super) fn check(signed: u64, now: Timestamp) -> Result<(), Refusal> {
    within(TOLERANCE, signed, now)
}

fn within(tolerance: Duration, signed: u64, now: Timestamp) -> Result<(), Refusal> {
    // A `Timestamp` is never before 1970.
    let now = now.millis().unsigned_abs() / 1000;
    if now.abs_diff(signed) <= tolerance.as_secs() {
        Ok(())
    } else if signed < now {
        Err(Refusal::TooOld)
    } else {
        Err(Refusal::TooNew)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(seconds * 1000).unwrap()
    }

    #[test]
    fn five_minutes_are_taken_in_both_directions_and_not_a_second_more() {
        for (signed, expected) in [
            (0, Err(Refusal::TooOld)),
            (699, Err(Refusal::TooOld)),
            (700, Ok(())),
            (1000, Ok(())),
            (1300, Ok(())),
            (1301, Err(Refusal::TooNew)),
            (u64::MAX, Err(Refusal::TooNew)),
        ] {
            assert_eq!(check(signed, at(1000)), expected, "{signed}");
        }
    }

    #[test]
    fn a_tolerance_of_zero_takes_this_second_only() {
        let zero = |signed| within(Duration::ZERO, signed, at(1000));
        assert_eq!((zero(999), zero(1000), zero(1001)), (Err(Refusal::TooOld), Ok(()), Err(Refusal::TooNew)));
    }

    #[test]
    fn a_time_is_digits() {
        assert_eq!(seconds("1492774577", "t"), Ok(1_492_774_577));
        for text in ["", "-1", "+1", " 1", "1.0", "1e3", "0x10", "١", "1234567890123"] {
            assert_eq!(seconds(text, "t"), Err(Refusal::Malformed("t")), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_two_moments_overflow(signed: u64, now in 0..=253_402_300_799i64) {
            let _ = check(signed, at(now));
        }
    }
}
