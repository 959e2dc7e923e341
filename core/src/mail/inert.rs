//! Texts that somebody typed, made inert: nothing unseen, nothing that turns the reading direction, no line where there is
//! to be none. What HTML makes of letters is not looked at here; that is escaped where it is drawn.

/// A value in one line, at most so many characters.
pub(super) fn line(text: &str, most: usize) -> String {
    let mut out = String::new();
    for letter in text.chars().filter(|letter| !is_unseen(*letter)) {
        if !(letter.is_whitespace() || letter.is_control()) {
            out.push(letter);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    cut(&mut out, most);
    out
}

/// A text of several lines, at most so many characters. Never more than one empty line in a row.
pub(super) fn lines(text: &str, most: usize) -> String {
    let mut out = String::new();
    let text = text.replace("\r\n", "\n");
    for one in text.split(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']) {
        let letters = one.chars().filter(|letter| !is_unseen(*letter));
        let one: String = letters.map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
        if !one.trim().is_empty() {
            out.push_str(one.trim_end());
        } else if out.is_empty() || out.ends_with("\n\n") {
            continue;
        }
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    cut(&mut out, most);
    out
}

/// A name to greet somebody by. `None` where it may be more than that: an address, a message.
pub(super) fn name(text: &str) -> Option<String> {
    const LONGEST: usize = 60;
    let name = line(text, LONGEST + 1);
    let is_name = !name.is_empty()
        && name.chars().count() <= LONGEST
        && !name.contains(['/', '\\', ':', '@', '<', '>', '[', ']', '{', '}', '|', '#', '!', '?'])
        && name.split('.').skip(1).all(|after| after.is_empty() || after.starts_with(' '));
    is_name.then_some(name)
}

/// A value set apart from its surroundings where it is read from right to left.
pub(super) fn isolated(value: String) -> String {
    let is_from_right = |letter: char| matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}');
    if value.chars().any(is_from_right) { ["\u{2068}", &value, "\u{2069}"].concat() } else { value }
}

fn cut(text: &mut String, most: usize) {
    if let Some((at, _)) = text.char_indices().nth(most) {
        text.truncate(at);
        text.push('…');
    }
}

/// Marks, overrides and isolates of the reading direction; what takes no room; tags. The two joiners stay, which Persian,
/// Indic scripts and emoji need.
const fn is_unseen(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_has_no_end_within_and_nothing_unseen() {
        assert_eq!(line("  a\r\nBcc: b@evil.example\t\u{0}c ", 99), "a Bcc: b@evil.example c");
        assert_eq!(line("\u{202e}moc.live\u{202c}\u{2066}\u{200b}", 99), "moc.live");
        assert_eq!(line("👩\u{200d}👧 می\u{200c}خواهم", 99), "👩\u{200d}👧 می\u{200c}خواهم");
        assert_eq!(line("abcdef", 3), "abc…");
        assert_eq!(line("\u{1b}[31m", 9), "[31m");
    }

    #[test]
    fn lines_stay_lines() {
        assert_eq!(lines("\n\na \r\n\r\n\r\n\n\tb\u{2028}c\u{7}\n\n", 99), "a\n\n b\nc");
    }

    #[test]
    fn who_is_greeted_has_a_name_and_no_message() {
        for (text, expected) in [
            ("Zoë O’Neill-Müller Jr.", Some("Zoë O’Neill-Müller Jr.")),
            ("J. R. R. Tolkien", Some("J. R. R. Tolkien")),
            ("محمد", Some("محمد")),
            ("Win at evil.example", None),
            ("http:evil", None),
            ("evil.example/x", None),
            ("a@b", None),
            ("Your account is locked!", None),
            (" \u{202e}\n", None),
            ("<b>", None),
        ] {
            assert_eq!(name(text).as_deref(), expected, "{text}");
        }
        assert_eq!((name(&"é".repeat(60)).is_some(), name(&"é".repeat(61))), (true, None));
    }

    proptest! {
        #[test]
        fn any_text_becomes_one_line(text: String) {
            let out = line(&text, 50);
            prop_assert!(out.chars().count() <= 51 && !out.chars().any(char::is_control));
            prop_assert_eq!(line(&out, 51), out);
        }

        #[test]
        fn any_text_becomes_inert_lines(text: String) {
            let out = lines(&text, 50);
            prop_assert!(!out.chars().any(|letter| letter.is_control() && letter != '\n' || is_unseen(letter)));
            prop_assert!(!out.contains("\n\n\n"));
        }
    }
}
