//! Texts taken apart and put together in few bytes of wasm: the standard library's searches, splits and characters would
//! weigh more in a page than what they are used for.

/// The digits of numbers, and of hexadecimal ones.
pub(crate) const DIGITS: &str = "0123456789ABCDEF";

/// What stands before the first of these bytes, and what behind it. `at` is ASCII.
pub(crate) fn cut(text: &str, at: u8) -> Option<(&str, &str)> {
    let place = text.bytes().position(|byte| byte == at)?;
    Some((text.get(..place)?, text.get(place + 1..)?))
}

/// Appends all of these.
pub(crate) fn push_all(parts: &[&str], out: &mut String) {
    for part in parts {
        out.push_str(part);
    }
}

/// Appends one digit.
pub(crate) fn push_digit(digit: u8, digits: &str, out: &mut String) {
    let at = usize::from(digit);
    out.push_str(digits.get(at..=at).unwrap_or_default());
}

/// The text without what `is_blank` at either end.
pub(crate) fn trim(mut text: &str, is_blank: fn(char) -> bool) -> &str {
    let mut letters = text.chars();
    while letters.next().is_some_and(is_blank) {
        text = letters.as_str();
    }
    letters = text.chars();
    while letters.next_back().is_some_and(is_blank) {
        text = letters.as_str();
    }
    text
}

/// White space, as the standard library has it, without its table.
pub(crate) fn is_space(letter: char) -> bool {
    matches!(letter, '\t'..='\r' | ' ' | '\u{85}' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

/// Is everything ASCII?
pub(crate) fn is_ascii(text: &str) -> bool {
    text.bytes().all(|byte| byte < 128)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn white_space_is_the_standard_librarys() {
        for letter in '\0'..=char::MAX {
            assert_eq!(is_space(letter), letter.is_whitespace(), "{letter:?}");
        }
    }

    proptest! {
        #[test]
        fn a_text_is_cut_and_trimmed_as_the_standard_library_does(text in "[ \u{3000}aé.]{0,8}") {
            prop_assert_eq!(cut(&text, b'.'), text.split_once('.'));
            prop_assert_eq!(trim(&text, is_space), text.trim());
            prop_assert_eq!(is_ascii(&text), text.is_ascii());
        }
    }
}
