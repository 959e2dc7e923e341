//! Writing JSON without a library: the page's module has no room for one.

/// Appends a text as a JSON string, quotes and all.
pub fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => {
                out.push('\\');
                out.push(character);
            }
            '\0'..='\x1f' => {
                out.push_str("\\u00");
                push_hex(character as u8, out);
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

/// Appends two hexadecimal digits.
pub(super) fn push_hex(byte: u8, out: &mut String) {
    for digit in [byte >> 4, byte & 15] {
        out.push(char::from(if digit < 10 { b'0' + digit } else { b'A' - 10 + digit }));
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
