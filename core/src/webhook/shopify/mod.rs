//! Shopify: the body is signed, and nothing else.

mod event;
mod shape;

pub use event::{Contradiction, Event, ShopDomain};
pub use shape::Topic;

use super::{Delivery, Proof, Refusal, Secret, Secrets, Source, Verified, mac};
use crate::time::Timestamp;

pub(super) const HEADER: &str = WEBHOOKS.code;

/// The names of one family of headers. Shopify's newer events come without the `X-`.
struct Family {
    code: &'static str,
    topic: &'static str,
    shop: &'static str,
    webhook_id: &'static str,
    triggered_at: &'static str,
}

const WEBHOOKS: Family = Family {
    code: "x-shopify-hmac-sha256",
    topic: "x-shopify-topic",
    shop: "x-shopify-shop-domain",
    webhook_id: "x-shopify-webhook-id",
    triggered_at: "x-shopify-triggered-at",
};

const EVENTS: Family = Family {
    code: "shopify-hmac-sha256",
    topic: "shopify-topic",
    shop: "shopify-shop-domain",
    webhook_id: "shopify-webhook-id",
    triggered_at: "shopify-triggered-at",
};

impl Family {
    /// The family that carries the code, with the code. Both at once are refused: the labels could be of either.
    fn of<'a>(delivery: &Delivery<'a>) -> Result<(&'static Self, &'a str), Refusal> {
        match (delivery.optional(WEBHOOKS.code)?, delivery.optional(EVENTS.code)?) {
            (Some(code), None) => Ok((&WEBHOOKS, code)),
            (None, Some(code)) => Ok((&EVENTS, code)),
            (Some(_), Some(_)) => Err(Refusal::Malformed(WEBHOOKS.code)),
            (None, None) => Err(Refusal::Missing(WEBHOOKS.code)),
        }
    }
}

pub(super) fn verify<'a>(
    delivery: &Delivery<'a>,
    secrets: &Secrets<Secret>,
    now: Timestamp,
) -> Result<Verified<'a>, Refusal> {
    let (family, code) = Family::of(delivery)?;
    let code = mac::base64(code).ok_or(Refusal::Malformed(family.code))?;
    let slot = secrets.find(now, |secret| mac::any_is_sha256(&[code], secret, &[delivery.body]))?;
    Ok(Verified::new(Source::Shopify, Proof::Signature(slot), delivery.body, &[delivery.body]))
}

#[cfg(test)]
mod tests {
    use crate::webhook::tests_support::good;

    #[test]
    fn shopify_must_not_carry_both_families_of_headers() {
        let mut sample = good(0);
        sample.headers.extend(good(1).headers);
        assert_eq!(sample.verify().unwrap_err().name(), "malformed");
    }
}
