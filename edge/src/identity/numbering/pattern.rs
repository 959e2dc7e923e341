//! Matches digits against the patterns of numbering plans.
//!
//! They are regular expressions without loops: digits, `\d`, `[2-57]`, `(?:…|…)`, `?`, `{2}`, `{2,4}`. A general matcher
//! weighs half a megabyte. This one follows all readings at once: a [`Places`] is the set of places in the number that a
//! part of the pattern can end at, one bit each, so nothing is tried twice.

/// A set of places between digits; bit 0 is the place before the first.
type Places = u32;

/// Digits to match: for each digit the places it stands behind, as a set.
pub(super) struct Digits {
    behind: [Places; 10],
    end: Places,
}

impl Digits {
    /// More digits than any number has.
    const MOST: usize = 30;

    /// `None` for what is not digits, or too many.
    pub(super) fn read(text: &str) -> Option<Self> {
        if text.len() > Self::MOST {
            return None;
        }
        let mut behind = [0; 10];
        let mut place: Places = 1;
        for letter in text.chars() {
            *behind.get_mut(usize::try_from(letter.to_digit(10)?).ok()?)? |= place;
            place = next(place);
        }
        Some(Self { behind, end: place })
    }

    /// Whether a pattern describes all of the digits. None describes itself with a loop, so this ends.
    pub(super) fn are(&self, pattern: &str) -> bool {
        !pattern.is_empty() && alternatives(&mut pattern.as_bytes(), 1, self) & self.end != 0
    }

    /// The lengths of what a pattern describes at the beginning of the digits.
    pub(super) fn begin(&self, pattern: &str) -> impl Iterator<Item = usize> + use<> {
        let places = if pattern.is_empty() { 0 } else { alternatives(&mut pattern.as_bytes(), 1, self) };
        (1..=Self::MOST).filter(move |length| contains(places, *length))
    }
}

/// The length of the longest digits that a pattern describes; 0 for an empty one.
pub(super) fn longest(pattern: &str) -> usize {
    let anything = Digits { behind: [Places::MAX; 10], end: 0 };
    anything.begin(pattern).last().unwrap_or(0)
}

const fn next(places: Places) -> Places {
    places.wrapping_shl(1)
}

fn contains(places: Places, length: usize) -> bool {
    u32::try_from(length).is_ok_and(|length| places.wrapping_shr(length) & 1 == 1)
}

/// `a|b|c`, up to the end or a closing parenthesis, which is taken too.
fn alternatives(pattern: &mut &[u8], from: Places, digits: &Digits) -> Places {
    let mut ends = 0;
    let mut places = from;
    while let Some((letter, rest)) = pattern.split_first() {
        match letter {
            b')' => {
                *pattern = rest;
                break;
            }
            b'|' => {
                *pattern = rest;
                ends |= places;
                places = from;
            }
            _ => places = repeated(pattern, places, digits),
        }
    }
    ends | places
}

/// One part with what says how often it comes.
fn repeated(pattern: &mut &[u8], from: Places, digits: &Digits) -> Places {
    let part = *pattern;
    let mut places = one(pattern, from, digits);
    let (least, most) = times(pattern);
    let mut ends = match least {
        0 => from | places,
        1 => places,
        _ => 0,
    };
    for time in 2..=most {
        places = one(&mut { part }, places, digits);
        if time >= least {
            ends |= places;
        }
    }
    ends
}

/// `?`, `{2}`, `{2,4}`; nothing is once.
fn times(pattern: &mut &[u8]) -> (u32, u32) {
    if let [b'?', rest @ ..] = *pattern {
        *pattern = rest;
        return (0, 1);
    }
    let Some(rest) = pattern.strip_prefix(b"{") else { return (1, 1) };
    let mut least = None;
    let mut number = 0_u32;
    let mut letters = rest.iter();
    for letter in letters.by_ref() {
        match letter {
            b',' => least = Some(std::mem::take(&mut number)),
            b'}' => break,
            digit => number = number.saturating_mul(10).saturating_add(digit.saturating_sub(b'0').into()),
        }
    }
    *pattern = letters.as_slice();
    (least.unwrap_or(number), number)
}

/// A group, a class or a digit.
fn one(pattern: &mut &[u8], from: Places, digits: &Digits) -> Places {
    match *pattern {
        [b'(', b'?', b':', rest @ ..] | [b'(', rest @ ..] => {
            *pattern = rest;
            alternatives(pattern, from, digits)
        }
        [b'[', rest @ ..] => {
            *pattern = rest;
            class(pattern, from, digits)
        }
        [b'\\', b'd', rest @ ..] => {
            *pattern = rest;
            step(from, digits, b'0'..=b'9')
        }
        [digit, rest @ ..] => {
            *pattern = rest;
            step(from, digits, *digit..=*digit)
        }
        [] => from,
    }
}

/// `2-57]`
fn class(pattern: &mut &[u8], from: Places, digits: &Digits) -> Places {
    let mut places = 0;
    loop {
        match *pattern {
            [first, b'-', last, rest @ ..] => {
                *pattern = rest;
                places |= step(from, digits, *first..=*last);
            }
            [b']', rest @ ..] => {
                *pattern = rest;
                return places;
            }
            [digit, rest @ ..] => {
                *pattern = rest;
                places |= step(from, digits, *digit..=*digit);
            }
            [] => return places,
        }
    }
}

/// Past one digit that is one of these.
fn step(from: Places, digits: &Digits, any: std::ops::RangeInclusive<u8>) -> Places {
    let of = |digit: u8| digits.behind.get(usize::from(digit.saturating_sub(b'0'))).copied().unwrap_or_default();
    next(from & any.map(of).fold(0, |all, places| all | places))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn are(digits: &str, pattern: &str) -> bool {
        Digits::read(digits).is_some_and(|digits| digits.are(pattern))
    }

    #[test]
    fn patterns_describe_what_they_say() {
        for (pattern, yes, no) in [
            ("12", &["12"][..], &["", "1", "123", "13"][..]),
            (r"\d{2,3}", &["12", "123"], &["1", "1234"]),
            ("[2-46]{2}", &["22", "46"], &["51", "2", "266"]),
            ("1(?:2|34?)5", &["125", "135", "1345"], &["15", "1245"]),
            ("1|23", &["1", "23"], &["123", "2"]),
            ("(?:12?){2}", &["11", "121", "112", "1212"], &["1", "12", "1122"]),
            ("(?:1{2})?3", &["3", "113"], &["13"]),
        ] {
            assert!(yes.iter().all(|digits| are(digits, pattern)), "{pattern}");
            assert!(!no.iter().any(|digits| are(digits, pattern)), "{pattern}");
        }
        assert!(!are("", "") && !are("1", ""));
    }

    #[test]
    fn only_digits_are_read_and_not_more_than_a_number_has() {
        assert!(Digits::read(&"1".repeat(30)).is_some());
        for text in ["1a", "١", "+1", &"1".repeat(31)] {
            assert!(Digits::read(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_pattern_knows_its_longest_and_where_it_can_end() {
        assert_eq!(longest(r"1\d{3,9}|22"), 10);
        assert_eq!(longest(""), 0);
        assert_eq!(Digits::read("0019").map(|digits| digits.begin("00|001").collect()), Some(vec![2, 3]));
    }
}
