//! Places taken apart, step by step.

/// One step of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step<'a> {
    /// To the member of this name.
    Name(&'a str),
    /// To the element of this number.
    Nth(usize),
}

/// The steps of a place: `rules[0].id`. What is no number in brackets leads nowhere.
pub(super) fn steps(place: &str) -> impl Iterator<Item = Step<'_>> {
    place.split(['.', '[']).filter(|part| !part.is_empty()).map(|part| match part.strip_suffix(']') {
        Some(number) => Step::Nth(number.parse().unwrap_or(usize::MAX)),
        None => Step::Name(part),
    })
}

#[cfg(test)]
mod tests {
    use super::{Step, steps};

    #[test]
    fn a_place_is_names_and_numbers() {
        let found: Vec<Step<'_>> = steps("rules[0].then[12].url").collect();
        let wanted = [Step::Name("rules"), Step::Nth(0), Step::Name("then"), Step::Nth(12), Step::Name("url")];
        assert_eq!(found, wanted);
        assert_eq!(steps("").count(), 0);
    }
}
