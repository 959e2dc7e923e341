//! Standard Webhooks 1.0.0: `v1` with a shared secret, `v1a` with an Ed25519 key pair.
//!
//! The signature covers `{id}.{timestamp}.{body}`. The id stays the same when a delivery is sent again.

use std::fmt;

use base64ct::{Base64, Encoding as _};
use ed25519_dalek::{Signature, VerifyingKey};
use subtle::Choice;

use super::{
    Delivery, InvalidSecret, MAX_SIGNATURES, Proof, Refusal, Secret, Secrets, Source, Verified, freshness, mac,
};
use crate::time::Timestamp;

pub(super) const ID: &str = "webhook-id";
pub(super) const TIMESTAMP: &str = "webhook-timestamp";
pub(super) const SIGNATURE: &str = "webhook-signature";

/// The longest id, in characters.
const MAX_ID: usize = 255;

/// What a signature is checked with. The two kinds are different types, so a public key is never taken for a secret.
#[derive(Clone)]
pub enum Key {
    /// For `v1`.
    Shared(Secret),
    /// For `v1a`.
    Public(Box<VerifyingKey>),
}

impl fmt::Debug for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Shared(_) => "Shared(…)",
            Self::Public(_) => "Public(…)",
        })
    }
}

impl Key {
    /// Reads `whsec_…` or `whpk_…`.
    pub fn parse(text: &str) -> Result<Self, InvalidSecret> {
        if text.is_empty() {
            Err(InvalidSecret::Empty)
        } else if text.len() > Secret::MAX_BYTES {
            Err(InvalidSecret::TooLong)
        } else if let Some(secret) = text.strip_prefix("whsec_") {
            let bytes =
                Base64::decode_vec(secret).map_err(|_| InvalidSecret::Form("whsec_ is not followed by base64"))?;
            if !(24..=64).contains(&bytes.len()) {
                return Err(InvalidSecret::Form("a whsec_ secret has 24 to 64 bytes"));
            }
            Secret::from_bytes(bytes).map(Self::Shared)
        } else if let Some(key) = text.strip_prefix("whpk_") {
            let invalid = InvalidSecret::Form("whpk_ is not followed by an Ed25519 public key in base64");
            let key = VerifyingKey::from_bytes(&mac::base64(key).ok_or(invalid)?).map_err(|_| invalid)?;
            if key.is_weak() { Err(invalid) } else { Ok(Self::Public(Box::new(key))) }
        } else if text.starts_with("whsk_") {
            Err(InvalidSecret::Form("whsk_ is the private key: keep it, and give the public one, whpk_"))
        } else {
            Err(InvalidSecret::Form("the secret begins with neither whsec_ nor whpk_"))
        }
    }

    /// The text of a new shared secret made of these random bytes: shown once, to be entered in the sending application.
    pub fn shared_text(random: &[u8; 32]) -> String {
        format!("whsec_{}", Base64::encode_string(random))
    }
}

pub(super) fn verify<'a, K>(
    delivery: &Delivery<'a>,
    keys: &Secrets<K>,
    key: impl Fn(&K) -> &Key,
    now: Timestamp,
) -> Result<Verified<'a>, Refusal> {
    let (id, time) = (delivery.required(ID)?, delivery.required(TIMESTAMP)?);
    // With a dot in the id, a captured delivery could be cut into another id, time and body.
    if !(1..=MAX_ID).contains(&id.len()) || id.bytes().any(|byte| !byte.is_ascii_graphic() || byte == b'.') {
        return Err(Refusal::Malformed(ID));
    }
    let seconds = freshness::seconds(time, TIMESTAMP)?;
    let signatures = Signatures::read(delivery.required(SIGNATURE)?)?;
    let message = [id.as_bytes(), b".", time.as_bytes(), b".", delivery.body];
    let slot = keys.find(now, |secret| signatures.any_is_by(key(secret), &message))?;
    freshness::check(seconds, now)?;
    let signed = [id.as_bytes(), delivery.body];
    Ok(Verified::new(Source::Custom, Proof::Signature(slot), delivery.body, &signed).with_id(id))
}

