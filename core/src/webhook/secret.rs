//! A connection's secrets: what they are made of, and how one follows another without losing a delivery.

use std::{fmt, time::Duration};

use subtle::Choice;

use super::Refusal;
use crate::time::Timestamp;

/// A shared key. It never shows itself.
#[derive(Clone)]
pub struct Secret(Vec<u8>);

/// Why a text is no secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidSecret {
    /// There is nothing in it.
    Empty,
    /// It is longer than any platform's.
    TooLong,
    /// It holds a space, a line break or something else that nobody can see, or is not ASCII: a slip of the clipboard.
    NotVisible,
    /// It does not have the form that its scheme demands: a sentence on which.
    Form(&'static str),
}

impl fmt::Display for InvalidSecret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Empty => "the secret is empty",
            Self::TooLong => "the secret is longer than 512 characters",
            Self::NotVisible => "the secret holds a space, a line break or another character that secrets do not have",
            Self::Form(sentence) => sentence,
        })
    }
}

impl std::error::Error for InvalidSecret {}

impl Secret {
    /// The longest secret, in bytes.
    pub const MAX_BYTES: usize = 512;

    /// A secret whose written characters are the key: Shopify's, Stripe's, Mailchimp's and Mandrill's.
    pub fn from_text(text: &str) -> Result<Self, InvalidSecret> {
        if text.bytes().any(|byte| !byte.is_ascii_graphic()) {
            return Err(InvalidSecret::NotVisible);
        }
        Self::from_bytes(text.as_bytes().to_vec())
    }

    /// A secret that was decoded.
    pub(super) fn from_bytes(bytes: Vec<u8>) -> Result<Self, InvalidSecret> {
        match bytes.len() {
            0 => Err(InvalidSecret::Empty),
            length if length > Self::MAX_BYTES => Err(InvalidSecret::TooLong),
            _ => Ok(Self(bytes)),
        }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret(…)")
    }
}

/// Which of a connection's two secrets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// The newest.
    Current,
    /// The one before it. While it is still seen, the platform has not switched over.
    Previous,
}

#[derive(Clone, Debug)]
struct Live<K> {
    key: K,
    not_after: Option<Timestamp>,
}

impl<K> Live<K> {
    fn is_live(&self, now: Timestamp) -> bool {
        self.not_after.is_none_or(|last| now <= last)
    }
}

/// At most two secrets: the current one, and while a rotation lasts the one before it.
#[derive(Clone, Debug)]
pub struct Secrets<K> {
    current: Option<Live<K>>,
    previous: Option<Live<K>>,
}

/// A rotation is under way: a third secret would cut off deliveries that are signed with the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StillRotating {
    /// When the older of the two secrets ends.
    pub until: Timestamp,
}

impl fmt::Display for StillRotating {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "a rotation is under way until {}", self.until.rfc3339())
    }
}

impl std::error::Error for StillRotating {}

/// The current secret and the last moment that it holds, if there is one.
pub type CurrentSecret<K> = (K, Option<Timestamp>);

/// The secret before it and the last moment that it holds.
pub type PreviousSecret<K> = (K, Timestamp);

impl<K> Default for Secrets<K> {
    fn default() -> Self {
        Self::none()
    }
}

impl<K> Secrets<K> {
    /// How long both secrets hold, unless staff choose otherwise: as long as Stripe signs with both, and past the hour
    /// that Shopify takes to switch over.
    pub const OVERLAP: Duration = Duration::from_hours(24);

    /// No secret: everything is refused.
    pub const fn none() -> Self {
        Self { current: None, previous: None }
    }

    /// A first secret; or a new one in place of all others at once, when the old ones are in the wrong hands.
    pub const fn new(key: K) -> Self {
        Self { current: Some(Live { key, not_after: None }), previous: None }
    }

    /// The secrets as they were stored, each with the last moment that it holds.
    pub fn restored(current: CurrentSecret<K>, previous: Option<PreviousSecret<K>>) -> Self {
        let (key, not_after) = current;
        let previous = previous.map(|(key, last)| Live { key, not_after: Some(last) });
        Self { current: Some(Live { key, not_after }), previous }
    }

    /// The secrets as they are to be stored, the current one first: what [`Self::restored`] takes.
    pub fn into_stored(self) -> (Option<CurrentSecret<K>>, Option<PreviousSecret<K>>) {
        let previous = self.previous.and_then(|secret| Some((secret.key, secret.not_after?)));
        (self.current.map(|secret| (secret.key, secret.not_after)), previous)
    }

    /// Puts a new secret in front. The one before it holds for `overlap` more, so that nothing that is under way is lost.
    pub fn rotate(&mut self, next: K, now: Timestamp, overlap: Duration) -> Result<(), StillRotating> {
        let ending = self.previous.as_ref().filter(|secret| secret.is_live(now)).and_then(|secret| secret.not_after);
        if let Some(until) = ending {
            return Err(StillRotating { until });
        }
        let last = i64::try_from(overlap.as_millis()).ok().and_then(|overlap| now.millis().checked_add(overlap));
        let last = last.and_then(Timestamp::from_millis).unwrap_or(now);
        self.previous = self
            .current
            .take()
            .map(|old| Live { not_after: Some(old.not_after.map_or(last, |earlier| earlier.min(last))), key: old.key });
        self.current = Some(Live { key: next, not_after: None });
        Ok(())
    }

