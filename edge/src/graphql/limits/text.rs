//! What is counted before a document is parsed.

use super::{BRACKETS, Excess, TOKENS};

/// Counts words and brackets of a document that was not parsed yet.
pub(in crate::graphql) fn check_text(document: &str) -> Result<(), Excess> {
    let (mut tokens, mut open) = (0_usize, 0_usize);
    let mut rest = document.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        rest = match first {
            b'#' => skip_while(after, |byte| byte != b'\n' && byte != b'\r'),
            b'"' => skip_string(after),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-' => {
                skip_while(after, |byte| byte.is_ascii_alphanumeric() || byte == b'_')
            }
            _ => after,
        };
        match first {
            b'#' | b' ' | b'\t' | b'\n' | b'\r' | b',' => continue,
            b'{' | b'(' | b'[' => open = open.saturating_add(1),
            b'}' | b')' | b']' => open = open.saturating_sub(1),
            _ => {}
        }
        tokens = tokens.saturating_add(1);
        if open > BRACKETS {
            return Err(Excess::Brackets);
        }
        if tokens > TOKENS {
            return Err(Excess::Tokens);
        }
    }
    Ok(())
}

fn skip_while(text: &[u8], belongs: impl Fn(u8) -> bool) -> &[u8] {
    let end = text.iter().position(|byte| !belongs(*byte)).unwrap_or(text.len());
    text.get(end..).unwrap_or_default()
}

/// What is behind a string whose first quotation mark is gone.
fn skip_string(text: &[u8]) -> &[u8] {
    let (mut rest, end) = match text.strip_prefix(b"\"\"") {
        Some(block) => (block, b"\"\"\"".as_slice()),
        None => (text, b"\"".as_slice()),
    };
    loop {
        if let Some(after) = rest.strip_prefix(end) {
            return after;
        }
        // An escaped quotation mark ends no string; a block string knows no other escape, and none that hides its end.
        let skipped = if rest.starts_with(b"\\\"\"\"") && end.len() == 3 {
            4
        } else if rest.starts_with(b"\\") && end.len() == 1 {
            2
        } else {
            1
        };
        match rest.get(skipped..) {
            Some(after) => rest = after,
            None => return &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_and_words_are_counted_before_anything_is_parsed() {
        assert_eq!(check_text(&"{a".repeat(BRACKETS)), Ok(()));
        assert_eq!(check_text(&"{a".repeat(BRACKETS + 1)), Err(Excess::Brackets));
        assert_eq!(check_text(&"[(".repeat(20)), Err(Excess::Brackets));
        assert_eq!(check_text(&"a ".repeat(TOKENS)), Ok(()));
        assert_eq!(check_text(&"a,".repeat(TOKENS + 1)), Err(Excess::Tokens));
    }

    #[test]
    fn what_strings_and_comments_hold_is_one_word_or_none() {
        let brackets = "{".repeat(100);
        assert_eq!(check_text(&format!(r#"{{ a(b: "{brackets}\"{brackets}") # {brackets}"#)), Ok(()));
        assert_eq!(check_text(&format!(r#"{{ a(b: """{brackets} " \""" {brackets}""")"#)), Ok(()));
        assert_eq!(check_text(&format!(r#"{{ a(b: "\\") {brackets}"#)), Err(Excess::Brackets));
        assert_eq!(check_text(&format!(r#"{{ a(b: """\n""") {brackets}"#)), Err(Excess::Brackets));
        assert_eq!(check_text(&format!("# {brackets}\r{brackets}")), Err(Excess::Brackets));
        assert_eq!(check_text("{ a(b: \"\\"), Ok(()));
    }
}
