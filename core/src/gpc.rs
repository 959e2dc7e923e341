//! Global Privacy Control: <https://www.w3.org/TR/gpc/>, read at w3c/gpc 58d8695.

/// Does the `Sec-GPC` header carry the signal? `combined` is all its values joined by commas, as a server sees them.
///
/// The specification: the value must be exactly the character `1`; of several headers one that is exactly `1` is enough.
pub fn is_signalled(combined: Option<&str>) -> bool {
    combined.is_some_and(|values| values.split(',').any(|value| value.trim_matches([' ', '\t']) == "1"))
}

#[cfg(test)]
mod tests {
    use super::is_signalled;

    #[test]
    fn only_the_character_1_is_a_signal() {
        for value in ["1", "1, 1", "0, 1", "x,1"] {
            assert!(is_signalled(Some(value)), "{value}");
        }
        for value in ["", "0", "true", "11", "1;q=1", "\"1\"", "?1"] {
            assert!(!is_signalled(Some(value)), "{value}");
        }
        assert!(!is_signalled(None));
    }
}
