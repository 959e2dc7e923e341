//! A look as it is written: `{"accent": "#7a1f3d", "theme": "dark", "corners": "square", "position": "bar"}`. What is left out is as
//! the product has it.

use std::fmt;

use serde_json::{Map, Value};

use super::{Colour, Corners, Look, Position, Theme};

const MEMBERS: [&str; 4] = ["accent", "theme", "corners", "position"];

/// Why a document is no look: a sentence for its author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It has no members.
    NoObject,
    /// It has a member that no look has.
    NoMember(String),
    /// What should be a colour is none.
    NoColour(String),
    /// A member is none of these.
    NoChoice(&'static str, Vec<&'static str>),
}

impl fmt::Display for Unfit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoObject => write!(out, "A look is a JSON object of {}.", MEMBERS.join(", ")),
            Self::NoMember(name) => write!(out, "A look has no `{name}`. It has {}.", MEMBERS.join(", ")),
            Self::NoColour(text) => {
                write!(out, "`{text}` is no colour. Write a hash and six digits, such as #7a1f3d.")
            }
            Self::NoChoice(member, choices) => write!(out, "`{member}` is one of {}.", choices.join(", ")),
        }
    }
}

impl std::error::Error for Unfit {}

impl Look {
    /// Reads a look.
    pub fn read(document: &Value) -> Result<Self, Unfit> {
        let Value::Object(members) = document else { return Err(Unfit::NoObject) };
        if let Some(name) = members.keys().find(|name| !MEMBERS.contains(&name.as_str())) {
            return Err(Unfit::NoMember(begun(name)));
        }
        let accent = match members.get("accent") {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(Colour::parse(text.trim()).ok_or_else(|| Unfit::NoColour(begun(text)))?),
            Some(other) => return Err(Unfit::NoColour(begun(&other.to_string()))),
        };
        Ok(Self {
            accent,
            theme: choice(members, "theme", Theme::ALL, Theme::name)?,
            corners: choice(members, "corners", Corners::ALL, Corners::name)?,
            position: choice(members, "position", Position::ALL, Position::name)?,
        })
    }

    /// The document. A look that is the product's own has no members.
    pub fn document(self) -> Value {
        let Self { accent, theme, corners, position } = self;
        let own = Self::default();
        let members = [
            ("accent", accent.map(Colour::css)),
            ("theme", (theme != own.theme).then(|| theme.name().to_owned())),
            ("corners", (corners != own.corners).then(|| corners.name().to_owned())),
            ("position", (position != own.position).then(|| position.name().to_owned())),
        ];
        let said = members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.into())));
        Value::Object(said.collect())
    }
}

fn choice<T: Copy + Default>(
    members: &Map<String, Value>,
    name: &'static str,
    all: &[T],
    named: fn(T) -> &'static str,
) -> Result<T, Unfit> {
    let Some(said) = members.get(name).filter(|said| !said.is_null()) else { return Ok(T::default()) };
    let found = all.iter().find(|choice| said.as_str() == Some(named(**choice)));
    found.copied().ok_or_else(|| Unfit::NoChoice(name, all.iter().map(|choice| named(*choice)).collect()))
}

/// As much of a text as a sentence can hold.
fn begun(text: &str) -> String {
    text.chars().take(100).collect()
}

impl TryFrom<Value> for Look {
    type Error = Unfit;

    fn try_from(document: Value) -> Result<Self, Unfit> {
        Self::read(&document)
    }
}

impl From<Look> for Value {
    fn from(look: Look) -> Self {
        look.document()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_left_out_is_the_products_own() {
        assert_eq!(Look::read(&json!({})), Ok(Look::default()));
        assert_eq!(Look::default().document(), json!({}));
        let said = json!({"accent": "#7A1F3D", "theme": null, "position": "bar"});
        assert_eq!(Look::read(&said).unwrap().document(), json!({"accent": "#7a1f3d", "position": "bar"}));
    }

    #[test]
    fn what_is_no_look_is_refused_with_a_sentence() {
        for (document, part) in [
            (json!("red"), "a JSON object"),
            (json!(null), "a JSON object"),
            (json!({"colour": "#7a1f3d"}), "no `colour`"),
            (json!({"accept": {"accent": "#7a1f3d"}}), "no `accept`"),
            (json!({"accent": "red"}), "`red` is no colour"),
            (json!({"accent": "#7a1f3"}), "such as #7a1f3d"),
            (json!({"accent": "#7a1f3d;}*{display:none"}), "is no colour"),
            (json!({"accent": 7}), "`7` is no colour"),
            (json!({"theme": "night"}), "auto, light, dark"),
            (json!({"corners": ["round"]}), "soft, square, round"),
            (json!({"position": "Bar"}), "start_corner, end_corner, centre, bar"),
        ] {
            let refused = Look::read(&document).map_err(|unfit| unfit.to_string());
            assert!(refused.as_ref().is_err_and(|sentence| sentence.contains(part)), "{document}: {refused:?}");
        }
        assert!(Look::read(&json!({"accent": "x".repeat(5000)})).is_err_and(|unfit| unfit.to_string().len() < 200));
    }

    proptest! {
        /// Whatever is stored: no text of an owner comes into a style sheet but as a colour.
        #[test]
        fn a_look_is_refused_or_read_again_as_it_was(
            accent in "#[0-9a-fA-F]{6}|[#;{}a-f0-9]{0,9}",
            theme in "auto|light|dark|[a-z]{0,3}",
            position in "bar|centre|[a-z]{0,3}",
        ) {
            let document = json!({"accent": accent, "theme": theme, "position": position});
            if let Ok(look) = Look::read(&document) {
                prop_assert_eq!(Look::read(&look.document()), Ok(look));
                let stored = serde_json::to_string(&look).unwrap();
                prop_assert_eq!(serde_json::from_str::<Look>(&stored).unwrap(), look);
                let has_accent = look.css().contains(&["--nod-accent:", &look.painted(super::super::Scheme::Light).accent.css()].concat());
                prop_assert!(has_accent || theme == "dark");
            }
        }
    }
}
