//! The canonical form of a telephone number: E.164, `+` and digits.
//!
//! A number that says its country is checked here. One that does not is read only by a [`NumberingPlan`] with the
//! region that the controller has configured; without one it identifies nobody. The country is never guessed, and
//! letters are refused before any plan sees them: a plan would turn `555-555-BILL` into somebody's number.
//!
//! A plan needs half a megabyte of tables, so it is an argument, which the edge may bring.

use super::{Canonical, Kind};
use crate::{
    region::Region,
    text::{DIGITS, is_space, push_digit, trim},
};

/// The version of this form.
pub const FORM: u8 = 1;

/// A text longer than this is no number, whatever it is punctuated with.
const LONGEST_WRITTEN: usize = 40;

/// Knows how the numbers of each country are written at home.
pub trait NumberingPlan {
    /// The number, written as it is dialled in `home`, in E.164; `None` where it is not a possible number there.
    fn international(&self, written: &str, home: &Region) -> Option<String>;
}

/// Why a text is no number that could identify anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing is there.
    Empty,
    /// Something else than digits and the punctuation of numbers: letters, extensions.
    NotDigits,
    /// It does not say its country, and nothing else does.
    NoCountry,
    /// It begins with no country's code.
    UnknownCountry,
    /// More or fewer digits than a number has.
    Length,
    /// Not a number of the country that it is said to be from.
    NotANumber,
}

/// The canonical form of a number that says its country: `+1 (650) 555-1212`.
pub fn canonical(written: &str) -> Result<Canonical, Refusal> {
    let text = checked(written)?;
    if !text.starts_with("+") {
        return Err(Refusal::NoCountry);
    }
    let mut number = "+".to_owned();
    for byte in text.bytes().filter(u8::is_ascii_digit) {
        push_digit(byte - b'0', DIGITS, &mut number);
    }
    e164(number)
}

/// The canonical form of a number that may be written as it is dialled in `home`.
pub fn canonical_from(
    written: &str,
    plan: &(impl NumberingPlan + ?Sized),
    home: &Region,
) -> Result<Canonical, Refusal> {
    let text = checked(written)?;
    if text.starts_with("+") {
        return canonical(text);
    }
    canonical(&plan.international(text, home).ok_or(Refusal::NotANumber)?)
}

/// Nothing but an optional leading `+`, digits and punctuation.
fn checked(written: &str) -> Result<&str, Refusal> {
    let text = trim(written, is_space);
    if text.is_empty() {
        return Err(Refusal::Empty);
    }
    if text.len() > LONGEST_WRITTEN {
        return Err(Refusal::Length);
    }
    let is_punctuation =
        |letter| matches!(letter, ' ' | '-' | '.' | '/' | '(' | ')' | '\u{a0}' | '\u{2010}' | '\u{2011}');
    let rest = text.strip_prefix("+").unwrap_or(text);
    // `+44 (0)20 …` is two ways of writing in one; its zero belongs to one of them only.
    let is_mixed = text.starts_with("+") && text.as_bytes().windows(2).any(|two| two == b"(0");
    if is_mixed || !rest.chars().all(|letter| letter.is_ascii_digit() || is_punctuation(letter)) {
        return Err(Refusal::NotDigits);
    }
    Ok(text)
}

/// `number` is `+` and digits.
fn e164(number: String) -> Result<Canonical, Refusal> {
    let digits = number.get(1..).unwrap_or_default();
    let code = country_code(digits).ok_or(Refusal::UnknownCountry)?;
    if !(7..=15).contains(&digits.len()) {
        return Err(Refusal::Length);
    }
    if code == "1" {
        north_american(digits)?;
    }
    Ok(Canonical { kind: Kind::Phone, form: FORM, text: number })
}

/// Eleven digits; neither the area code nor the exchange begins with 0 or 1.
fn north_american(digits: &str) -> Result<(), Refusal> {
    if digits.len() != 11 {
        return Err(Refusal::Length);
    }
    let begins_well = |at: usize| digits.as_bytes().get(at).is_some_and(|digit| *digit >= b'2');
    if begins_well(1) && begins_well(4) { Ok(()) } else { Err(Refusal::NotANumber) }
}

/// Country codes that are assigned (ITU-T E.164), by their length. Left out are the services that belong to no person:
/// freephone (800), shared cost (808), premium rate (979) and trials (991).
const TWO_DIGITS: &[u8] = &[
    20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 53, 54, 55, 56, 57, 58, 60, 61, 62,
    63, 64, 65, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94, 95, 98,
];
const THREE_DIGITS: &[(u16, u16)] = &[
    (211, 213),
    (216, 216),
    (218, 218),
    (220, 258),
    (260, 269),
    (290, 291),
    (297, 299),
    (350, 359),
    (370, 383),
    (385, 387),
    (389, 389),
    (420, 421),
    (423, 423),
    (500, 509),
    (590, 599),
    (670, 670),
    (672, 683),
    (685, 692),
    (850, 850),
    (852, 853),
    (855, 856),
    (870, 870),
    (880, 883),
    (886, 886),
    (960, 968),
    (970, 977),
    (992, 996),
    (998, 998),
];

