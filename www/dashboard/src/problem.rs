//! What is wrong with a document, and where that is shown.

use crate::{read::records, tree::Tree};

records! {
    /// One thing that is wrong.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Problem {
        /// Where: `rules[0].then[1].url`; empty for the whole document.
        pub place: String,
        /// What, and what to do.
        pub message: String,
    }
}

impl Problem {
    /// Read from a sentence with its place in front: `vendors[0].name: A vendor has the name that people know it by.`
    pub fn read(sentence: &str) -> Self {
        let (place, message) = sentence.split_once(": ").unwrap_or(("", sentence));
        let is_place = place.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.[]".contains(&byte));
        let (place, message) = if is_place { (place, message) } else { ("", sentence) };
        Self { place: place.to_owned(), message: message.to_owned() }
    }

    /// Whether it is at this place or below it.
    pub fn is_within(&self, place: &str) -> bool {
        match self.place.strip_prefix(place) {
            Some(rest) => place.is_empty() || rest.is_empty() || rest.starts_with(['.', '[']),
            None => false,
        }
    }
}

/// The sentences of those at a place or below it, but for what is at or below one of `shown`.
pub fn at(problems: &[Problem], place: &str, shown: &[String]) -> String {
    let here = problems.iter().filter(|problem| problem.is_within(place));
    let here = here.filter(|problem| !shown.iter().any(|shown| problem.is_within(shown)));
    let sentences: Vec<String> = here
        .map(|problem| {
            let below = problem.place.strip_prefix(place).unwrap_or_default().trim_start_matches('.');
            if below.is_empty() { problem.message.clone() } else { [below, ": ", &problem.message].concat() }
        })
        .collect();
    sentences.join(" ")
}

/// The part of a document that is opened to see a place: `rules[0]` for `rules[0].then[1].url`, `words.de` for `words.de.texts.saved`. A
/// purpose's words are with the purpose.
pub fn part_of(document: &Tree, place: &str) -> String {
    let mut names = place.split('.').skip(2);
    if let (true, Some("purposes"), Some(id)) = (place.starts_with("words."), names.next(), names.next())
        && let Some(number) = document.at("purposes").items().iter().position(|purpose| purpose.at("id").text() == id)
    {
        return ["purposes[", &number.to_string(), "]"].concat();
    }
    let mut ends = place.char_indices().filter(|(_, letter)| matches!(letter, '.' | '[')).map(|(at, _)| at);
    let first = ends.next();
    let is_listed = first.is_some_and(|at| place[at..].starts_with('['));
    let end = if is_listed || place.starts_with("words.") { ends.next() } else { first };
    place[..end.unwrap_or(place.len())].to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Problem, at, part_of};
    use crate::tree::tests_support::tree;

    #[test]
    fn the_place_stands_in_front_of_the_sentence() {
        let problem = |place: &str, message: &str| Problem { place: place.to_owned(), message: message.to_owned() };
        assert_eq!(
            Problem::read("vendors[0].name: It has one: a name."),
            problem("vendors[0].name", "It has one: a name.")
        );
        assert_eq!(Problem::read("It is wrong: mend it."), problem("", "It is wrong: mend it."));
        assert_eq!(Problem::read("Mend it."), problem("", "Mend it."));
    }

    #[test]
    fn a_problem_is_shown_at_its_field_or_at_the_part_that_has_none_for_it() {
        let problems = ["rules[1].id: No.", "rules[1].zzz: None.", "rules[1].when[0].on: Which?", "rules[10].id: Ten."];
        let problems = problems.map(Problem::read);
        assert_eq!(at(&problems, "rules[1].id", &[]), "No.");
        assert_eq!(at(&problems, "rules[1]", &["rules[1].id".to_owned(), "rules[1].when".to_owned()]), "zzz: None.");
        assert_eq!(at(&problems, "rules[1].when", &[]), "[0].on: Which?");
        assert_eq!(at(&problems, "rules[3]", &[]), "");
    }

    #[test]
    fn a_place_is_in_a_part_that_is_opened_as_a_whole() {
        let document = tree(r#"{"purposes": [{"id": "necessary"}, {"id": "chat"}]}"#);
        for (place, part) in [
            ("rules[0].then[1].url", "rules[0]"),
            ("purposes[12]", "purposes[12]"),
            ("words.de.texts.saved", "words.de"),
            ("words.de.purposes.chat.name", "purposes[1]"),
            ("words.de.purposes.gone", "words.de"),
            ("variables.currency", "variables"),
            ("schema", "schema"),
        ] {
            assert_eq!(part_of(&document, place), part);
        }
    }
}
