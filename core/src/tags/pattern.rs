//! Patterns with `*` for any run of characters: what rules match texts with, and name events by.
//!
//! Nothing richer, so that no pattern costs more than the product of two short lengths, and a person can read it.

/// Does the whole of `text` fit the pattern?
pub fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut at, mut from) = (0, 0);
    // Where to go on if a run turns out to have been too short: behind the last star, and one further into the text.
    let mut again = None;
    loop {
        match (pattern.get(at), text.get(from)) {
            (Some(b'*'), _) => {
                at += 1;
                again = Some((at, from));
            }
            (Some(wanted), Some(found)) if wanted == found => {
                at += 1;
                from += 1;
            }
            (None, None) => return true,
            _ => match again {
                Some((star, start)) if start < text.len() => {
                    (at, from) = (star, start + 1);
                    again = Some((star, from));
                }
                _ => return false,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::matches;
    use proptest::prelude::*;

    #[test]
    fn a_star_is_any_run_of_characters() {
        for (pattern, text) in [
            ("*", ""),
            ("*", "a"),
            ("a*", "a"),
            ("a*c", "abc"),
            ("a*c", "acc"),
            ("*b*", "abc"),
            ("", ""),
            ("/*/x*", "/é/x"),
        ] {
            assert!(matches(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [("", "a"), ("a", ""), ("a", "ab"), ("a*c", "acb"), ("*b", "abc"), ("a**b", "a")] {
            assert!(!matches(pattern, text), "{pattern} {text}");
        }
    }

    /// The definition, too slow to use.
    fn reference(pattern: &[u8], text: &[u8]) -> bool {
        match pattern.split_first() {
            None => text.is_empty(),
            Some((b'*', rest)) => (0..=text.len()).any(|skipped| reference(rest, &text[skipped..])),
            Some((wanted, rest)) => {
                text.split_first().is_some_and(|(found, text)| wanted == found && reference(rest, text))
            }
        }
    }

    proptest! {
        #[test]
        fn the_quick_way_agrees_with_the_definition(pattern in "[ab*]{0,8}", text in "[ab]{0,10}") {
            prop_assert_eq!(matches(&pattern, &text), reference(pattern.as_bytes(), text.as_bytes()));
        }
    }
}
