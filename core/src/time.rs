//! A moment in time, as it is stored and as it is written.

use chrono::{DateTime, SecondsFormat};
use serde::{Deserialize, Serialize, Serializer};

/// Milliseconds since the Unix epoch, UTC. Always an exact JavaScript number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "i64")]
pub struct Timestamp(i64);

impl Timestamp {
    /// The last moment that can be written with a four-digit year.
    const LAST: i64 = 253_402_300_799_999;

    /// The last moment that there is here.
    pub const MAX: Self = Self(Self::LAST);

    /// `None` outside the years 1970 to 9999.
    pub fn from_millis(millis: i64) -> Option<Self> {
        (0..=Self::LAST).contains(&millis).then_some(Self(millis))
    }

    /// Reads RFC 3339, with any offset.
    pub fn parse(text: &str) -> Option<Self> {
        Self::from_millis(DateTime::parse_from_rfc3339(text).ok()?.timestamp_millis())
    }

    /// Milliseconds since the Unix epoch.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// RFC 3339 in UTC with milliseconds: `2026-11-23T12:00:00.000Z`.
    pub fn rfc3339(self) -> String {
        DateTime::from_timestamp_millis(self.0).unwrap_or_default().to_rfc3339_opts(SecondsFormat::Millis, true)
    }
}

impl TryFrom<i64> for Timestamp {
    type Error = &'static str;

    fn try_from(millis: i64) -> Result<Self, Self::Error> {
        Self::from_millis(millis).ok_or("not a time between the years 1970 and 9999, in milliseconds")
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.rfc3339())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn times_are_written_in_utc_with_milliseconds() {
        assert_eq!(Timestamp(0).rfc3339(), "1970-01-01T00:00:00.000Z");
        assert_eq!(Timestamp(1_795_435_200_123).rfc3339(), "2026-11-23T12:00:00.123Z");
        assert_eq!(Timestamp(Timestamp::LAST).rfc3339(), "9999-12-31T23:59:59.999Z");
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(millis in 0..=Timestamp::LAST) {
            let written = Timestamp(millis).rfc3339();
            prop_assert_eq!(Timestamp::parse(&written), Some(Timestamp(millis)));
        }
    }
}
