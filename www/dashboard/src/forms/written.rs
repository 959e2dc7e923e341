//! What stands in a document as a form shows it, and back.

use super::Is;
use crate::{number, tree::Tree};

/// How a value that may be anything is shown: what kind of value it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// A text.
    Text,
    /// A number.
    Number,
    /// `true`.
    Yes,
    /// `false`.
    No,
    /// What stands at a path.
    From,
    /// A text in which things are put.
    Filled,
    /// A list or an object, as JSON.
    Json,
}

impl Kept {
    /// Every kind with its name in a form, and in words.
    pub const ALL: [(Self, &'static str, &'static str); 7] = [
        (Self::Text, "text", "the text"),
        (Self::Number, "number", "the number"),
        (Self::From, "from", "what stands at"),
        (Self::Filled, "filled", "the text with {parts}"),
        (Self::Yes, "yes", "yes"),
        (Self::No, "no", "no"),
        (Self::Json, "json", "as JSON"),
    ];

    /// Whether it says what it is by itself, and is read nowhere.
    pub const fn is_plain(self) -> bool {
        matches!(self, Self::Text | Self::Number | Self::Yes | Self::No)
    }

    /// By its name in a form.
    pub fn named(name: &str) -> Self {
        Self::ALL.iter().find(|(_, known, _)| *known == name).map_or(Self::Text, |(kept, ..)| *kept)
    }
}

/// What kind of value something is, and the text that stands for it; none for what is shown as JSON.
pub fn kept(value: &Tree) -> (Kept, Option<String>) {
    match value {
        Tree::Nothing => (Kept::Text, Some(String::new())),
        Tree::Text(text) => (Kept::Text, Some(text.clone())),
        Tree::Number(number) => (Kept::Number, Some(number::text(*number))),
        Tree::Truth(truth) => (if *truth { Kept::Yes } else { Kept::No }, Some(String::new())),
        Tree::Object(members) => match members.as_slice() {
            [(name, Tree::Text(text))] if name == "from" => (Kept::From, Some(text.clone())),
            [(name, Tree::Text(text))] if name == "text" => (Kept::Filled, Some(text.clone())),
            _ => (Kept::Json, None),
        },
        Tree::List(_) => (Kept::Json, None),
    }
}

/// The value of that kind that a text stands for. What is no number stays a text, which the rules tell of where one is needed.
pub fn value_of(kept: Kept, text: &str) -> Tree {
    match kept {
        Kept::Text | Kept::Json => text.into(),
        Kept::Number => number(text),
        Kept::Yes => Tree::Truth(true),
        Kept::No => Tree::Truth(false),
        Kept::From => Tree::object(&[("from", text.trim().into())]),
        Kept::Filled => Tree::object(&[("text", text.into())]),
    }
}

/// What of a document a field can show. Anything else is left to the JSON, and stays.
pub fn fits(is: Is, value: &Tree) -> bool {
    let is_list = |items: &[Tree]| items.iter().all(|item| matches!(item, Tree::Text(_)));
    match (is, value) {
        (Is::Value | Is::Json, _) | (_, Tree::Nothing) => true,
        (Is::Truth | Is::YesOrNo, value) => matches!(value, Tree::Truth(_)),
        (Is::Plain, value) => !matches!(value, Tree::List(_) | Tree::Object(_)),
        (Is::Number, value) => matches!(value, Tree::Number(_) | Tree::Text(_)),
        (Is::List | Is::Purposes | Is::Vendors, Tree::List(items)) => is_list(items),
        (Is::Parts(_), Tree::List(items)) => items.iter().all(|item| matches!(item, Tree::Object(_))),
        (Is::Pairs(_), value) => matches!(value, Tree::Object(_)),
        (Is::Address, value) => matches!(kept(value).0, Kept::Text | Kept::Filled),
        (_, value) => matches!(value, Tree::Text(_)),
    }
}

/// What stands in a document, as the text of a field.
pub fn shown(is: Is, value: &Tree) -> String {
    match (is, value) {
        (Is::List, Tree::List(items)) => items.iter().map(Tree::text).collect::<Vec<_>>().join(", "),
        (_, value) => kept(value).1.unwrap_or_default(),
    }
}

