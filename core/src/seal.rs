//! Sealing: text that a person or a connection needs again, encrypted where it is stored.
//!
//! ChaCha20-Poly1305 (RFC 8439), which takes the same time for every key without hardware of its own. A sealed text is
//! bound to its place ([`Context`]): moved to another row or column it does not open. What was sealed with an older master
//! key opens as long as that key is kept; a [`ShredKey`] is for text that must be gone, in backups too, once the key is.
//!
//! A nonce must be random and new each time: two texts under one key and one nonce give each other away.

use std::{fmt, iter::once};

use base64ct::{Base64UrlUnpadded, Encoding as _};
use chacha20poly1305::{
    ChaCha20Poly1305, KeyInit as _,
    aead::{Aead as _, Payload},
};

use crate::{id::ControllerId, identity::pseudonym::KeyVersion};

/// The version of this form: the first part of every sealed text.
const FORM: &str = "1";
/// What stands in place of a master key's version where the text has a key of its own.
const OWN: &str = "own";
const NONCE: usize = 12;

/// Random bytes for one sealing.
pub type Nonce = [u8; NONCE];

/// Where a sealed text belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context(Vec<u8>);

impl Context {
    /// A column of one row of a controller's.
    pub fn new(table: &str, controller: &ControllerId, row: &str, column: &str) -> Self {
        let mut bytes = b"nod/sealed\0".to_vec();
        // Each part stands behind its length, so that no two places are spelt alike.
        for part in [table, controller.as_str(), row, column] {
            bytes.extend_from_slice(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            bytes.extend_from_slice(part.as_bytes());
        }
        Self(bytes)
    }
}

/// Why a sealed text does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CannotOpen {
    /// It is not in the form of one.
    Malformed,
    /// It was sealed with a master key that is not there.
    UnknownKey,
    /// It was changed, belongs to another place, or was sealed with another key of the same version.
    Forged,
}

impl fmt::Display for CannotOpen {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Malformed => "not a sealed text",
            Self::UnknownKey => "sealed with a master key that is not configured; give back the one of that version",
            Self::Forged => "the sealed text was changed, moved, or sealed with another key; enter its content anew",
        })
    }
}

impl std::error::Error for CannotOpen {}

/// The keys that sealing uses, one for each master key. The newest seals; every one opens.
#[derive(Clone)]
pub struct SealingKeys {
    newest: (KeyVersion, Key),
    older: Vec<(KeyVersion, Key)>,
}

impl SealingKeys {
    /// The newest key and the older ones.
    pub(crate) fn new(newest: (KeyVersion, [u8; 32]), older: impl IntoIterator<Item = (KeyVersion, [u8; 32])>) -> Self {
        let key = |(version, bytes): (KeyVersion, [u8; 32])| (version, Key::new(&bytes));
        Self { newest: key(newest), older: older.into_iter().map(key).collect() }
    }

    /// Seals with the newest key: `1.<key version>.<nonce and ciphertext, base64url>`.
    pub fn seal(&self, context: &Context, nonce: Nonce, plain: &[u8]) -> String {
        let (version, key) = &self.newest;
        key.seal(&version.number().to_string(), context, nonce, plain)
    }

    /// Opens what any of the keys sealed.
    pub fn open(&self, context: &Context, sealed: &str) -> Result<Vec<u8>, CannotOpen> {
        let sealed = Sealed::read(sealed)?;
        let number: u16 = sealed.key.parse().map_err(|_| CannotOpen::Malformed)?;
        let mut keys = once(&self.newest).chain(&self.older);
        let (_, key) = keys.find(|(version, _)| version.number() == number).ok_or(CannotOpen::UnknownKey)?;
        key.open(context, &sealed)
    }
}

impl fmt::Debug for SealingKeys {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "SealingKeys of {} versions (hidden)", self.older.len().saturating_add(1))
    }
}

/// The random key of one text. It is kept apart from the text, where deleting is final, so that deleting it shreds every
/// copy of the text.
#[derive(Clone)]
pub struct ShredKey([u8; 32]);

impl ShredKey {
    /// A new key made of random bytes, or one that was kept.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// What is kept of it: the key itself, base64url.
    pub fn to_base64url(&self) -> String {
        Base64UrlUnpadded::encode_string(&self.0)
    }

    /// Reads what [`Self::to_base64url`] wrote.
    pub fn from_base64url(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        let length = Base64UrlUnpadded::decode(text, &mut bytes).ok()?.len();
        (length == bytes.len()).then_some(Self(bytes))
    }

    /// Seals: `1.own.<nonce and ciphertext, base64url>`.
    pub fn seal(&self, context: &Context, nonce: Nonce, plain: &[u8]) -> String {
        Key::new(&self.0).seal(OWN, context, nonce, plain)
    }

    /// Opens what this key sealed.
    pub fn open(&self, context: &Context, sealed: &str) -> Result<Vec<u8>, CannotOpen> {
        let sealed = Sealed::read(sealed)?;
        if sealed.key != OWN {
            return Err(CannotOpen::UnknownKey);
        }
        Key::new(&self.0).open(context, &sealed)
    }
}

impl fmt::Debug for ShredKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("ShredKey (hidden)")
    }
}

#[derive(Clone)]
struct Key(ChaCha20Poly1305);

impl Key {
    fn new(bytes: &[u8; 32]) -> Self {
        Self(ChaCha20Poly1305::new(bytes.into()))
    }

    fn seal(&self, name: &str, context: &Context, nonce: Nonce, plain: &[u8]) -> String {
        // The cipher refuses only what is longer than 256 GiB, which no memory holds; then there is nothing but the nonce, and
        // it does not open.
        let secret = self.0.encrypt(&nonce.into(), Payload { msg: plain, aad: &context.0 }).unwrap_or_default();
        let bytes = [nonce.as_slice(), &secret].concat();
        format!("{FORM}.{name}.{}", Base64UrlUnpadded::encode_string(&bytes))
    }

    fn open(&self, context: &Context, sealed: &Sealed<'_>) -> Result<Vec<u8>, CannotOpen> {
        let payload = Payload { msg: &sealed.secret, aad: &context.0 };
        self.0.decrypt(&sealed.nonce.into(), payload).map_err(|_| CannotOpen::Forged)
    }
}

/// A sealed text, read.
struct Sealed<'a> {
    key: &'a str,
    nonce: Nonce,
    secret: Vec<u8>,
}

impl<'a> Sealed<'a> {
    fn read(text: &'a str) -> Result<Self, CannotOpen> {
        let mut parts = text.splitn(3, '.');
        let (Some(FORM), Some(key), Some(bytes)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(CannotOpen::Malformed);
        };
        let bytes = Base64UrlUnpadded::decode_vec(bytes).map_err(|_| CannotOpen::Malformed)?;
        let (nonce, secret) = bytes.split_first_chunk().ok_or(CannotOpen::Malformed)?;
        Ok(Self { key, nonce: *nonce, secret: secret.to_vec() })
    }
}

#[cfg(test)]
mod tests;
