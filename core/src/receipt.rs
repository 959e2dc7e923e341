//! The receipt: a consent record that its visitor can keep and anybody can verify.
//!
//! It is a JSON Web Signature (RFC 7515, compact) with Ed25519 (RFC 8037) over the record's canonical JSON, so any JOSE
//! library can check it against the key set that the edge publishes at `/.well-known/jwks.json`.

use base64ct::{Base64UrlUnpadded, Encoding as _};
use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::{Value, json};

use crate::{canonical, consent::Record};

/// The key that signs receipts. It never shows its secret.
pub struct ReceiptKey {
    key: SigningKey,
    id: String,
}

/// Why a key could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidKey;

impl std::fmt::Display for InvalidKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("the signing key is not 32 bytes in base64url without padding")
    }
}

impl std::error::Error for InvalidKey {}

impl ReceiptKey {
    /// Reads the 32-byte Ed25519 seed, base64url without padding.
    pub fn from_base64url(seed: &str) -> Result<Self, InvalidKey> {
        let mut bytes = [0; 32];
        let length = Base64UrlUnpadded::decode(seed.trim(), &mut bytes).map_err(|_| InvalidKey)?.len();
        if length != bytes.len() {
            return Err(InvalidKey);
        }
        let key = SigningKey::from_bytes(&bytes);
        let id = thumbprint(&public(&key));
        Ok(Self { key, id })
    }

    /// The key's name: its RFC 7638 thumbprint.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The public half, as a JSON Web Key Set (RFC 7517).
    pub fn key_set(&self) -> Value {
        json!({"keys": [{
            "kty": "OKP", "crv": "Ed25519", "x": public(&self.key), "kid": self.id, "use": "sig", "alg": "EdDSA",
        }]})
    }

    /// The receipt of a record. The same record always gives the same receipt.
    pub fn sign(&self, record: &Record) -> Result<String, serde_json::Error> {
        let header = canonical::bytes(&json!({"alg": "EdDSA", "kid": self.id, "typ": "nod-receipt"}))?;
        let mut token = Base64UrlUnpadded::encode_string(&header);
        token.push('.');
        token.push_str(&Base64UrlUnpadded::encode_string(&canonical::bytes(record)?));
        let signature = self.key.sign(token.as_bytes());
        token.push('.');
        token.push_str(&Base64UrlUnpadded::encode_string(&signature.to_bytes()));
        Ok(token)
    }
}

fn public(key: &SigningKey) -> String {
    Base64UrlUnpadded::encode_string(key.verifying_key().as_bytes())
}

/// RFC 7638, section 3, with the members that RFC 8037, appendix A.3, names.
fn thumbprint(x: &str) -> String {
    let members = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#);
    Base64UrlUnpadded::encode_string(&canonical::sha256(members.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consent::tests_support::record;
    use ed25519_dalek::{Signature, Verifier as _};
    use proptest::prelude::*;

    // The key of RFC 8037, appendix A.
    const SEED: &str = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";

    #[test]
    fn the_key_has_the_public_half_and_the_thumbprint_that_rfc_8037_gives() {
        let key = ReceiptKey::from_base64url(SEED).unwrap();
        assert_eq!(key.key_set()["keys"][0]["x"], "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
        assert_eq!(key.id(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    #[test]
    fn a_seed_of_the_wrong_length_or_alphabet_is_refused() {
        for seed in ["", "AAAA", "not base64 !", &SEED[1..], &format!("{SEED}AA")] {
            assert!(ReceiptKey::from_base64url(seed).is_err(), "{seed}");
        }
    }

    fn verifies(token: &str, key: &ReceiptKey) -> bool {
        let Some((signed, signature)) = token.rsplit_once('.') else { return false };
        let mut bytes = [0; 64];
        let Ok(decoded) = Base64UrlUnpadded::decode(signature, &mut bytes) else { return false };
        let Ok(signature) = Signature::from_slice(decoded) else { return false };
        key.key.verifying_key().verify(signed.as_bytes(), &signature).is_ok()
    }

    #[test]
    fn a_receipt_carries_its_record_and_is_the_same_each_time() {
        let key = ReceiptKey::from_base64url(SEED).unwrap();
        let token = key.sign(&record()).unwrap();
        assert_eq!(token, key.sign(&record()).unwrap());
        assert!(verifies(&token, &key));
        let payload = Base64UrlUnpadded::decode_vec(token.split('.').nth(1).unwrap()).unwrap();
        assert_eq!(payload, canonical::bytes(&record()).unwrap());
    }

    proptest! {
        #[test]
        fn any_changed_character_is_noticed(at in 0..1000usize, to in "[A-Za-z0-9_.-]") {
            let key = ReceiptKey::from_base64url(SEED).unwrap();
            let token = key.sign(&record()).unwrap();
            let at = at % token.len();
            let mut changed = token.clone();
            changed.replace_range(at..=at, &to);
            // The last character of the signature carries two unused bits, which the decoder insists are zero.
            prop_assert!(changed == token || !verifies(&changed, &key));
        }
    }
}
