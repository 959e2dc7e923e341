//! The canonical form of an e-mail address.
//!
//! Trimmed, NFC, lower case, the domain as IDNA A-labels. Nothing is folded: dots and `+tags` separate mailboxes at
//! other hosts than Gmail, and joining two people is worse than knowing one under two addresses.
//!
//! NFC and IDNA need tables. The crates that carry them would be two thirds of a small Worker (the Worker leaves ICU
//! out for that reason), while every JavaScript engine has both built in (`String.prototype.normalize`, `URL`). So they
//! are an argument, [`Unicode`], and an address in ASCII, which nearly all are, never asks it. A page, which has no room
//! for the standard library's tables either, lets the platform lower letters too.

use super::{Canonical, Kind};
use crate::text::{cut, is_ascii, is_space, push_all, trim};

/// The version of this form.
pub const FORM: u8 = 1;

/// The longest address that mail can carry (RFC 5321, with erratum 1690), in bytes.
const LONGEST: usize = 254;
/// The longest local part (RFC 5321, section 4.5.3.1.1), in bytes.
const LONGEST_LOCAL: usize = 64;

/// What the platform knows about Unicode.
pub trait Unicode {
    /// The text in Normalization Form C.
    fn nfc(&self, text: &str) -> String;

    /// The domain as A-labels by UTS #46, non-transitional; `None` for what is not a domain.
    fn ascii_domain(&self, domain: &str) -> Option<String>;

    /// The text with every letter in lower case, by Unicode's own mapping.
    fn lower_case(&self, text: &str) -> String {
        text.to_lowercase()
    }
}

/// Why a text is no address that could identify anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing is there, or one side of the `@` is empty.
    Empty,
    /// No `@`, or more than one.
    NotOneAt,
    /// White space, a control character or an invisible one inside the address.
    Blank,
    /// A character that an address has only in quotes, such as `<` around it.
    Quoting,
    /// The part after the `@` is not the name of a domain in the internet.
    Domain,
    /// Longer than mail can carry.
    TooLong,
}

/// The canonical form of an address as somebody wrote it.
pub fn canonical(written: &str, unicode: &(impl Unicode + ?Sized)) -> Result<Canonical, Refusal> {
    let trimmed = trim(written, is_blank);
    if trimmed.is_empty() {
        return Err(Refusal::Empty);
    }
    // Composing shortens a text, though never to a quarter; beyond that nothing need be read.
    if trimmed.len() > 4 * LONGEST {
        return Err(Refusal::TooLong);
    }
    if trimmed.chars().any(is_blank) {
        return Err(Refusal::Blank);
    }
    let folded = lower_case(trimmed, unicode);
    let (local, domain) = cut(&folded, b'@').ok_or(Refusal::NotOneAt)?;
    if cut(domain, b'@').is_some() {
        return Err(Refusal::NotOneAt);
    }
    if local.is_empty() || domain.is_empty() {
        return Err(Refusal::Empty);
    }
    if local
        .bytes()
        .any(|byte| matches!(byte, b'"' | b'(' | b')' | b',' | b':' | b';' | b'<' | b'>' | b'[' | b'\\' | b']'))
    {
        return Err(Refusal::Quoting);
    }
    let known = if is_ascii(domain) { None } else { Some(unicode.ascii_domain(domain).ok_or(Refusal::Domain)?) };
    let mut text = String::new();
    push_all(&[local, "@", known.as_deref().unwrap_or(domain)], &mut text);
    text.make_ascii_lowercase();
    if !text.get(local.len() + 1..).is_some_and(is_domain) {
        return Err(Refusal::Domain);
    }
    if local.len() > LONGEST_LOCAL || text.len() > LONGEST {
        return Err(Refusal::TooLong);
    }
    Ok(Canonical { kind: Kind::Email, form: FORM, text })
}

fn lower_case(text: &str, unicode: &(impl Unicode + ?Sized)) -> String {
    if is_ascii(text) {
        return text.to_ascii_lowercase();
    }
    // A lower-case letter may combine with what follows where its upper case did not, so the result is composed again.
    unicode.nfc(&unicode.lower_case(&unicode.nfc(text)))
}

