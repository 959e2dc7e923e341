//! Numbers that stand in texts: a query's `?n=5`, an attribute's `data-price="12.50"`.

/// The number that a decimal spells: digits, perhaps with a sign and a point, at most fifteen of them. Nothing richer:
/// with so few digits one division gives exactly what a full parser would, and the page carries no parser.
pub(super) fn decimal(text: &str) -> Option<f64> {
    let digits = text.strip_prefix("-").unwrap_or(text);
    let (mut whole, mut scale, mut count, mut is_fraction) = (0_u64, 1_u64, 0, false);
    for byte in digits.bytes() {
        match byte {
            b'0'..=b'9' if count < 15 => {
                count += 1;
                whole = whole * 10 + u64::from(byte - b'0');
                if is_fraction {
                    scale *= 10;
                }
            }
            b'.' if count > 0 && !is_fraction => is_fraction = true,
            _ => return None,
        }
    }
    if count == 0 || digits.ends_with(".") {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "fifteen digits are below 2^53")]
    let number = whole as f64 / scale as f64;
    Some(if digits.len() < text.len() { -number } else { number })
}

#[cfg(test)]
mod tests {
    use super::decimal;
    use proptest::prelude::*;

    #[test]
    fn only_plain_decimals_are_numbers() {
        for text in
            ["", "-", ".", ".5", "5.", "1e3", "0x10", " 5", "5 ", "+5", "1.2.3", "Infinity", "1,5", "1234567890123456"]
        {
            assert_eq!(decimal(text), None, "{text}");
        }
        assert_eq!(decimal("-0"), Some(0.0));
    }

    proptest! {
        #[test]
        fn a_decimal_is_the_number_that_a_full_parser_reads(text in "-?[0-9]{1,7}(\\.[0-9]{1,8})?") {
            prop_assert_eq!(decimal(&text), text.parse().ok());
        }
    }
}
