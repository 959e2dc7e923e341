//! A JSON document as forms edit it: in place, so that whatever no form knows stays as it is.
//!
//! Places are written as problems name them: `rules[0].then[1].url`. A number may also count the members of an object, for forms in
//! which people write their names.

mod step;

use step::{Step, steps};

/// A value of a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Tree {
    /// `null`, and what is not there.
    #[default]
    Nothing,
    /// `true` or `false`.
    Truth(bool),
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Self>),
    /// An object, its members in their order.
    Object(Vec<(String, Self)>),
}

static NOTHING: Tree = Tree::Nothing;

impl From<&str> for Tree {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl Tree {
    /// An object of these members.
    pub fn object(members: &[(&str, Self)]) -> Self {
        Self::Object(members.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
    }

    /// A list of texts.
    pub fn texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        Self::List(texts.into_iter().map(Self::from).collect())
    }

    /// Whether nothing is there.
    pub fn is_nothing(&self) -> bool {
        *self == Self::Nothing
    }

    /// The text that it is, or an empty one.
    pub fn text(&self) -> &str {
        if let Self::Text(text) = self { text } else { "" }
    }

    /// The whole number that it is, or 0.
    pub fn count(&self) -> u32 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "numbers of the API are small and none is negative"
        )]
        if let Self::Number(number) = self { *number as u32 } else { 0 }
    }

    /// Whether it is `true`.
    pub fn is_true(&self) -> bool {
        *self == Self::Truth(true)
    }

    /// The elements of the list that it is.
    pub fn items(&self) -> &[Self] {
        if let Self::List(items) = self { items } else { &[] }
    }

    /// The members of the object that it is.
    pub fn members(&self) -> &[(String, Self)] {
        if let Self::Object(members) = self { members } else { &[] }
    }

    /// What stands at a place.
    pub fn at(&self, place: &str) -> &Self {
        steps(place)
            .try_fold(self, |it, step| match step {
                Step::Name(name) => it.members().iter().find(|(known, _)| known == name).map(|(_, value)| value),
                Step::Nth(number) => {
                    it.items().get(number).or_else(|| it.members().get(number).map(|(_, value)| value))
                }
            })
            .unwrap_or(&NOTHING)
    }

    /// Puts something at a place; nothing takes away what is there. Objects on the way are made where nothing is, and where
    /// something else is, nothing is done.
    pub fn set(&mut self, place: &str, value: Self) {
        if value.is_nothing() && self.at(place).is_nothing() {
            return;
        }
        let mut steps: Vec<Step<'_>> = steps(place).collect();
        match steps.pop() {
            None => *self = value,
            Some(last) => {
                if let Some(parent) = steps.into_iter().try_fold(self, Self::step_into) {
                    parent.put(last, value);
                }
            }
        }
    }

    /// The list at a place, which is made where nothing is.
    pub fn list_mut(&mut self, place: &str) -> Option<&mut Vec<Self>> {
        let it = steps(place).try_fold(self, Self::step_into)?;
        if it.is_nothing() {
            *it = Self::List(Vec::new());
        }
        if let Self::List(items) = it { Some(items) } else { None }
    }

    /// The members of the object at a place, which is made where nothing is.
    pub fn members_mut(&mut self, place: &str) -> Option<&mut Vec<(String, Self)>> {
        let it = steps(place).try_fold(self, Self::step_into)?;
        if it.is_nothing() {
            *it = Self::Object(Vec::new());
        }
        if let Self::Object(members) = it { Some(members) } else { None }
    }

    fn step_into(&mut self, step: Step<'_>) -> Option<&mut Self> {
        if self.is_nothing() && matches!(step, Step::Name(_)) {
            *self = Self::Object(Vec::new());
        }
        match (self, step) {
            (Self::Object(members), Step::Name(name)) => {
                let at = members.iter().position(|(known, _)| known == name).unwrap_or(members.len());
                if at == members.len() {
                    members.push((name.to_owned(), Self::Nothing));
                }
                members.get_mut(at).map(|(_, value)| value)
            }
            (Self::Object(members), Step::Nth(number)) => members.get_mut(number).map(|(_, value)| value),
            (Self::List(items), Step::Nth(number)) => items.get_mut(number),
            _ => None,
        }
    }

    fn put(&mut self, step: Step<'_>, value: Self) {
        if !value.is_nothing() {
            if let Some(it) = self.step_into(step) {
                *it = value;
            }
            return;
        }
        match (self, step) {
            (Self::Object(members), Step::Name(name)) => members.retain(|(known, _)| known != name),
            (Self::Object(members), Step::Nth(number)) if number < members.len() => drop(members.remove(number)),
            (Self::List(items), Step::Nth(number)) if number < items.len() => drop(items.remove(number)),
            _ => {}
        }
    }
}

#[cfg(test)]
pub(crate) mod tests_support;

#[cfg(test)]
mod tests {
    use super::{Tree, tests_support::tree};

    #[test]
    fn what_stands_at_a_place_is_read_and_set_and_everything_else_stays() {
        let mut document = tree(r#"{"more": [1], "rules": [{"id": "a", "unknown": {"x": null}}, {"id": "b"}]}"#);
        assert_eq!(document.at("rules[1].id").text(), "b");
        assert!(document.at("rules[2].id").is_nothing() && document.at("more.id").is_nothing());
        document.set("rules[1].id", "c".into());
        document.set("rules[0].when", Tree::List(Vec::new()));
        document.set("words.de.texts.saved", "Gut".into());
        document.set("rules[7].id", "nobody".into());
        document.set("more.id", "nobody".into());
        let wanted = r#"{"more": [1], "rules": [{"id": "a", "unknown": {"x": null}, "when": []}, {"id": "c"}],
            "words": {"de": {"texts": {"saved": "Gut"}}}}"#;
        assert_eq!(document, tree(wanted));
    }

    #[test]
    fn nothing_takes_away_what_is_there() {
        let mut document = tree(r#"{"a": {"b": 1, "c": 2}, "list": [1, 2, 3]}"#);
        document.set("a.b", Tree::Nothing);
        document.set("list[1]", Tree::Nothing);
        document.set("list[9]", Tree::Nothing);
        document.set("x.y", Tree::Nothing);
        assert_eq!(document, tree(r#"{"a": {"c": 2}, "list": [1, 3]}"#));
    }

    #[test]
    fn a_number_counts_the_members_of_an_object_too() {
        let mut document = tree(r#"{"props": {"a.b": 1, "c": 2}}"#);
        document.set("props[0]", "one".into());
        assert_eq!(document.at("props[0]").text(), "one");
        assert_eq!(document, tree(r#"{"props": {"a.b": "one", "c": 2}}"#));
    }
}
