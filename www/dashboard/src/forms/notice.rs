//! The forms of a notice: purposes and vendors.

use super::{Field, Is, Parts};
use crate::tree::Tree;

/// GDPR Art. 6(1), as far as notices know it.
const BASES: &[(&str, &str)] =
    &[("consent", "Consent"), ("contract", "Contract"), ("legitimate_interest", "Legitimate interest")];

/// What data is used for.
pub static PURPOSES: Parts = Parts {
    legend: "Purposes",
    one: "purpose",
    by: "",
    by_label: "",
    kinds: &[],
    first: &[
        whole!(
            "essential",
            "Needed for the site to work",
            Is::YesOrNo,
            true,
            "It is no matter of consent then: visitors cannot switch it off.",
        ),
        whole!(
            "sale_or_sharing",
            "A sale or sharing of personal information",
            Is::YesOrNo,
            true,
            "As laws of US states say it: Global Privacy Control objects to it.",
        ),
        needed!("legal_basis", "Legal basis", Is::Choice(BASES)),
        needed!("retention_days", "Data is kept for so many days", Is::Number),
        needed!("vendors", "Who acts under it", Is::Vendors),
    ],
    last: &[],
};

/// Who is involved.
pub static VENDORS: Parts = Parts {
    legend: "Vendors",
    one: "vendor",
    by: "",
    by_label: "",
    kinds: &[],
    first: &[
        needed!("name", "Name", Is::Text),
        whole!("id", "Id", Is::Text, true, "Lower-case letters, digits, - and _. Pages name it by data-nod-vendor."),
        whole!("privacy_policy", "Address of its privacy policy", Is::Text, false, "https://…"),
        whole!(
            "storage",
            "Cookies and storage",
            Is::List,
            true,
            "Names with commas between them, cleared when its purposes are withdrawn; _ga_* for all that begin so.",
        ),
    ],
    last: &[],
};

/// A purpose's words in a language.
pub static WORDS: &[Field] = &[field!("name", "Name", Is::Text), field!("description", "Description", Is::Long)];

/// The ids of the purposes that the product has words for, with what they are at first: is it needed, is it a sale, and why it may be done.
pub const STANDARD: [(&str, bool, bool, &str); 4] = [
    ("necessary", true, false, "contract"),
    ("functional", false, false, "consent"),
    ("analytics", false, false, "consent"),
    ("marketing", false, true, "consent"),
];

/// A purpose as it is at first.
pub fn purpose(id: &str) -> Tree {
    let standard = STANDARD.iter().find(|(known, ..)| *known == id);
    let (_, essential, sale, basis) = *standard.unwrap_or(&("", false, false, "consent"));
    Tree::object(&[
        ("id", id.into()),
        ("essential", Tree::Truth(essential)),
        ("sale_or_sharing", Tree::Truth(sale)),
        ("legal_basis", basis.into()),
        ("retention_days", Tree::Number(365.0)),
        ("vendors", Tree::List(Vec::new())),
    ])
}

/// A vendor as it is at first.
pub fn vendor(id: &str, name: &str) -> Tree {
    Tree::object(&[("name", name.into()), ("id", id.into()), ("storage", Tree::List(Vec::new()))])
}
