//! A delivery that proved where it comes from.

use sha2::{Digest as _, Sha256};

use super::{Slot, Source};
use crate::id::Fingerprint;

/// What the proof was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// A signature by this secret.
    Signature(Slot),
    /// This bearer token.
    Token(Slot),
    /// Only that the sender knows the connection's address. Such a delivery is a hint: it may withdraw consent, and grants none.
    Address,
}

impl Proof {
    /// Every proof.
    pub const ALL: [Self; 5] = [
        Self::Signature(Slot::Current),
        Self::Signature(Slot::Previous),
        Self::Token(Slot::Current),
        Self::Token(Slot::Previous),
        Self::Address,
    ];

    /// The name that the API and the database use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Signature(Slot::Current) => "signature",
            Self::Signature(Slot::Previous) => "signature_previous",
            Self::Token(Slot::Current) => "token",
            Self::Token(Slot::Previous) => "token_previous",
            Self::Address => "address",
        }
    }

    /// The proof of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|proof| proof.name() == name)
    }

    /// Whether anybody who has seen the address could have sent it.
    pub const fn is_weak(self) -> bool {
        matches!(self, Self::Address)
    }
}

/// A delivery that [`verify`](super::verify) let through, now or before it was stored ([`Self::replayed`]). There is no
/// other way to make one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified<'a> {
    source: Source,
    proof: Proof,
    body: &'a [u8],
    id: Option<&'a str>,
    dedupe: Fingerprint,
}

impl<'a> Verified<'a> {
    /// `signed` is what the proof covers and what stays the same when the platform sends a delivery again: not the time
    /// of signing, which Stripe and Standard Webhooks renew with each try.
    pub(super) fn new(source: Source, proof: Proof, body: &'a [u8], signed: &[&[u8]]) -> Self {
        Self { source, proof, body, id: None, dedupe: key(b"nod webhook 1\0", source, signed) }
    }

    /// What is let through, for the tests of parsers.
    #[cfg(test)]
    pub(crate) fn for_tests(source: Source, proof: Proof, body: &'a [u8]) -> Self {
        Self::new(source, proof, body, &[body])
    }

    pub(super) fn with_id(self, id: &'a str) -> Self {
        Self { id: Some(id), ..self }
    }

    /// A delivery that was verified before, as it was stored then. Only for what was stored as verified: nothing is
    /// checked here.
    pub fn replayed(source: Source, proof: Proof, body: &'a [u8], id: Option<&'a str>, dedupe: Fingerprint) -> Self {
        Self { source, proof, body, id, dedupe }
    }

    /// Who sent it.
    pub const fn source(&self) -> Source {
        self.source
    }

    /// What the proof was.
    pub const fn proof(&self) -> Proof {
        self.proof
    }

    /// The body's bytes, as they were signed.
    pub const fn body(&self) -> &'a [u8] {
        self.body
    }

    /// The sender's id of the delivery, where the proof covers it: the same for every try.
    pub const fn id(&self) -> Option<&'a str> {
        self.id
    }

    /// What makes a repeated delivery the same one. Made of authenticated bytes only, so a captured delivery does not
    /// become a new one under another id, time or spelling.
    ///
    /// Where only the body is signed, two events that say the same are one: a shop that leaves, comes back and leaves
    /// again asks twice for its erasure in the same words. Whoever forgets a key opens the door to replays; whoever keeps
    /// it for ever must have another way to hear the second request.
    pub const fn dedupe(&self) -> &Fingerprint {
        &self.dedupe
    }

    /// The SHA-256 of the body: what is kept of it.
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(self.body)
    }
}

/// Each part is hashed behind its length, so that no two lists of parts give the same bytes.
pub(super) fn key(kind: &[u8], source: Source, parts: &[&[u8]]) -> Fingerprint {
    let mut hash = Sha256::new();
    hash.update(kind);
    for part in [source.name().as_bytes()].iter().chain(parts) {
        hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(part);
    }
    Fingerprint::from_digest(&hash.finalize().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dedupe_key_knows_its_source_and_where_its_parts_end() {
        let key = |source, parts: &[&[u8]]| key(b"", source, parts);
        assert_eq!(key(Source::Custom, &[b"a", b"bc"]), key(Source::Custom, &[b"a", b"bc"]));
        assert_ne!(key(Source::Custom, &[b"a", b"bc"]), key(Source::Custom, &[b"ab", b"c"]));
        assert_ne!(key(Source::Custom, &[b"abc"]), key(Source::Custom, &[b"abc", b""]));
        assert_ne!(key(Source::Custom, &[b"abc"]), key(Source::Stripe, &[b"abc"]));
    }
}
