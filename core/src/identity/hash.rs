//! The SHA-256 of a canonical value: what the tag sends and what the platforms' lists are made of.
//!
//! All telephone numbers can be hashed in a second, so this is the value in another spelling: personal data in transit,
//! never stored and never logged. Accordingly it hides itself in `Debug`, has no `Display` and no `Serialize`, and is
//! read by the one method whose name says what it does.

use std::fmt;

use subtle::ConstantTimeEq as _;

use super::{Canonical, Kind};
use crate::canonical;

/// The SHA-256 of a canonical value.
#[derive(Clone)]
pub struct PlainHash {
    kind: Kind,
    form: u8,
    digest: [u8; 32],
}

impl PlainHash {
    /// The hash of a value.
    pub fn of(value: &Canonical) -> Self {
        Self { kind: value.kind, form: value.form, digest: canonical::sha256(value.text.as_bytes()) }
    }

    /// A hash that somebody else made of a value in this form, in hex. `None` where the form is not known or the text
    /// is not 64 hex digits.
    pub fn received(kind: Kind, form: u8, hex: &str) -> Option<Self> {
        if form == 0 || form > kind.form() || hex.len() != 64 {
            return None;
        }
        let mut digest = [0; 32];
        for (byte, digits) in digest.iter_mut().zip(hex.as_bytes().chunks_exact(2)) {
            let mut value = 0;
            for digit in digits {
                value = value << 4 | u8::try_from(char::from(*digit).to_digit(16)?).ok()?;
            }
            *byte = value;
        }
        Some(Self { kind, form, digest })
    }

    /// What the value is by.
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The version of the value's canonical form.
    pub const fn form(&self) -> u8 {
        self.form
    }

    /// The digest itself: for making a pseudonym, never for storing or logging.
    pub const fn expose(&self) -> &[u8; 32] {
        &self.digest
    }
}

/// In constant time: how much of a guess was right is nobody's business.
impl PartialEq for PlainHash {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind && self.form == other.form && bool::from(self.digest.ct_eq(&other.digest))
    }
}

impl Eq for PlainHash {}

impl fmt::Debug for PlainHash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "SHA-256 of {}/{} (hidden)", self.kind.name(), self.form)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::email::{self, tests_support::Nobody};

    // The SHA-256 of `bob@biller.com`, by another implementation.
    const BOB: &str = "23a5544543be4de111666caac8d65eff9b56b9cd361f90cac2078927ac4ef352";

    /// Ambiguous, and so not compiled, for a type that is `Serialize` or `Display`.
    trait Keeps<How> {
        const SILENT: bool = true;
    }
    impl<T> Keeps<()> for T {}
    impl<T: serde::Serialize> Keeps<u8> for T {}
    impl<T: fmt::Display> Keeps<u16> for T {}

    #[test]
    fn neither_a_hash_nor_a_value_can_be_written_by_accident() {
        const { assert!(<PlainHash as Keeps<_>>::SILENT && <Canonical as Keeps<_>>::SILENT) };
        let hash = PlainHash::of(&email::canonical("bob@biller.com", &Nobody).unwrap());
        assert_eq!(format!("{hash:?}"), "SHA-256 of email/1 (hidden)");
    }

    #[test]
    fn what_the_tag_sends_is_what_the_edge_would_have_made() {
        let made = PlainHash::of(&email::canonical(" Bob@Biller.com", &Nobody).unwrap());
        assert_eq!(PlainHash::received(Kind::Email, 1, BOB), Some(made.clone()));
        assert_eq!(PlainHash::received(Kind::Email, 1, &BOB.to_uppercase()), Some(made.clone()));
        assert_ne!(PlainHash::received(Kind::Phone, 1, BOB), Some(made));
    }

    #[test]
    fn a_malformed_hash_or_an_unknown_form_is_refused() {
        for hex in ["", &BOB[1..], &format!("{BOB}00"), &BOB.replacen(char::is_numeric, "g", 1), &"é".repeat(32)] {
            assert!(PlainHash::received(Kind::Email, 1, hex).is_none(), "{hex}");
        }
        assert!(PlainHash::received(Kind::Email, 0, BOB).is_none());
        assert!(PlainHash::received(Kind::Email, email::FORM + 1, BOB).is_none());
    }
}
