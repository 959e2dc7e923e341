//! The pseudonym: the only thing that is kept of an identity's value.
//!
//! `HMAC(K, SHA-256(canonical value))`, where `K` belongs to one controller, one kind and one version and is derived
//! from a master key by HKDF. A stolen database says nothing without the master key; two controllers' rows cannot be
//! joined; an e-mail and a number cannot be taken for one another.
//!
//! Keys are changed without the values: version *n* + 1 is `HMAC(K(n+1), pseudonym of version n)`, so a scheduled job
//! re-keys every row by itself, and a new value goes through the same steps. Until the job is done, a look-up asks for every
//! version ([`Keyring::candidates`]).

use std::fmt;

use base64ct::{Base64UrlUnpadded, Encoding as _};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use super::{Kind, hash::PlainHash};
use crate::id::ControllerId;

/// Which master key a pseudonym was made with. The first is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyVersion(u16);

impl KeyVersion {
    /// The first.
    pub const FIRST: Self = Self(1);

    /// `None` for 0.
    pub fn new(number: u16) -> Option<Self> {
        (number > 0).then_some(Self(number))
    }

    /// The number.
    pub const fn number(self) -> u16 {
        self.0
    }
}

/// A secret that all keys of one version are derived from: 32 random bytes.
#[derive(Clone)]
pub struct MasterKey {
    version: KeyVersion,
    secret: [u8; 32],
}

impl MasterKey {
    /// The key of this version.
    pub const fn new(version: KeyVersion, secret: [u8; 32]) -> Self {
        Self { version, secret }
    }

    /// Reads the 32 bytes, base64url without padding.
    pub fn from_base64url(version: KeyVersion, text: &str) -> Result<Self, InvalidKeys> {
        let mut secret = [0; 32];
        let length = Base64UrlUnpadded::decode(text.trim(), &mut secret).map_err(|_| InvalidKeys::Malformed)?.len();
        if length == secret.len() { Ok(Self { version, secret }) } else { Err(InvalidKeys::Malformed) }
    }

    /// Which one it is.
    pub const fn version(&self) -> KeyVersion {
        self.version
    }

    pub(crate) const fn secret(&self) -> &[u8; 32] {
        &self.secret
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "MasterKey {} (hidden)", self.version.0)
    }
}

/// What is kept of an identity's value. Written `email.1.` and 43 characters of base64url.
///
/// It is no secret to whoever may read the database, so it can be shown, ordered and compared as any other key. It is
/// personal data all the same.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Pseudonym {
    kind: Kind,
    version: KeyVersion,
    bytes: [u8; 32],
}

impl Pseudonym {
    /// What it stands for.
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The key it was made with.
    pub const fn version(&self) -> KeyVersion {
        self.version
    }

    /// The bytes, for a database that keeps kind and version in columns of their own.
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.bytes
    }

    /// The pseudonym that a database keeps in three columns.
    pub const fn from_parts(kind: Kind, version: KeyVersion, bytes: [u8; 32]) -> Self {
        Self { kind, version, bytes }
    }

    /// Reads what [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '.');
        let kind = Kind::parse(parts.next()?)?;
        let number = parts.next()?;
        let version = KeyVersion::new(number.parse().ok()?).filter(|version| version.0.to_string() == number)?;
        let mut bytes = [0; 32];
        let length = Base64UrlUnpadded::decode(parts.next()?, &mut bytes).ok()?.len();
        (length == bytes.len()).then_some(Self { kind, version, bytes })
    }
}

impl fmt::Display for Pseudonym {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}.{}.{}", self.kind.name(), self.version.0, Base64UrlUnpadded::encode_string(&self.bytes))
    }
}

impl fmt::Debug for Pseudonym {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl TryFrom<String> for Pseudonym {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not a pseudonym")
    }
}

impl From<Pseudonym> for String {
    fn from(pseudonym: Pseudonym) -> Self {
        pseudonym.to_string()
    }
}

/// Why master keys make no keyring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidKeys {
    /// A key is not 32 bytes in base64url without padding.
    Malformed,
    /// There is none.
    None,
    /// There are more than [`Keyring::MOST`].
    TooMany,
    /// Their versions do not follow one another.
    Gap,
    /// A key could not be derived.
    Derivation,
}

impl fmt::Display for InvalidKeys {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Malformed => "a master key is not 32 bytes in base64url without padding",
            Self::None => "there is no master key",
            Self::TooMany => "there are more than 16 master keys",
            Self::Gap => "the versions of the master keys do not follow one another",
            Self::Derivation => "a key could not be derived from the master key",
        })
    }
}

