//! Text of others made harmless for whoever opens it.
//!
//! | in | danger | what is done |
//! |---|---|---|
//! | every way | control characters, turns of the reading direction, letters that nobody sees | shown by their numbers: `[U+202E]`; in JSON escaped |
//! | HTML | markup | escaped |
//! | CSV | formulas, that is a cell that begins with `= + - @` | an apostrophe stands before |
//!
//! A spreadsheet may take a file apart otherwise than it was put together: where a semicolon divides cells, what stands behind one in
//! a text is the beginning of a cell. So an apostrophe stands there too. It may think quotation marks and blanks away, too.

/// Appends a letter; one that is not seen, or changes how the rest is seen, by its number.
fn visible(letter: char, into: &mut String) {
    if is_hidden(letter) {
        into.push_str("[U+");
        push_hex(u32::from(letter), into);
        into.push(']');
    } else {
        into.push(letter);
    }
}

/// Letters that are not seen or turn others about. Joiners stay: Persian, Hindi and emoji are written with them.
fn is_hidden(letter: char) -> bool {
    (letter.is_control() && letter != '\n' && letter != '\t')
        || matches!(letter,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Four hexadecimal digits, or as many as it takes.
fn push_hex(number: u32, into: &mut String) {
    let mut shift = 20_u32;
    loop {
        let rest = number >> shift;
        if rest > 0 || shift <= 12 {
            into.push(char::from_digit(rest & 15, 16).unwrap_or('0').to_ascii_uppercase());
        }
        if shift == 0 {
            return;
        }
        shift -= 4;
    }
}

/// Appends a text for HTML, within an element or a quoted attribute.
pub(super) fn markup(text: &str, into: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => into.push_str("&amp;"),
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '"' => into.push_str("&quot;"),
            '\'' => into.push_str("&#39;"),
            other => visible(other, into),
        }
    }
}

/// Appends a cell of a CSV file, always in quotation marks.
pub(super) fn cell(text: &str, into: &mut String) {
    into.push('"');
    let mut is_beginning = true;
    for letter in text.chars() {
        if is_beginning && begins_formula(letter) {
            into.push('\'');
        }
        // Blanks and quotation marks may be thought away, so behind them is still the beginning.
        is_beginning =
            is_divider(letter) || is_beginning && (letter == '"' || letter.is_whitespace() || is_hidden(letter));
        if letter == '"' {
            into.push('"');
        }
        visible(letter, into);
    }
    into.push('"');
}

/// What a spreadsheet reckons with: the wide letters too, which some take for the plain ones.
fn begins_formula(letter: char) -> bool {
    matches!(letter, '=' | '+' | '-' | '@' | '\t' | '\r' | '\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}')
}

/// What divides cells for a spreadsheet that does not heed the quotation marks.
fn is_divider(letter: char) -> bool {
    matches!(letter, ';' | '\t' | '\n' | '\r')
}

/// A JSON document in ASCII: what was escaped is the same value, and nothing in it is seen as anything else. Markup is escaped too.
pub(super) fn ascii_json(document: &str) -> String {
    let mut out = String::with_capacity(document.len());
    for letter in document.chars() {
        // Outside of its texts JSON has none of these letters.
        if letter.is_ascii() && !matches!(letter, '<' | '>' | '&' | '\'' | '\u{7f}') {
            out.push(letter);
            continue;
        }
        for unit in letter.encode_utf16(&mut [0; 2]) {
            out.push_str("\\u");
            push_hex(u32::from(*unit), &mut out);
        }
    }
    out
}
