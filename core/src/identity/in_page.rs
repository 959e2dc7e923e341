//! What a page makes of an identifier, at once: its canonical form, or a vendor's, hashed, in hex. The value itself goes no
//! further than here.

use super::{
    Kind,
    customer_id::{self, CUSTOMER, Namespace},
    email::{self, Unicode},
    export::Vendor,
    phone,
    sha256::sha256,
};
use crate::text::{cut, push_digit};

/// The source of the ids that a site gives out itself.
pub const SITE: &str = "site";

/// The hash of a value as somebody wrote it: in Nod's own form, or in a vendor's. `None` for what identifies nobody, and for
/// a kind that the vendor has no form of.
///
/// A customer's id belongs to `site` itself, unless it says where else it was given out: `shopify|<connection>|customer|<id>`.
pub fn hash(
    kind: Kind,
    vendor: Option<Vendor>,
    written: &str,
    site: &str,
    unicode: &(impl Unicode + ?Sized),
) -> Option<String> {
    let form = match (kind, vendor) {
        (Kind::Email, Some(vendor)) => vendor.email_form(written, unicode)?,
        (Kind::Email, None) => email::canonical(written, unicode).ok()?.text,
        (Kind::Phone, vendor) => {
            let number = phone::canonical(written).ok()?;
            match vendor {
                Some(vendor) => vendor.phone_form(&number)?.to_owned(),
                None => number.text,
            }
        }
        (Kind::CustomerId, Some(_)) => return None,
        (Kind::CustomerId, None) => customer_form(written, site)?,
    };
    Some(hex(&sha256(form.as_bytes())))
}

fn customer_form(written: &str, site: &str) -> Option<String> {
    let own = (Namespace { source: SITE, connection: site, kind: CUSTOMER }, written);
    let (namespace, id) = given_elsewhere(written).unwrap_or(own);
    customer_id::canonical(namespace, id).ok().map(|canonical| canonical.text)
}

fn given_elsewhere(written: &str) -> Option<(Namespace<'_>, &str)> {
    let (source, rest) = cut(written, b'|')?;
    let (connection, rest) = cut(rest, b'|')?;
    let (kind, id) = cut(rest, b'|')?;
    Some((Namespace { source, connection, kind }, id))
}

fn hex(digest: &[u8]) -> String {
    let mut text = String::new();
    for byte in digest {
        for digit in [byte >> 4, byte & 15] {
            push_digit(digit, "0123456789abcdef", &mut text);
        }
    }
    text
}

#[cfg(all(test, feature = "records"))]
mod tests {
    use super::*;
    use crate::identity::{email::tests_support::Platform, export::ExportHash, hash::PlainHash};
    use proptest::prelude::*;

    fn own(kind: Kind, written: &str) -> Option<String> {
        hash(kind, None, written, "shop", &Platform)
    }

    fn received(kind: Kind, hex: &str) -> Option<PlainHash> {
        PlainHash::received(kind, kind.form(), hex)
    }

    #[test]
    fn the_vendors_vectors_hold() {
        for (vendor, kind, written, hex) in [
            (
                Vendor::Meta,
                Kind::Email,
                "John_Smith@gmail.com",
                "62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f",
            ),
            (
                Vendor::Meta,
                Kind::Phone,
                "+1 (650)555-1212",
                "e323ec626319ca94ee8bff2e4c87cf613be6ea19919ed1364124e16807ab3176",
            ),
            (
                Vendor::Meta,
                Kind::Phone,
                "+44 844 412 4653",
                "dc008fda46e2e64002cf2f82a4906236282d431c4f75e5b60bfe79fc48546383",
            ),
            (
                Vendor::Google,
                Kind::Phone,
                "+1 800-555-0100",
                "fb4f73a6ec5fdb7077d564cdd22c3554b43ce49168550c3b12c547b78c517b30",
            ),
            (
                Vendor::Google,
                Kind::Email,
                "Jefferson.Loves.hiking@gmail.com",
                "515d2f967f73864e76937ab2b897210a86fd286016903b1b08c3da07c75f513e",
            ),
        ] {
            assert_eq!(hash(kind, Some(vendor), written, "shop", &Platform).as_deref(), Some(hex), "{written}");
        }
    }

    #[test]
    fn a_customers_id_is_the_sites_own_unless_it_says_otherwise() {
        let form = |written| customer_form(written, "shop");
        assert_eq!(form("42").unwrap(), "site|shop|customer|42");
        assert_eq!(form("auth0|5f7c").unwrap(), "site|shop|customer|auth0|5f7c");
        assert_eq!(form("shopify|c1|customer|42").unwrap(), "shopify|c1|customer|42");
        assert_eq!((form(""), form(" 42"), form("a||b|42")), (None, None, None));
        assert_eq!(hash(Kind::CustomerId, Some(Vendor::Meta), "42", "shop", &Platform), None);
    }

    #[test]
    fn a_number_without_its_country_is_nobodys() {
        assert_eq!(own(Kind::Phone, "555-555-5555"), None);
        assert!(own(Kind::Phone, "+1 (650) 555-1212").is_some());
    }

    proptest! {
        #[test]
        fn a_page_hashes_what_the_edge_would(written in " ?[a-zA-Z.+é]{1,8}@[a-zA-ZÜ]{1,6}\\.(com|ΟΔΟΣ)", number in "\\+[0-9 ()./-]{5,18}") {
            let email = email::canonical(&written, &Platform).ok();
            prop_assert_eq!(own(Kind::Email, &written).and_then(|hex| received(Kind::Email, &hex)), email.map(|one| PlainHash::of(&one)));
            let phone = phone::canonical(&number).ok();
            prop_assert_eq!(own(Kind::Phone, &number).and_then(|hex| received(Kind::Phone, &hex)), phone.map(|one| PlainHash::of(&one)));
            for vendor in [Vendor::Google, Vendor::Meta] {
                let form = vendor.email_form(&written, &Platform).map(|form| ExportHash::of(&form).expose_hex());
                prop_assert_eq!(hash(Kind::Email, Some(vendor), &written, "shop", &Platform), form);
            }
        }
    }
}