impl std::error::Error for InvalidKeys {}

/// A controller's keys for one kind of identity, the oldest first.
///
/// The oldest version is the one whose pseudonyms are made from values, so it must stay in the ring as long as any pseudonym
/// that began with it is kept.
#[derive(Clone)]
pub struct Keyring {
    kind: Kind,
    base: Key,
    later: Vec<Key>,
}

#[derive(Clone)]
struct Key {
    version: KeyVersion,
    mac: Hmac<Sha256>,
}

impl Keyring {
    /// As many versions as a look-up computes at most.
    pub const MOST: usize = 16;

    /// The keys of a controller for a kind, from the master keys in the order of their versions.
    pub fn new(controller: &ControllerId, kind: Kind, masters: &[MasterKey]) -> Result<Self, InvalidKeys> {
        if masters.len() > Self::MOST {
            return Err(InvalidKeys::TooMany);
        }
        let follows = |pair: &[MasterKey]| match pair {
            [one, next] => one.version.0.checked_add(1) == Some(next.version.0),
            _ => false,
        };
        if !masters.windows(2).all(follows) {
            return Err(InvalidKeys::Gap);
        }
        let (first, later) = masters.split_first().ok_or(InvalidKeys::None)?;
        let later = later.iter().map(|master| Key::derive(master, controller, kind)).collect::<Result<_, _>>()?;
        Ok(Self { kind, base: Key::derive(first, controller, kind)?, later })
    }

    /// The version that is stored today.
    pub fn version(&self) -> KeyVersion {
        self.later.last().map_or(self.base.version, |key| key.version)
    }

    /// The pseudonym that is stored today. `None` for a hash of another kind.
    pub fn pseudonym(&self, hash: &PlainHash) -> Option<Pseudonym> {
        self.base(hash).map(|base| self.later.iter().fold(base, |old, key| key.step(&old)))
    }

    /// Every pseudonym that a row about this value may still have, the newest first. Empty for a hash of another kind.
    pub fn candidates(&self, hash: &PlainHash) -> Vec<Pseudonym> {
        let Some(base) = self.base(hash) else { return Vec::new() };
        let mut all = vec![base];
        let later = self.later.iter().scan(base, |old, key| {
            *old = key.step(old);
            Some(*old)
        });
        all.extend(later);
        all.reverse();
        all
    }

    /// A stored pseudonym under today's key, without its value. `None` for another kind, and for a version that is not
    /// in the ring.
    pub fn rekey(&self, stored: &Pseudonym) -> Option<Pseudonym> {
        let known = (self.base.version..=self.version()).contains(&stored.version);
        (stored.kind == self.kind && known).then(|| {
            self.later.iter().filter(|key| key.version > stored.version).fold(*stored, |old, key| key.step(&old))
        })
    }

    fn base(&self, hash: &PlainHash) -> Option<Pseudonym> {
        (hash.kind() == self.kind).then(|| self.base.pseudonym(self.kind, b"value", hash.expose()))
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Keyring {}/{} (hidden)", self.kind.name(), self.version().0)
    }
}

impl Key {
    /// `HKDF-SHA256(master, salt = controller, info = "nod/identity" ‖ 0 ‖ kind ‖ 0 ‖ version)`.
    fn derive(master: &MasterKey, controller: &ControllerId, kind: Kind) -> Result<Self, InvalidKeys> {
        let mut key = [0; 32];
        let version = master.version.0.to_be_bytes();
        Hkdf::<Sha256>::new(Some(controller.as_str().as_bytes()), &master.secret)
            .expand_multi_info(&[b"nod/identity\0", kind.name().as_bytes(), b"\0", &version], &mut key)
            .map_err(|_| InvalidKeys::Derivation)?;
        let mac = Hmac::new_from_slice(&key).map_err(|_| InvalidKeys::Derivation)?;
        Ok(Self { version: master.version, mac })
    }

    /// `HMAC(K, kind ‖ 0 ‖ role ‖ 0 ‖ input)`: the pseudonym of a value is never that of a pseudonym.
    fn pseudonym(&self, kind: Kind, role: &[u8], input: &[u8; 32]) -> Pseudonym {
        let mut mac = self.mac.clone();
        for part in [kind.name().as_bytes(), b"\0", role, b"\0", input] {
            mac.update(part);
        }
        Pseudonym { kind, version: self.version, bytes: mac.finalize().into_bytes().into() }
    }

    fn step(&self, old: &Pseudonym) -> Pseudonym {
        self.pseudonym(old.kind, b"pseudonym", &old.bytes)
    }
}

#[cfg(test)]
mod tests;