struct Signatures {
    shared: Vec<[u8; 32]>,
    public: Vec<[u8; 64]>,
}

impl Signatures {
    /// A list with spaces between. What is not known, or no base64, is passed over.
    fn read(text: &str) -> Result<Self, Refusal> {
        if text.split(' ').nth(MAX_SIGNATURES).is_some() {
            return Err(Refusal::TooManySignatures);
        }
        let (mut shared, mut public) = (Vec::new(), Vec::new());
        for signature in text.split(' ') {
            match signature.split_once(',') {
                Some(("v1", code)) => shared.extend(mac::base64(code)),
                Some(("v1a", code)) => public.extend(mac::base64(code)),
                _ => {}
            }
        }
        if shared.is_empty() && public.is_empty() {
            return Err(Refusal::Malformed(SIGNATURE));
        }
        Ok(Self { shared, public })
    }

    fn any_is_by(&self, key: &Key, message: &[&[u8]]) -> Choice {
        match key {
            Key::Shared(secret) => mac::any_is_sha256(&self.shared, secret, message),
            Key::Public(key) => {
                let message = message.concat();
                let verifies = |bytes| key.verify_strict(&message, &Signature::from_bytes(bytes)).is_ok();
                Choice::from(u8::from(self.public.iter().any(verifies)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::webhook::tests_support::good;
    use ed25519_dalek::{Signer as _, SigningKey};

    /// The dedupe key of a delivery that is signed at this time.
    fn dedupe(id: &str, time: u32, body: &str) -> crate::id::Fingerprint {
        let pair = SigningKey::from_bytes(&[7; 32]);
        let signature = pair.sign(format!("{id}.{time}.{body}").as_bytes());
        let (time, signature) = (time.to_string(), format!("v1a,{}", Base64::encode_string(&signature.to_bytes())));
        let headers = vec![(ID, id), (TIMESTAMP, time.as_str()), (SIGNATURE, signature.as_str())];
        let keys = Secrets::new(Key::Public(Box::new(pair.verifying_key())));
        let now = Timestamp::from_millis(1_000_000).unwrap();
        verify(&Delivery { body: body.as_bytes(), headers }, &keys, |key| key, now).unwrap().dedupe().clone()
    }

    #[test]
    fn a_delivery_is_the_same_while_id_and_body_are() {
        let first = dedupe("msg_1", 1000, "{}");
        assert_eq!(dedupe("msg_1", 1100, "{}"), first, "another try");
        assert_ne!(dedupe("msg_2", 1000, "{}"), first, "another message that says the same");
        assert_ne!(dedupe("msg_1", 1000, "[]"), first, "another message under a used id");
    }

    #[test]
    fn standard_webhooks_keys_are_what_they_say() {
        let form = |text: &str| matches!(Key::parse(text), Err(InvalidSecret::Form(_)));
        assert_eq!(Key::parse("").unwrap_err(), InvalidSecret::Empty);
        assert_eq!(Key::parse(&"w".repeat(513)).unwrap_err(), InvalidSecret::TooLong);
        let (short, long) = (format!("whsec_{}", "A".repeat(28)), format!("whsec_{}", "A".repeat(88)));
        for text in [
            "whsec_",
            "whsec_not base64",
            "whpk_",
            "whpk_AAAA",
            "whsk_AAAA",
            "C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
            &short,
            &long,
        ] {
            assert!(form(text), "{text}");
        }
        // The neutral element: it would verify signatures that nobody made.
        assert!(form(&format!("whpk_AQ{}=", "A".repeat(41))));
        assert!(matches!(Key::parse(&Key::shared_text(&[1; 32])), Ok(Key::Shared(_))));
    }

    #[test]
    fn a_standard_webhooks_id_holds_no_dot_and_nothing_unseen() {
        for id in ["", "msg.1", "msg 1", "m\u{e4}", &"m".repeat(256)] {
            let mut sample = good(5);
            sample.headers[1].1 = id.into();
            assert_eq!(sample.verify().unwrap_err(), Refusal::Malformed("webhook-id"), "{id}");
        }
    }
}
