//! The forms in which other vendors want a person hashed, each by the vendor's name.
//!
//! They differ: Google drops the dots of a Gmail address and keeps the `+` of a number, Meta does neither. So one
//! person has different hashes at each, and none of them is the identity that Nod keeps. They are made in the page, for a
//! destination that the data subject allowed, and not stored.

#[cfg(feature = "records")]
use std::fmt;

#[cfg(feature = "records")]
use base64ct::{Base64, Encoding as _};

use super::{Canonical, Kind, email::Unicode};
use crate::text::{cut, is_ascii, is_space, push_all, trim};
#[cfg(feature = "records")]
use crate::{canonical, id::Fingerprint};

/// Whose form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vendor {
    /// Enhanced Conversions and the Data Manager API.
    Google,
    /// The Conversions API. Snap's form of a number is the same.
    Meta,
}

impl Vendor {
    /// An e-mail address as somebody wrote it, in the spelling to hash. `None` where the vendor would refuse it.
    pub fn email_form(self, written: &str, unicode: &(impl Unicode + ?Sized)) -> Option<String> {
        let text = trim(written, is_space);
        let text = if is_ascii(text) { text.to_ascii_lowercase() } else { unicode.lower_case(text) };
        let (mut local, domain) = cut(&text, b'@')?;
        if local.is_empty() || domain.is_empty() || cut(domain, b'@').is_some() || text.chars().any(is_space) {
            return None;
        }
        match (self, domain) {
            // Dots only; `+tag` stays, and the two domains stay two.
            (Self::Google, "gmail.com" | "googlemail.com") => {
                let mut form = String::new();
                while let Some((before, behind)) = cut(local, b'.') {
                    form.push_str(before);
                    local = behind;
                }
                form.push_str(local);
                let is_empty = form.is_empty();
                push_all(&["@", domain], &mut form);
                (!is_empty).then_some(form)
            }
            _ => Some(text),
        }
    }

    /// A number in the spelling to hash. It takes the canonical form, because both vendors leave the country to the caller
    /// and would make another person's number of one without.
    pub fn phone_form(self, number: &Canonical) -> Option<&str> {
        let text = (number.kind == Kind::Phone).then_some(number.text.as_str())?;
        match self {
            Self::Google => Some(text),
            Self::Meta => text.strip_prefix("+"),
        }
    }
}

/// A SHA-256 in a vendor's form. Personal data in transit, like [`super::hash::PlainHash`].
#[cfg(feature = "records")]
#[derive(Clone)]
pub struct ExportHash([u8; 32]);

#[cfg(feature = "records")]
impl ExportHash {
    /// The hash of a vendor's form.
    pub fn of(text: &str) -> Self {
        Self(canonical::sha256(text.as_bytes()))
    }

    /// The hash in lower-case hex.
    pub fn expose_hex(&self) -> String {
        Fingerprint::from_digest(&self.0).as_str().to_owned()
    }

    /// The hash in base64, which Google takes too.
    pub fn expose_base64(&self) -> String {
        Base64::encode_string(&self.0)
    }
}

#[cfg(feature = "records")]
impl fmt::Debug for ExportHash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("ExportHash (hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::email::tests_support::Platform;
    use crate::identity::phone::{self, tests_support::Plan};
    use crate::region::Region;

    fn email(vendor: Vendor, written: &str) -> Option<String> {
        vendor.email_form(written, &Platform).map(|form| ExportHash::of(&form).expose_hex())
    }

    fn phone(vendor: Vendor, number: &Canonical) -> ExportHash {
        ExportHash::of(vendor.phone_form(number).unwrap())
    }

    #[test]
    fn metas_vectors_hold() {
        assert_eq!(
            email(Vendor::Meta, "John_Smith@gmail.com").unwrap(),
            "62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f"
        );
        let number = phone::canonical_from("(650)555-1212", &Plan, &Region::parse("US").unwrap()).unwrap();
        assert_eq!(
            phone(Vendor::Meta, &number).expose_hex(),
            "e323ec626319ca94ee8bff2e4c87cf613be6ea19919ed1364124e16807ab3176"
        );
    }

    #[test]
    fn googles_vectors_hold() {
        assert_eq!(
            email(Vendor::Google, "Jefferson.Loves.hiking@gmail.com").unwrap(),
            "515d2f967f73864e76937ab2b897210a86fd286016903b1b08c3da07c75f513e"
        );
        let hash = phone(Vendor::Google, &phone::canonical("+1 800-555-0100").unwrap());
        assert_eq!(hash.expose_hex(), "fb4f73a6ec5fdb7077d564cdd22c3554b43ce49168550c3b12c547b78c517b30");
        assert_eq!(hash.expose_base64(), "+09zpuxf23B31WTN0iw1VLQ85JFoVQw7EsVHt4xRezA=");
    }

    #[test]
    fn snaps_vector_is_of_metas_form() {
        let number = phone::canonical("+44 844 412 4653").unwrap();
        assert_eq!(
            phone(Vendor::Meta, &number).expose_hex(),
            "dc008fda46e2e64002cf2f82a4906236282d431c4f75e5b60bfe79fc48546383"
        );
    }

    #[test]
    fn only_google_and_only_at_gmail_drops_the_dots_and_nobody_drops_the_tag() {
        let form = |vendor: Vendor, written| vendor.email_form(written, &Platform).unwrap();
        assert_eq!(form(Vendor::Google, " J.Doe+Shop@GoogleMail.com "), "jdoe+shop@googlemail.com");
        assert_eq!(form(Vendor::Google, "J.Doe@example.com"), "j.doe@example.com");
        assert_eq!(form(Vendor::Meta, "J.Doe@gmail.com"), "j.doe@gmail.com");
    }

    #[test]
    fn what_is_no_address_is_not_exported_not_even_something_hashed_already() {
        for written in ["", "bob", "a@b@c", "b ob@example.com", "@example.com", "...@gmail.com", &"0".repeat(64)] {
            assert!(email(Vendor::Google, written).is_none(), "{written}");
        }
        assert!(email(Vendor::Meta, &"0".repeat(64)).is_none());
    }

    #[test]
    fn an_export_hash_does_not_show_itself() {
        assert_eq!(format!("{:?}", ExportHash::of("a@example.com")), "ExportHash (hidden)");
    }
}
