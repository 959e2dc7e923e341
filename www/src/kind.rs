//! The kinds of request as people meet them.

/// The kinds in the order of the form: the API's names.
pub const KINDS: [&str; 9] = [
    "ACCESS",
    "DELETION",
    "RECTIFICATION",
    "PORTABILITY",
    "OBJECTION",
    "RESTRICTION",
    "OPT_OUT_OF_SALE",
    "LIMIT_SENSITIVE",
    "OTHER",
];

/// The kind that an address names (`opt-out-of-sale`, `deletion`), as the API calls it.
pub fn of_address(name: &str) -> Option<&'static str> {
    let name = name.to_ascii_uppercase().replace('-', "_");
    KINDS.into_iter().find(|kind| *kind == name)
}

/// The kind's name in an address.
pub fn address(kind: &str) -> String {
    kind.to_ascii_lowercase().replace('_', "-")
}

/// Is it done without proof of who asks? Whoever says no to a sale need not say who they are (11 CCR 7026(d), 7027(e)).
pub fn needs_no_proof(kind: &str) -> bool {
    matches!(kind, "OPT_OUT_OF_SALE" | "LIMIT_SENSITIVE")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_have_names_for_addresses() {
        for kind in KINDS {
            assert_eq!(of_address(&address(kind)), Some(kind));
        }
        assert_eq!(of_address("Opt-Out-Of-Sale"), Some("OPT_OUT_OF_SALE"));
        assert_eq!(of_address("everything"), None);
    }
}
