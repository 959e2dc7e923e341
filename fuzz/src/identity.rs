//! What people write for an e-mail address, a number or a customer's id.

use nod_core::{
    identity::{
        customer_id,
        email::{self, Unicode},
        hash::PlainHash,
        phone::{self, NumberingPlan},
    },
    region::Region,
};
use unicode_normalization::UnicodeNormalization as _;

use crate::call::line;

/// Unicode as a platform has it, but for the encoding of domains, which only needs to be one.
pub(crate) struct Tables;

impl Unicode for Tables {
    fn nfc(&self, text: &str) -> String {
        text.nfc().collect()
    }

    fn ascii_domain(&self, domain: &str) -> Option<String> {
        let label =
            |letter: char| if letter.is_ascii() { letter.to_string() } else { format!("u{:x}", u32::from(letter)) };
        (domain.len() < 100).then(|| domain.chars().map(label).collect())
    }
}

/// A plan by which everything could be a number.
pub(crate) struct Plan;

impl NumberingPlan for Plan {
    fn international(&self, written: &str, _home: &Region) -> Option<String> {
        Some(format!("+44{}", written.trim_start_matches('0')))
    }
}

/// A kind, and below it the value: a canonical form is its own canonical form.
pub fn identifiers(input: &[u8]) {
    let Some((kind, value)) = line(input) else { return };
    let Ok(written) = str::from_utf8(value) else { return };
    let home = Region::parse("GB").expect("a region");
    let namespace = customer_id::Namespace { source: "custom", connection: "c-1", kind: "customer" };
    let canonical = match kind {
        "email" => email::canonical(written, &Tables).ok(),
        "phone" => phone::canonical(written).ok(),
        "phone here" => phone::canonical_from(written, &Plan, &home).ok(),
        "customer_id" => customer_id::canonical(namespace, written).ok(),
        _ => return,
    };
    let Some(canonical) = canonical else { return };
    let again = match kind {
        "email" => email::canonical(canonical.expose(), &Tables).expect("a canonical address is one"),
        "phone" | "phone here" => phone::canonical(canonical.expose()).expect("a canonical number is one"),
        _ => return assert!(canonical.expose().ends_with(written)),
    };
    assert_eq!(again.expose(), canonical.expose());
    assert!(!canonical.expose().contains(char::is_whitespace) && canonical.expose().len() <= 320);
    let _ = PlainHash::of(&canonical);
}