    /// The same secrets, each made into something else.
    pub fn try_map<M, E>(self, mut make: impl FnMut(K) -> Result<M, E>) -> Result<Secrets<M>, E> {
        let mut mapped = |live: Option<Live<K>>| {
            live.map(|live| Ok(Live { key: make(live.key)?, not_after: live.not_after })).transpose()
        };
        Ok(Secrets { current: mapped(self.current)?, previous: mapped(self.previous)? })
    }

    /// The newest, live or not: what a new signature is made with.
    pub(super) fn newest(&self) -> Option<&K> {
        self.current.as_ref().map(|secret| &secret.key)
    }

    /// Which live secret `matches`. Both are tried whatever the first one says, so that time does not tell which it was.
    pub(super) fn find(&self, now: Timestamp, matches: impl Fn(&K) -> Choice) -> Result<Slot, Refusal> {
        let verdict = |secret: &Option<Live<K>>| {
            secret.as_ref().filter(|secret| secret.is_live(now)).map(|secret| matches(&secret.key))
        };
        let (current, previous) = (verdict(&self.current), verdict(&self.previous));
        if current.is_none() && previous.is_none() {
            return Err(Refusal::NoSecret);
        }
        match (current.is_some_and(bool::from), previous.is_some_and(bool::from)) {
            (true, _) => Ok(Slot::Current),
            (false, true) => Ok(Slot::Previous),
            (false, false) => Err(Refusal::Mismatch),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use subtle::ConstantTimeEq as _;

    const HOUR: Duration = Duration::from_hours(1);

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(millis).unwrap()
    }

    fn found(secrets: &Secrets<u8>, key: u8, now: i64) -> Result<Slot, Refusal> {
        secrets.find(at(now), |secret| secret.ct_eq(&key))
    }

    #[test]
    fn a_secret_must_be_something_that_can_be_seen() {
        assert_eq!(Secret::from_text("").unwrap_err(), InvalidSecret::Empty);
        assert_eq!(Secret::from_text(&"s".repeat(513)).unwrap_err(), InvalidSecret::TooLong);
        for text in [" ", "secret\n", "sec ret", "\u{feff}secret", "s\0"] {
            assert_eq!(Secret::from_text(text).unwrap_err(), InvalidSecret::NotVisible, "{text:?}");
        }
        assert!(Secret::from_text("shpss_0").is_ok());
    }

    #[test]
    fn a_secret_does_not_show_itself() {
        let shown = format!("{:?}", Secrets::new(Secret::from_text("hush-hush").unwrap()));
        assert!(!shown.contains("hush") && !shown.contains("104"), "{shown}");
    }

    #[test]
    fn without_a_live_secret_everything_is_refused() {
        assert_eq!(found(&Secrets::none(), 1, 0), Err(Refusal::NoSecret));
        let ended = Secrets::restored((1, Some(at(10))), Some((2, at(5))));
        assert_eq!(found(&ended, 2, 5), Ok(Slot::Previous));
        assert_eq!(found(&ended, 2, 6), Err(Refusal::Mismatch));
        assert_eq!(found(&ended, 1, 10), Ok(Slot::Current));
        assert_eq!(found(&ended, 1, 11), Err(Refusal::NoSecret));
    }

    #[test]
    fn a_rotation_waits_for_the_one_before_it() {
        let mut secrets = Secrets::new(1);
        assert_eq!(secrets.rotate(2, at(0), HOUR), Ok(()));
        assert_eq!(secrets.rotate(3, at(3_600_000), HOUR), Err(StillRotating { until: at(3_600_000) }));
        assert_eq!(found(&secrets, 2, 3_600_000), Ok(Slot::Current));
        assert_eq!(secrets.rotate(3, at(3_600_001), HOUR), Ok(()));
        assert_eq!(found(&secrets, 1, 3_600_001), Err(Refusal::Mismatch));
    }

    #[test]
    fn a_rotation_does_not_lengthen_a_life_that_had_an_end() {
        let mut secrets = Secrets::restored((1, Some(at(10))), None);
        secrets.rotate(2, at(0), HOUR).unwrap();
        assert_eq!(found(&secrets, 1, 11), Err(Refusal::Mismatch));
    }

    #[test]
    fn what_was_stored_is_what_it_was() {
        let mut secrets = Secrets::restored((1, Some(at(10))), None);
        secrets.rotate(2, at(0), HOUR).unwrap();
        let (current, previous) = secrets.into_stored();
        assert_eq!((current, previous), (Some((2, None)), Some((1, at(10)))));
        let restored = Secrets::restored(current.unwrap(), previous);
        assert_eq!(found(&restored, 1, 10), Ok(Slot::Previous));
    }

    #[test]
    fn an_overlap_past_the_end_of_time_is_none() {
        let mut secrets = Secrets::new(1);
        secrets.rotate(2, at(5), Duration::MAX).unwrap();
        assert_eq!(found(&secrets, 1, 6), Err(Refusal::Mismatch));
    }

    proptest! {
        /// The sender switches at any moment of the overlap; whatever it signs with is taken, and nothing after the end.
        #[test]
        fn a_rotation_loses_nothing(start in 0..1_000_000i64, switch in 0..=3_600_000i64, sent in 0..7_200_000i64) {
            let mut secrets = Secrets::new(1);
            secrets.rotate(2, at(start), HOUR).unwrap();
            let signed_with = if sent < switch { 1 } else { 2 };
            prop_assert!(found(&secrets, signed_with, start + sent).is_ok());
            prop_assert_eq!(found(&secrets, 1, start + sent).is_ok(), sent <= 3_600_000);
        }
    }
}