/// White space, and what is copied along from pages without being seen: two addresses that look the same are the same.
fn is_blank(letter: char) -> bool {
    is_space(letter)
        || letter.is_control()
        || matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// A domain that mail can reach: at least two labels of letters, digits and inner hyphens, the last one not a number.
fn is_domain(name: &str) -> bool {
    let (mut labels, mut length, mut is_number, mut before) = (0, 0, true, b'.');
    let mut is_last_number = true;
    for byte in name.bytes().chain([b'.']) {
        match byte {
            b'.' if before == b'.' || before == b'-' || length > 63 => return false,
            b'.' => {
                is_last_number = is_number;
                (labels, length, is_number) = (labels + 1, 0, true);
            }
            b'-' if before == b'.' => return false,
            b'a'..=b'z' | b'0'..=b'9' | b'-' => {
                length += 1;
                is_number &= byte.is_ascii_digit();
            }
            _ => return false,
        }
        before = byte;
    }
    labels > 1 && !is_last_number
}

#[cfg(test)]
pub(crate) mod tests_support {
    use super::Unicode;
    use unicode_normalization::UnicodeNormalization as _;

    /// Real NFC, and a stand-in for IDNA: `ü` gives what IDNA gives, any other letter a spelling of its own.
    pub(crate) struct Platform;

    impl Unicode for Platform {
        fn nfc(&self, text: &str) -> String {
            text.nfc().collect()
        }

        fn ascii_domain(&self, domain: &str) -> Option<String> {
            let label = |label: &str| match label {
                "bücher" => "xn--bcher-kva".to_owned(),
                label if label.is_ascii() => label.to_owned(),
                label => label.chars().fold("xn--".to_owned(), |text, letter| format!("{text}{:x}", u32::from(letter))),
            };
            Some(domain.split(['.', '。']).map(label).collect::<Vec<_>>().join("."))
        }
    }

    /// A platform that must not be asked.
    pub(crate) struct Nobody;

    impl Unicode for Nobody {
        fn nfc(&self, text: &str) -> String {
            panic!("asked for NFC of {text}")
        }

        fn ascii_domain(&self, domain: &str) -> Option<String> {
            panic!("asked for the A-labels of {domain}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::tests_support::{Nobody, Platform};
    use super::*;
    use proptest::prelude::*;

    fn form(written: &str) -> Result<String, Refusal> {
        canonical(written, &Platform).map(|value| value.expose().to_owned())
    }

    #[test]
    fn case_and_surroundings_do_not_matter() {
        for written in ["bob@biller.com", " Bob@Biller.COM\n", "\u{feff}BOB@BILLER.COM\u{200b}", "\u{a0}bob@biller.com"]
        {
            assert_eq!(form(written).unwrap(), "bob@biller.com", "{written:?}");
        }
    }

    #[test]
    fn dots_and_tags_are_part_of_the_name() {
        assert_eq!(form("J.Doe+Shop@gmail.com").unwrap(), "j.doe+shop@gmail.com");
        assert_ne!(form("jdoe@gmail.com"), form("jdoe@googlemail.com"));
    }

    #[test]
    fn one_spelling_for_letters_that_can_be_composed_and_for_foreign_domains() {
        assert_eq!(form("ANDRE\u{301}@example.com").unwrap(), "andr\u{e9}@example.com");
        // There is a lower-case letter for j with a caron, and no upper-case one.
        assert_eq!(form("J\u{30c}@example.com").unwrap(), "\u{1f0}@example.com");
        assert_eq!(form("a@BÜCHER.example").unwrap(), "a@xn--bcher-kva.example");
        assert_eq!(form("a@bu\u{308}cher。example").unwrap(), "a@xn--bcher-kva.example");
        assert_eq!(form("a@XN--BCHER-KVA.example").unwrap(), "a@xn--bcher-kva.example");
    }

    #[test]
    fn what_cannot_identify_anybody_is_refused() {
        let long = format!("{}@example.com", "a".repeat(65));
        let endless = format!("a@{}", "example.".repeat(40));
        for (written, refusal) in [
            ("", Refusal::Empty),
            (" \n", Refusal::Empty),
            ("@example.com", Refusal::Empty),
            ("bob@", Refusal::Empty),
            ("bob", Refusal::NotOneAt),
            ("bob@biller@example.com", Refusal::NotOneAt),
            ("bob biller@example.com", Refusal::Blank),
            ("bob@bil\u{200b}ler.com", Refusal::Blank),
            ("bob\u{0}@example.com", Refusal::Blank),
            ("<bob@example.com>", Refusal::Quoting),
            ("a@example.com,b", Refusal::Domain),
            ("bob@localhost", Refusal::Domain),
            ("bob@127.0.0.1", Refusal::Domain),
            ("bob@[127.0.0.1]", Refusal::Domain),
            ("bob@example.com.", Refusal::Domain),
            ("bob@-a.example", Refusal::Domain),
            ("bob@ex_ample.com", Refusal::Domain),
            (&long, Refusal::TooLong),
            (&endless, Refusal::Domain),
            (&"a".repeat(10_000), Refusal::TooLong),
        ] {
            assert_eq!(form(written), Err(refusal), "{written:?}");
        }
    }

    proptest! {
        #[test]
        fn the_form_of_a_form_is_itself(written in "\\PC{1,12}@[\\PC.]{1,12}\\.(com|bücher|ΟΔΟΣ)") {
            if let Ok(once) = form(&written) {
                prop_assert_eq!(form(&once), Ok(once.clone()));
            }
        }

        #[test]
        fn an_ascii_address_never_asks_the_platform(written in "[ -~]{0,12}@[ -~]{0,12}\\.[A-Za-z]{2,6}") {
            let _ = canonical(&written, &Nobody);
        }

        #[test]
        fn any_text_is_answered(written in any::<String>()) {
            let _ = canonical(&written, &Platform);
        }
    }
}
