//! The default of custom applications: one secret, and two ways to prove it.
//!
//! With a `webhook-signature` header the delivery must carry a right signature of Standard Webhooks; a bearer token beside it
//! is not looked at, so nobody who saw a signed delivery can fall back to something weaker. Without one the secret itself is
//! the bearer token, and an id comes along. The same id and body are the same delivery, whichever way it came.

use std::fmt;

use super::{Delivery, InvalidSecret, Refusal, Secrets, Verified, api_key, standard_webhooks};
use crate::time::Timestamp;

/// A shared secret, `whsec_…`, as the key of signatures and as a token.
#[derive(Clone)]
pub struct SharedSecret {
    pub(super) key: standard_webhooks::Key,
    token: api_key::Digest,
}

impl SharedSecret {
    /// Reads `whsec_…`.
    pub fn parse(text: &str) -> Result<Self, InvalidSecret> {
        match standard_webhooks::Key::parse(text)? {
            key @ standard_webhooks::Key::Shared(_) => Ok(Self { key, token: api_key::Digest::of(text) }),
            standard_webhooks::Key::Public(_) => {
                Err(InvalidSecret::Form("whpk_ is a public key, which everybody may know: give a secret, whsec_"))
            }
        }
    }
}

impl fmt::Debug for SharedSecret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("SharedSecret(…)")
    }
}

pub(super) fn verify<'a>(
    delivery: &Delivery<'a>,
    secrets: &Secrets<SharedSecret>,
    now: Timestamp,
) -> Result<Verified<'a>, Refusal> {
    if delivery.optional(standard_webhooks::SIGNATURE)?.is_some() {
        standard_webhooks::verify(delivery, secrets, |secret| &secret.key, now)
    } else {
        api_key::verify(delivery, secrets, |secret| &secret.token, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::webhook::{Proof, Slot, tests_support::good};

    #[test]
    fn a_signature_is_never_made_up_for_by_a_token() {
        let (signed, token) = (good(8), good(9));
        assert_eq!(signed.verify().unwrap().proof(), Proof::Signature(Slot::Current));
        assert_eq!(token.verify().unwrap().proof(), Proof::Token(Slot::Current));
        let mut both = signed.clone().proof(format!("v1,{}=", "A".repeat(43)));
        both.headers.extend(token.headers);
        assert_eq!(both.verify(), Err(Refusal::Mismatch));
        // An empty signature is one too.
        assert_eq!(both.proof("").verify().unwrap_err().name(), "malformed");
    }

    #[test]
    fn the_same_message_is_the_same_whichever_way_it_came() {
        let (signed, mut token) = (good(8), good(9));
        token.headers[1].1 = signed.verify().unwrap().id().unwrap().to_owned();
        assert_eq!(token.verify().unwrap().dedupe(), signed.verify().unwrap().dedupe());
    }

    #[test]
    fn a_public_key_is_no_secret() {
        assert!(matches!(SharedSecret::parse(&good(6).secret), Err(InvalidSecret::Form(_))));
        assert!(matches!(SharedSecret::parse("a password"), Err(InvalidSecret::Form(_))));
    }
}
