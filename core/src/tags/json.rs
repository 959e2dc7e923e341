//! Writing JSON without a library: the page's module has no room for one.

use crate::text::{DIGITS, push_digit};

/// Appends a text as a JSON string, quotes and all.
pub fn write_text(text: &str, out: &mut String) {
    out.push_str("\"");
    let mut written = 0;
    for (at, byte) in text.bytes().enumerate() {
        if byte >= b' ' && byte != b'"' && byte != b'\\' {
            continue;
        }
        out.push_str(text.get(written..at).unwrap_or_default());
        out.push_str("\\");
        // A quote and a backslash follow as they are, with what comes after them.
        written = at;
        if byte < b' ' {
            out.push_str("u00");
            push_hex(byte, out);
            written = at + 1;
        }
    }
    out.push_str(text.get(written..).unwrap_or_default());
    out.push_str("\"");
}

/// Appends what stands before a text, and the text.
pub(super) fn write_member(before: &str, text: &str, out: &mut String) {
    out.push_str(before);
    write_text(text, out);
}

/// Appends two hexadecimal digits.
pub(super) fn push_hex(byte: u8, out: &mut String) {
    for digit in [byte >> 4, byte & 15] {
        push_digit(digit, DIGITS, out);
    }
}

#[cfg(all(test, feature = "records"))]
mod tests {
    use super::write_text;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_reads_back_as_the_text(text in "(\"|\\\\|\u{0}|\n|\u{1f}|\u{2028}|.)*") {
            let mut written = String::new();
            write_text(&text, &mut written);
            prop_assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
        }
    }
}
