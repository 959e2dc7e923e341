//! Mailchimp's audience webhooks: signed since 2026, and the older kind that is not.

use super::{Delivery, Proof, Refusal, Secret, Secrets, Source, Verified, timestamped};
use crate::time::Timestamp;

pub(super) const HEADER: &str = "x-mailchimp-signature";

pub(super) fn verify<'a>(
    delivery: &Delivery<'a>,
    secrets: &Secrets<Secret>,
    now: Timestamp,
) -> Result<Verified<'a>, Refusal> {
    timestamped::verify(delivery, Source::Mailchimp, HEADER, secrets, now)
}

/// The sender found the connection's address, and that is all there is to check.
pub(super) fn unsigned<'a>(delivery: &Delivery<'a>) -> Verified<'a> {
    Verified::new(Source::Mailchimp, Proof::Address, delivery.body, &[delivery.body])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::webhook::{Authentication, tests_support::MAILCHIMP_BODY, verify};

    #[test]
    fn an_unsigned_delivery_is_weak_and_only_where_that_was_chosen() {
        let delivery = Delivery { body: MAILCHIMP_BODY.as_bytes(), headers: vec![] };
        let now = Timestamp::from_millis(0).unwrap();
        let verified = verify(&delivery, &Authentication::MailchimpUnsigned, now).unwrap();
        assert!(verified.proof().is_weak());
        let signed = Authentication::Mailchimp(Secrets::new(Secret::from_text("mc_test_signing_secret").unwrap()));
        assert_eq!(verify(&delivery, &signed, now), Err(Refusal::Missing("x-mailchimp-signature")));
    }
}