fn country_code(digits: &str) -> Option<&str> {
    let mut number = 0;
    for (place, digit) in digits.bytes().take(3).enumerate() {
        number = number * 10 + u16::from(digit - b'0');
        let is_code = match place {
            0 => number == 1 || number == 7,
            1 => TWO_DIGITS.iter().any(|code| u16::from(*code) == number),
            _ => THREE_DIGITS.iter().any(|(first, last)| (*first..=*last).contains(&number)),
        };
        if is_code {
            return digits.get(..=place);
        }
    }
    None
}

#[cfg(test)]
pub(crate) mod tests_support {
    use super::*;

    /// Knows the ten digits of North America, and that a plan may turn letters into digits.
    pub(crate) struct Plan;

    impl NumberingPlan for Plan {
        fn international(&self, written: &str, home: &Region) -> Option<String> {
            let digits: String = written
                .chars()
                .filter_map(
                    |letter| if letter.is_ascii_alphabetic() { Some('2') } else { letter.to_digit(10).map(|_| letter) },
                )
                .collect();
            (["US", "CA"].contains(&home.country()) && digits.len() == 10).then(|| format!("+1{digits}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::tests_support::Plan;
    use super::*;
    use proptest::prelude::*;

    fn form(written: &str) -> Result<String, Refusal> {
        canonical(written).map(|value| value.expose().to_owned())
    }

    fn form_from(written: &str, home: &str) -> Result<String, Refusal> {
        canonical_from(written, &Plan, &Region::parse(home).unwrap()).map(|value| value.expose().to_owned())
    }

    #[test]
    fn punctuation_does_not_matter_where_the_country_is_said() {
        for (written, number) in [
            ("+1 800-555-0100", "+18005550100"),
            (" +1 (650) 555.1212 ", "+16505551212"),
            ("+44 844 412 4653", "+448444124653"),
            ("+49\u{a0}30/901820", "+4930901820"),
            ("+14155550100", "+14155550100"),
            ("+290 22000", "+29022000"),
        ] {
            assert_eq!(form(written).unwrap(), number, "{written}");
        }
    }

    #[test]
    fn a_country_is_never_guessed() {
        for written in ["555-555-5555", "123-123-1234", "16505551212", "00 44 844 412 4653", "(650)555-1212"] {
            assert_eq!(form(written), Err(Refusal::NoCountry), "{written}");
        }
        assert_eq!(form_from("(650)555-1212", "US").unwrap(), "+16505551212");
        assert_eq!(form_from("(650)555-1212", "DE"), Err(Refusal::NotANumber));
    }

    #[test]
    fn a_number_that_says_its_country_is_not_read_by_the_controllers() {
        assert_eq!(form_from("+44 844 412 4653", "US").unwrap(), "+448444124653");
    }

    #[test]
    fn letters_and_extensions_are_refused_before_a_plan_could_read_them() {
        for written in [
            "555-555-BILL",
            "555-555-SHIP",
            "+1 800 FLOWERS",
            "+1 650 555 1212 x3",
            "+1;650",
            "+１６５０５５５１２１２",
        ] {
            assert_eq!(form(written), Err(Refusal::NotDigits), "{written}");
            assert_eq!(form_from(written, "US"), Err(Refusal::NotDigits), "{written}");
        }
    }

    #[test]
    fn a_plans_answer_is_checked_like_any_other() {
        // 555-555-5555 has the right length, 123-123-1234 no area that exists.
        assert_eq!(form_from("555-555-5555", "US").unwrap(), "+15555555555");
        assert_eq!(form_from("123-123-1234", "US"), Err(Refusal::NotANumber));
    }

    #[test]
    fn what_cannot_be_a_number_is_refused() {
        for (written, refusal) in [
            ("", Refusal::Empty),
            ("  ", Refusal::Empty),
            ("+", Refusal::UnknownCountry),
            ("+0 650 555 1212", Refusal::UnknownCountry),
            ("+999 12345678", Refusal::UnknownCountry),
            ("+800 1234 5678", Refusal::UnknownCountry),
            ("+555555", Refusal::Length),
            ("+1 650 555 121", Refusal::Length),
            ("+1 650 555 12122", Refusal::Length),
            ("+4412345678901234", Refusal::Length),
            ("+1 050 555 1212", Refusal::NotANumber),
            ("+44 (0)844 412 4653", Refusal::NotDigits),
            ("++1 650 555 1212", Refusal::NotDigits),
            (&"+1 ".repeat(20), Refusal::Length),
        ] {
            assert_eq!(form(written), Err(refusal), "{written}");
        }
    }

    proptest! {
        #[test]
        fn the_form_of_a_form_is_itself(written in "\\+[0-9 ()./-]{5,25}") {
            if let Ok(once) = form(&written) {
                prop_assert_eq!(form(&once), Ok(once.clone()));
                prop_assert!(once.strip_prefix('+').unwrap().bytes().all(|byte| byte.is_ascii_digit()));
            }
        }

        #[test]
        fn any_text_is_answered(written in any::<String>()) {
            let _ = canonical(&written);
        }
    }
}
