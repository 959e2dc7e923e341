//! Stripe: snapshot and thin events, signed alike.

use super::{Delivery, Refusal, Secret, Secrets, Source, Verified, timestamped};
use crate::time::Timestamp;

pub(super) const HEADER: &str = "stripe-signature";

pub(super) fn verify<'a>(
    delivery: &Delivery<'a>,
    secrets: &Secrets<Secret>,
    now: Timestamp,
) -> Result<Verified<'a>, Refusal> {
    timestamped::verify(delivery, Source::Stripe, HEADER, secrets, now)
}
