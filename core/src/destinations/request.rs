//! What is to be done for a parcel.

use std::fmt;

use super::{DataPoint, Kind};

/// One call: a POST of JSON.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// Where to. It may hold a secret.
    pub url: String,
    /// Headers beside the content type.
    pub headers: Vec<(&'static str, String)>,
    /// The body. It may hold a secret.
    pub body: String,
    /// How many events it carries.
    pub events: usize,
}

/// It may hold a secret, so it does not show itself.
impl fmt::Debug for Request {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Request of {} events (hidden)", self.events)
    }
}

/// What is to be done for a parcel.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Calls, one after another.
    pub requests: Vec<Request>,
    /// Data points for Workers Analytics Engine.
    pub points: Vec<DataPoint>,
    /// Events that the destination would not take, by the reason why: they are lost.
    pub lost: Vec<(&'static str, usize)>,
}

impl Plan {
    /// Counts an event that cannot go.
    pub(super) fn lose(&mut self, reason: &'static str) {
        match self.lost.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, count)) => *count += 1,
            None => self.lost.push((reason, 1)),
        }
    }
}

/// Why nothing can be made of a parcel: something that staff can mend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// The destination has no secret yet.
    NoSecret,
    /// Its secret cannot be used.
    BadSecret,
}

impl Unfit {
    /// The name that the API and the database use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoSecret => "no_secret",
            Self::BadSecret => "bad_secret",
        }
    }
}

impl Kind {
    /// Whether a text can be the secret of such a destination.
    pub fn takes_secret(self, text: &str) -> bool {
        match self {
            Self::Webhook => super::webhook::key(text).is_ok(),
            Self::AnalyticsEngine => false,
            Self::Ga4 | Self::Meta => {
                (1..=512).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
            }
        }
    }
}
