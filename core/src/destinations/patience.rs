//! How long a failing destination is left in peace, and how long a delivery waits until it is tried again.
//!
//! A queue gives up a message after 100 tries and 14 days, whichever is first, so the waits must grow with the age of what
//! waits: by a sixth of it at a time a fortnight is reached in some 70 tries. What was held up for a day is therefore late
//! by up to four hours more once the destination is back.

/// The waits, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    first_pause: i64,
    longest_pause: i64,
    first_retry: i64,
    longest_retry: i64,
    order: i64,
}

const MINUTE: i64 = 60_000;

impl Patience {
    /// As it is in production. Queues delay a message by 12 hours at most.
    pub const USUAL: Self = Self {
        first_pause: MINUTE / 2,
        longest_pause: 30 * MINUTE,
        first_retry: 5_000,
        longest_retry: 12 * 60 * MINUTE,
        order: 10 * MINUTE,
    };

    /// For development, where somebody is waiting.
    pub const SHORT: Self =
        Self { first_pause: 1_000, longest_pause: 4_000, first_retry: 1_000, longest_retry: 4_000, order: 10 * MINUTE };

    /// How long the breaker stays open the so-manieth time in a row. A destination may ask for longer than its turn, not for
    /// longer than the longest.
    pub(super) fn pause(&self, openings: u32, asked: Option<i64>) -> i64 {
        let doublings = openings.saturating_sub(1).min(20);
        self.first_pause.saturating_mul(1 << doublings).max(asked.unwrap_or_default()).min(self.longest_pause)
    }

    /// In how many seconds a delivery of this age is tried again, not before `wait` milliseconds.
    pub fn retry(&self, age: i64, wait: i64) -> u32 {
        let millis = (age / 6).max(wait).clamp(self.first_retry, self.longest_retry);
        u32::try_from(millis.saturating_add(999) / 1000).unwrap_or(u32::MAX)
    }

    /// How old a delivery may be, in milliseconds, that waits for those before it and lets those behind it wait. Past that it
    /// does neither: one that fails for what is in it must not hold up the rest, nor a queue's tries be used up by waiting.
    pub const fn order(&self) -> i64 {
        self.order
    }
}

#[cfg(test)]
mod tests {
    use super::Patience;

    #[test]
    fn a_delivery_is_tried_for_a_fortnight_within_a_hundred_tries() {
        const FORTNIGHT: i64 = 14 * 24 * 60 * 60 * 1000;
        let (mut age, mut tries) = (0, 0);
        while age < FORTNIGHT {
            age += i64::from(Patience::USUAL.retry(age, 0)) * 1000;
            tries += 1;
        }
        assert!((40..=90).contains(&tries), "{tries}");
    }

    #[test]
    fn a_delivery_waits_as_long_as_the_breaker_and_no_longer_than_a_queue_can() {
        assert_eq!(Patience::USUAL.retry(0, 0), 5);
        assert_eq!(Patience::USUAL.retry(0, 29_001), 30);
        assert_eq!(Patience::USUAL.retry(i64::MAX, 0), 43_200);
        assert_eq!(Patience::USUAL.retry(-5, -5), 5);
        assert_eq!(Patience::SHORT.retry(i64::MAX, 0), 4);
    }
}
