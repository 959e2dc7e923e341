//! Who is who, without keeping who.
//!
//! A value goes one way: what a platform or a person wrote, its canonical form ([`email`], [`phone`], [`customer_id`]),
//! the SHA-256 of that (`hash`, in a page [`in_page`]), and the controller's pseudonym for it (`pseudonym`). Only the last is stored. The
//! forms that other vendors expect in their audiences are apart from it ([`export`]), because they differ from one
//! another and from ours. `matching` says which pseudonyms are one data subject.
//!
//! Every form has a version, which is kept beside the pseudonym. A rule that changes gets a new one; it is no part of the
//! pseudonym itself, so that the values which the new rule leaves alone are found as before.

pub mod customer_id;
pub mod email;
pub mod export;
#[cfg(feature = "records")]
pub mod hash;
pub mod in_page;
#[cfg(feature = "records")]
pub mod matching;
#[cfg(feature = "records")]
pub mod neighbourhood;
pub mod phone;
#[cfg(feature = "records")]
pub mod pseudonym;
#[cfg(all(test, feature = "records"))]
mod reversal;
mod sha256;

use std::fmt;

#[cfg(feature = "records")]
use serde::{Deserialize, Serialize};

/// What an identity is by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "records", derive(Serialize, Deserialize), serde(rename_all = "snake_case"))]
pub enum Kind {
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A platform's own number or name for its customer.
    CustomerId,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Email, Self::Phone, Self::CustomerId];

    /// The name that the API and the database use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
            Self::CustomerId => "customer_id",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "email" => Some(Self::Email),
            "phone" => Some(Self::Phone),
            "customer_id" => Some(Self::CustomerId),
            _ => None,
        }
    }

    /// The version of the canonical form that is made today.
    pub const fn form(self) -> u8 {
        match self {
            Self::Email => email::FORM,
            Self::Phone => phone::FORM,
            Self::CustomerId => customer_id::FORM,
        }
    }
}

/// An identity's value in its one canonical spelling.
///
/// It is personal data in the clear, so it does not show itself in logs and cannot be serialised.
#[derive(Clone, PartialEq, Eq)]
pub struct Canonical {
    kind: Kind,
    form: u8,
    text: String,
}

impl Canonical {
    /// What it is by.
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The version of the rule that made it.
    pub const fn form(&self) -> u8 {
        self.form
    }

    /// The value itself: for hashing, never for storing or logging.
    pub fn expose(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for Canonical {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{} (hidden)", self.kind.name(), self.form)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_the_api_reads() {
        for kind in Kind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
            assert_eq!(Kind::parse(kind.name()), Some(kind));
        }
        assert_eq!(Kind::parse("name"), None);
    }

    #[test]
    fn a_canonical_value_does_not_show_itself() {
        let value = Canonical { kind: Kind::Email, form: 1, text: "bob@biller.com".into() };
        assert_eq!(format!("{value:?}"), "email/1 (hidden)");
    }
}
