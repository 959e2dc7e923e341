//! The breaker: a destination that fails again and again is left in peace for a while, and then tried with one delivery.
//!
//! It is data, so it can be a row that all isolates share. Time is an argument.

use super::Patience;
use crate::time::Timestamp;

/// So many failures in a row open it.
const MOST_FAILURES: u32 = 5;
/// How long the one delivery that is let through has before another is: longer than a call may take.
const PROBE: i64 = 60_000;

/// What is known of a destination's health.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Breaker {
    /// Failures in a row.
    pub failures: u32,
    /// How often it was opened in a row.
    pub openings: u32,
    /// Open until then; `None` while it is closed.
    pub until: Option<Timestamp>,
    /// One delivery is on its way to find out; it has until then.
    pub probing: bool,
}

/// How it stands, for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Deliveries go out.
    Closed,
    /// Deliveries wait.
    Open,
    /// The next delivery, or one that is on its way, finds out.
    HalfOpen,
}

/// Whether a delivery may go now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It may.
    Go,
    /// It may, and nothing else until its outcome is known. The breaker has changed.
    Probe,
    /// Not before then.
    Wait(Timestamp),
}

impl State {
    /// The name that the API uses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Open => "open",
            Self::HalfOpen => "half_open",
        }
    }
}

impl Breaker {
    /// How it stands.
    pub fn state(&self, now: Timestamp) -> State {
        match self.until {
            None => State::Closed,
            Some(until) if now < until && !self.probing => State::Open,
            Some(_) => State::HalfOpen,
        }
    }

    /// May a delivery go now?
    pub fn ask(&mut self, now: Timestamp) -> Verdict {
        match self.until {
            None => Verdict::Go,
            Some(until) if now < until => Verdict::Wait(until),
            Some(_) => {
                self.until = Some(later(now, PROBE));
                self.probing = true;
                Verdict::Probe
            }
        }
    }

    /// The destination took a delivery, or refused it for what is in it: it works.
    pub fn works(&mut self) {
        *self = Self::default();
    }

    /// The destination failed. `asked` is how many milliseconds it wants to be left in peace, if it said so.
    pub fn fails(&mut self, now: Timestamp, patience: &Patience, asked: Option<i64>) {
        self.failures = self.failures.saturating_add(1);
        let is_open = self.until.is_some_and(|until| now < until) && !self.probing;
        let opens = self.until.is_some() || self.failures >= MOST_FAILURES || asked.is_some();
        // What was on its way when it was opened says nothing new.
        if is_open || !opens {
            return;
        }
        self.openings = self.openings.saturating_add(1);
        self.until = Some(later(now, patience.pause(self.openings, asked)));
        self.probing = false;
    }
}

fn later(at: Timestamp, millis: i64) -> Timestamp {
    at.millis().checked_add(millis).and_then(Timestamp::from_millis).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PATIENCE: Patience = Patience::USUAL;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(millis).unwrap()
    }

    fn opened() -> Breaker {
        let mut breaker = Breaker::default();
        for _ in 0..5 {
            breaker.fails(at(0), &PATIENCE, None);
        }
        breaker
    }

    #[test]
    fn five_failures_in_a_row_open_it_for_half_a_minute() {
        let mut breaker = Breaker::default();
        for _ in 0..4 {
            breaker.fails(at(0), &PATIENCE, None);
            assert_eq!(breaker.ask(at(0)), Verdict::Go);
        }
        breaker.fails(at(0), &PATIENCE, None);
        assert_eq!(breaker.ask(at(29_999)), Verdict::Wait(at(30_000)));
        assert_eq!(breaker.state(at(29_999)), State::Open);
        assert_eq!(breaker.state(at(30_000)), State::HalfOpen);
    }

    #[test]
    fn a_success_between_failures_starts_the_count_anew() {
        let mut breaker = Breaker::default();
        for _ in 0..20 {
            for _ in 0..4 {
                breaker.fails(at(0), &PATIENCE, None);
            }
            breaker.works();
        }
        assert_eq!(breaker, Breaker::default());
    }

    #[test]
    fn half_open_lets_one_through_and_another_only_if_that_one_is_never_heard_of() {
        let mut breaker = opened();
        assert_eq!(breaker.ask(at(30_000)), Verdict::Probe);
        assert_eq!(breaker.ask(at(30_001)), Verdict::Wait(at(90_000)));
        assert_eq!(breaker.state(at(30_001)), State::HalfOpen);
        assert_eq!(breaker.ask(at(90_000)), Verdict::Probe);
        breaker.works();
        assert_eq!(breaker.ask(at(90_001)), Verdict::Go);
    }

    #[test]
    fn pauses_double_up_to_half_an_hour() {
        let mut breaker = opened();
        let mut pauses = Vec::new();
        for _ in 0..9 {
            let until = breaker.until.unwrap();
            assert_eq!(breaker.ask(until), Verdict::Probe);
            breaker.fails(until, &PATIENCE, None);
            pauses.push((breaker.until.unwrap().millis() - until.millis()) / 1000);
        }
        assert_eq!(pauses, [60, 120, 240, 480, 960, 1800, 1800, 1800, 1800]);
    }

    #[test]
    fn a_destination_that_asks_for_peace_gets_it_at_once() {
        let mut breaker = Breaker::default();
        breaker.fails(at(0), &PATIENCE, Some(90_000));
        assert_eq!(breaker.ask(at(1)), Verdict::Wait(at(90_000)));
    }

    #[test]
    fn failures_of_what_was_on_its_way_do_not_lengthen_the_pause() {
        let mut breaker = opened();
        for _ in 0..10 {
            breaker.fails(at(1000), &PATIENCE, None);
        }
        assert_eq!((breaker.until, breaker.openings), (Some(at(30_000)), 1));
    }

    #[derive(Clone, Debug)]
    enum Step {
        Pass(i64),
        Ask,
        Works,
        Fails(Option<i64>),
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            (0..4_000_000i64).prop_map(Step::Pass),
            Just(Step::Ask),
            Just(Step::Works),
            prop::option::of(0..10_000_000i64).prop_map(Step::Fails),
        ]
    }

    proptest! {
        /// Whatever happens, it never stays shut for longer than the longest pause, and never lets two through at a time
        /// while it is half open.
        #[test]
        fn it_always_opens_again_and_lets_one_through(steps in prop::collection::vec(step(), 0..60)) {
            let (mut breaker, mut now, mut probe) = (Breaker::default(), 0i64, None);
            for step in steps {
                match step {
                    Step::Pass(millis) => now += millis,
                    Step::Works => { breaker.works(); probe = None; }
                    Step::Fails(asked) => { breaker.fails(at(now), &PATIENCE, asked); probe = None; }
                    Step::Ask => match breaker.ask(at(now)) {
                        Verdict::Go => prop_assert!(breaker.until.is_none()),
                        Verdict::Probe => {
                            prop_assert!(probe.is_none_or(|since| now - since >= PROBE));
                            probe = Some(now);
                        }
                        Verdict::Wait(until) => prop_assert!(until.millis() > now),
                    },
                }
                let left = breaker.until.map_or(0, |until| until.millis() - now);
                prop_assert!(left <= 30 * 60 * 1000, "{left}");
                prop_assert!(breaker.until.is_some() || breaker.failures < MOST_FAILURES);
            }
        }
    }
}