/// What a field's text is in a document. An empty one is nothing there, unless something is needed: then it is told what.
pub fn written(is: Is, is_needed: bool, text: &str) -> Tree {
    match is {
        Is::List => {
            let texts: Vec<&str> = text.split([',', '\n']).map(str::trim).filter(|text| !text.is_empty()).collect();
            if texts.is_empty() && !is_needed { Tree::Nothing } else { Tree::texts(texts) }
        }
        _ if text.trim().is_empty() => {
            if is_needed && !matches!(is, Is::Number) {
                "".into()
            } else {
                Tree::Nothing
            }
        }
        Is::Number => number(text),
        Is::Address if text.contains('{') => value_of(Kept::Filled, text.trim()),
        Is::Text | Is::Address | Is::Path => text.trim().into(),
        _ => text.into(),
    }
}

fn number(text: &str) -> Tree {
    number::parse(text.trim()).map_or_else(|| text.into(), Tree::Number)
}

/// An id made of a name, that none of `taken` is: "Live chat" is `live-chat`.
pub fn slug(name: &str, otherwise: &str, taken: &[&str]) -> String {
    let mut id = String::new();
    for letter in name.chars().flat_map(char::to_lowercase) {
        let letter = match letter {
            'ä' => "ae",
            'ö' => "oe",
            'ü' => "ue",
            'ß' => "ss",
            'à' | 'á' | 'â' => "a",
            'ç' => "c",
            'è' | 'é' | 'ê' | 'ë' => "e",
            'í' | 'î' | 'ï' => "i",
            'ñ' => "n",
            'ó' | 'ô' => "o",
            'ù' | 'ú' | 'û' => "u",
            'a'..='z' | '0'..='9' | '_' => {
                id.push(letter);
                continue;
            }
            _ if id.is_empty() || id.ends_with('-') => continue,
            _ => "-",
        };
        id.push_str(letter);
    }
    id.truncate(50);
    let id = id.trim_matches('-');
    let id = if id.is_empty() { otherwise } else { id };
    let numbered = (2..).map(|number| [id, "-", &number.to_string()].concat());
    std::iter::once(id.to_owned()).chain(numbered).find(|id| !taken.contains(&id.as_str())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::tests_support::tree;

    #[test]
    fn a_value_is_shown_as_what_it_is_and_written_as_it_was() {
        for json in [r#""a""#, "1.5", "true", "false", r#"{"from": "page.path"}"#, r#"{"text": "{page.path}!"}"#] {
            let value = tree(json);
            let (kept, text) = kept(&value);
            assert_eq!(value_of(kept, &text.unwrap()), value, "{json}");
        }
        for json in ["[1]", r#"{"a": 1}"#, r#"{"from": 1}"#, r#"{"from": "x", "more": 1}"#] {
            assert_eq!(kept(&tree(json)), (Kept::Json, None), "{json}");
        }
    }

    #[test]
    fn what_a_field_can_show_it_writes_as_it_was() {
        for (is, json) in [
            (Is::Text, r#""a b""#),
            (Is::Number, "50"),
            (Is::List, r#"["a", "b_*"]"#),
            (Is::Address, r#""https://a.example/""#),
            (Is::Address, r#"{"text": "https://a.example/{page.path}"}"#),
        ] {
            let value = tree(json);
            assert!(fits(is, &value));
            assert_eq!(written(is, false, &shown(is, &value)), value, "{json}");
        }
        for (is, json) in [
            (Is::Text, "1"),
            (Is::List, "[1]"),
            (Is::Truth, r#""yes""#),
            (Is::Plain, r#"{"from": "page.path"}"#),
            (Is::Address, r#"{"a": 1}"#),
        ] {
            assert!(!fits(is, &tree(json)), "{json}");
        }
    }

    #[test]
    fn an_empty_field_is_nothing_unless_something_is_needed() {
        assert!(written(Is::Text, false, " ").is_nothing());
        assert_eq!(written(Is::Text, true, " "), "".into());
        assert_eq!(written(Is::List, true, ""), Tree::List(Vec::new()));
        assert!(written(Is::List, false, " , ").is_nothing() && written(Is::Number, true, "").is_nothing());
        assert_eq!(written(Is::Number, true, "x"), "x".into());
    }

    #[test]
    fn an_id_is_made_of_a_name_and_there_is_no_other_like_it() {
        assert_eq!(slug("Live chat (24/7)", "rule", &[]), "live-chat-24-7");
        assert_eq!(slug("Größe", "rule", &[]), "groesse");
        assert_eq!(slug("日本", "rule", &["rule", "rule-2"]), "rule-3");
        for name in ["-- a", "_x", "ÉTÉ", &"long ".repeat(40)] {
            assert!(nod_core::id::VendorId::parse(&slug(name, "rule", &[])).is_some(), "{name}");
        }
    }
}
