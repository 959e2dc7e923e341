//! Why a delivery is turned away.

use std::fmt;

/// The reason, for staff and logs. The sender learns none of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// The connection has no secret, or none that is still live.
    NoSecret,
    /// A header that the platform always sends is not there.
    Missing(&'static str),
    /// A header, or the body where it is signed in decoded form, cannot be read.
    Malformed(&'static str),
    /// A header lists more signatures than anyone needs.
    TooManySignatures,
    /// No signature, or not the bearer token, of a live secret.
    Mismatch,
    /// Authentic, but signed too long ago: late, or a replay.
    TooOld,
    /// Authentic, but signed in the future: one of the two clocks is wrong.
    TooNew,
    /// Authentic, but without the id that tells a repeated delivery from a new one.
    NoIdempotencyKey,
    /// The body is larger than is taken.
    TooLarge,
}

impl Refusal {
    /// The name that logs and the database use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoSecret => "no_secret",
            Self::Missing(_) => "missing_header",
            Self::Malformed(_) => "malformed",
            Self::TooManySignatures => "too_many_signatures",
            Self::Mismatch => "mismatch",
            Self::TooOld => "too_old",
            Self::TooNew => "too_new",
            Self::NoIdempotencyKey => "no_idempotency_key",
            Self::TooLarge => "too_large",
        }
    }

    /// Whether the sender has proved who it is. Only such a sender may be told what is wrong.
    pub const fn is_authentic(self) -> bool {
        matches!(self, Self::TooOld | Self::TooNew | Self::NoIdempotencyKey)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSecret => out.write_str("the connection has no live secret; set one or rotate it"),
            Self::Missing(what) => write!(out, "{what} is missing; is signing switched on at the platform?"),
            Self::Malformed(what) => write!(out, "{what} cannot be read"),
            Self::TooManySignatures => out.write_str("more signatures than are checked"),
            Self::Mismatch => out.write_str("not signed with a live secret of this connection"),
            Self::TooOld => out.write_str("signed more than five minutes ago"),
            Self::TooNew => out.write_str("signed more than five minutes in the future; check the clocks"),
            Self::NoIdempotencyKey => {
                out.write_str("send an Idempotency-Key or webhook-id header of at most 255 visible ASCII characters")
            }
            Self::TooLarge => out.write_str("the body is larger than 256 KiB"),
        }
    }
}

impl std::error::Error for Refusal {}
