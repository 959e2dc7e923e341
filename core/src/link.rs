//! Links that prove an address, and what a proven address goes on with.
//!
//! A token is 256 random bits. It is in a mail or in a cookie; Nod keeps its SHA-256, by which it is found, and so has nothing
//! that anybody could go in with. What the token itself opens is sealed under a key that is made of it.

use std::fmt;

use base64ct::{Base64UrlUnpadded, Encoding as _};
use hkdf::Hkdf;
use sha2::Sha256;

use crate::{id::Fingerprint, seal::ShredKey};

/// A token of a data subject.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// 43 characters of base64url.
    const LENGTH: usize = 43;

    /// A new token made of random bytes.
    pub fn new(random: &[u8; 32]) -> Self {
        Self(Base64UrlUnpadded::encode_string(random))
    }

    /// Checks the form, so that nothing else need be looked up.
    pub fn parse(text: &str) -> Option<Self> {
        let is_token = text.len() == Self::LENGTH
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        is_token.then(|| Self(text.to_owned()))
    }

    /// The token itself: for the mail or the cookie, and for nothing else.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What is kept of it, and what it is found by.
    pub fn hash(&self) -> Fingerprint {
        Fingerprint::of(self.0.as_bytes())
    }

    /// The key of what only this token opens. It has nothing to do with the hash that is kept.
    pub fn key(&self) -> Option<ShredKey> {
        let mut key = [0; 32];
        Hkdf::<Sha256>::new(None, self.0.as_bytes()).expand(b"nod/link", &mut key).ok()?;
        Some(ShredKey::from_bytes(key))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Token (hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{id::ControllerId, seal::Context};

    #[test]
    fn a_token_is_read_as_it_was_written() {
        let token = Token::new(&[7; 32]);
        let read = Token::parse(token.expose()).unwrap();
        assert_eq!(read.hash(), token.hash());
        for text in ["", "x", &token.expose()[1..], &format!("{}=", token.expose()), &" ".repeat(43)] {
            assert!(Token::parse(text).is_none(), "{text}");
        }
        assert_eq!(format!("{token:?}"), "Token (hidden)");
    }

    #[test]
    fn only_the_token_opens_what_was_sealed_with_its_key() {
        let place = Context::new("links", &ControllerId::parse("demo").unwrap(), "1", "sealed");
        let sealed = Token::new(&[7; 32]).key().unwrap().seal(&place, [0; 12], b"jane@example.com");
        assert_eq!(Token::new(&[7; 32]).key().unwrap().open(&place, &sealed).unwrap(), b"jane@example.com");
        assert!(Token::new(&[8; 32]).key().unwrap().open(&place, &sealed).is_err());
    }
}
