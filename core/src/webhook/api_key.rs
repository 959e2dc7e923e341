//! A custom application's API key: a bearer token, and with each call an id that makes a repeated one the same.
//!
//! Nod keeps the token's SHA-256 only. The token carries 256 random bits, so there is nothing to guess and no need for
//! a slow hash.

use std::fmt;

use base64ct::{Base64UrlUnpadded, Encoding as _};
use subtle::ConstantTimeEq as _;

use super::{Delivery, Proof, Refusal, Secrets, Source, Verified};
use crate::{canonical, id::Fingerprint, time::Timestamp};

const AUTHORIZATION: &str = "authorization";
const IDEMPOTENCY_KEY: &str = "idempotency-key";
const WEBHOOK_ID: &str = "webhook-id";

/// The longest token and the longest idempotency key that are looked at, in characters.
const MAX_LENGTH: usize = 255;

/// A token as it is kept.
#[derive(Clone)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of a token.
    pub fn of(token: &str) -> Self {
        Self(canonical::sha256(token.as_bytes()))
    }

    /// The digest that was stored.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// What to store.
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::from_digest(&self.0)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Digest(…)")
    }
}

/// A new token made of random bytes: `nod_{id}_{secret}`. Its first twelve characters may be shown and logged,
/// so that staff can tell tokens apart; the whole is shown once. The prefix is what secret scanners look for.
pub fn token(id: &[u8; 6], secret: &[u8; 32]) -> String {
    format!("nod_{}_{}", Base64UrlUnpadded::encode_string(id), Base64UrlUnpadded::encode_string(secret))
}

pub(super) fn verify<'a, K>(
    delivery: &Delivery<'a>,
    keys: &Secrets<K>,
    digest: impl Fn(&K) -> &Digest,
    now: Timestamp,
) -> Result<Verified<'a>, Refusal> {
    let token = bearer(delivery.required(AUTHORIZATION)?).ok_or(Refusal::Malformed(AUTHORIZATION))?;
    let presented = Digest::of(token);
    let slot = keys.find(now, |key| digest(key).0.as_slice().ct_eq(presented.0.as_slice()))?;
    let id = match delivery.optional(IDEMPOTENCY_KEY)? {
        Some(id) => Some(id),
        None => delivery.optional(WEBHOOK_ID)?,
    };
    let id = id.filter(|id| is_visible(id)).ok_or(Refusal::NoIdempotencyKey)?;
    Ok(Verified::new(Source::Custom, Proof::Token(slot), delivery.body, &[id.as_bytes(), delivery.body]).with_id(id))
}

/// RFC 6750: the scheme's name in any case, one space, the token.
fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer") && is_visible(token)).then_some(token)
}

fn is_visible(text: &str) -> bool {
    (1..=MAX_LENGTH).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use crate::webhook::{Refusal, tests_support::good};

    #[test]
    fn an_api_key_comes_with_an_id_of_either_name() {
        let mut sample = good(7);
        assert_eq!(sample.verify().unwrap().id(), Some("order-17"));
        sample.headers[1].0 = "Webhook-Id";
        assert_eq!(sample.verify().unwrap().id(), Some("order-17"));
        for id in ["", " ", "a b", &"a".repeat(256)] {
            sample.headers[1].1 = id.into();
            assert_eq!(sample.verify(), Err(Refusal::NoIdempotencyKey), "{id}");
        }
        assert!(Refusal::NoIdempotencyKey.is_authentic());
    }
}
