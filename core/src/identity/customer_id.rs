//! The canonical form of a platform's customer id: `source|connection|type|id`.
//!
//! An id means something only where it was given out, so its platform, its connection and its type are part of it. The id itself is
//! text and is left as it is: Stripe's ids tell upper from lower case, and Shopify's exceed what a floating-point number
//! holds exactly.

use super::{Canonical, Kind};
use crate::text::{is_space, push_all, trim};

/// The version of this form.
pub const FORM: u8 = 1;

/// The longest id, in bytes.
const LONGEST: usize = 255;

/// What is numbered, where it is a platform's customers: the last part of the namespace of every id that a delivery holds.
pub const CUSTOMER: &str = "customer";

/// Where an id was given out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Namespace<'a> {
    /// The platform: `shopify`.
    pub source: &'a str,
    /// The controller's connection to it.
    pub connection: &'a str,
    /// What is numbered: `customer`.
    pub kind: &'a str,
}

/// Why a text is no customer's id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing is there.
    Empty,
    /// A part of the namespace is empty or has other characters than letters, digits, `-` and `_`.
    Namespace,
    /// White space around it, or a control character.
    Blank,
    /// Longer than 255 bytes.
    TooLong,
}

/// The canonical form of an id that is text.
pub fn canonical(namespace: Namespace<'_>, id: &str) -> Result<Canonical, Refusal> {
    let Namespace { source, connection, kind } = namespace;
    let is_name = |name: &str| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    if !is_name(source) || !is_name(connection) || !is_name(kind) {
        return Err(Refusal::Namespace);
    }
    if id.is_empty() {
        return Err(Refusal::Empty);
    }
    if id.len() > LONGEST {
        return Err(Refusal::TooLong);
    }
    if trim(id, is_space).len() < id.len() || id.chars().any(char::is_control) {
        return Err(Refusal::Blank);
    }
    // Only the last part may contain the separator (`auth0|5f7c…`), so no two ids share a form.
    let mut text = String::new();
    push_all(&[source, "|", connection, "|", kind, "|", id], &mut text);
    Ok(Canonical { kind: Kind::CustomerId, form: FORM, text })
}

/// The canonical form of an id that is a number.
pub fn canonical_number(namespace: Namespace<'_>, id: u64) -> Result<Canonical, Refusal> {
    canonical(namespace, &id.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SHOP: Namespace<'static> = Namespace { source: "shopify", connection: "c1", kind: "customer" };

    fn form(namespace: Namespace<'_>, id: &str) -> Result<String, Refusal> {
        canonical(namespace, id).map(|value| value.expose().to_owned())
    }

    #[test]
    fn an_id_carries_where_it_was_given_out() {
        assert_eq!(form(SHOP, "706405506930370084").unwrap(), "shopify|c1|customer|706405506930370084");
        assert_ne!(form(SHOP, "7"), form(Namespace { connection: "c2", ..SHOP }, "7"));
        assert_ne!(form(SHOP, "cus_a"), form(SHOP, "cus_A"));
    }

    #[test]
    fn a_number_is_exact_beyond_what_a_float_holds() {
        for id in [706_405_506_930_370_084, (1 << 53) + 1, u64::MAX] {
            assert_eq!(canonical_number(SHOP, id).unwrap(), canonical(SHOP, &id.to_string()).unwrap());
        }
    }

    #[test]
    fn what_names_nobody_is_refused() {
        for (id, refusal) in [
            ("", Refusal::Empty),
            (" 7", Refusal::Blank),
            ("7\n", Refusal::Blank),
            ("a\u{0}b", Refusal::Blank),
            (&"7".repeat(256), Refusal::TooLong),
        ] {
            assert_eq!(form(SHOP, id), Err(refusal), "{id:?}");
        }
        for source in ["", "a|b", "shop ify"] {
            assert_eq!(form(Namespace { source, ..SHOP }, "7"), Err(Refusal::Namespace), "{source:?}");
        }
    }

    proptest! {
        #[test]
        fn different_ids_have_different_forms(
            one in ("[a-z]{1,3}", "[a-z]{1,3}", "[a-z]{1,3}", "[a-z|]{1,6}"),
            other in ("[a-z]{1,3}", "[a-z]{1,3}", "[a-z]{1,3}", "[a-z|]{1,6}"),
        ) {
            let written = |parts: &(String, String, String, String)| {
                form(Namespace { source: &parts.0, connection: &parts.1, kind: &parts.2 }, &parts.3).unwrap()
            };
            prop_assert_eq!(written(&one) == written(&other), one == other);
        }
    }
}
