//! Arguments, held against the types of the schema: after that every argument has its form, and defaults stand where nothing
//! was said.
//!
//! The library's validation looks at what a document says. It passes over arguments with a variable that is not given, over
//! defaults within inputs and over the range of a number; nothing goes into a field that has not been here.

use async_graphql::{Error, Name, Result, Value, indexmap::IndexMap};
use serde_json::Map;

use super::{
    json::json,
    schema::{Kind, Member, Type, default, named},
    session::coded,
};

/// The arguments of a field, or the members of an input.
#[derive(Clone, Copy)]
pub(super) struct Input<'a>(&'a IndexMap<Name, Value>);

impl<'a> Input<'a> {
    pub(super) fn new(members: &'a IndexMap<Name, Value>) -> Self {
        Self(members)
    }

    fn get(self, name: &str) -> Option<&'a Value> {
        self.0.get(name).filter(|value| **value != Value::Null)
    }

    /// A text or an id, if it is given.
    pub(super) fn text(self, name: &str) -> Option<&'a str> {
        match self.get(name) {
            Some(Value::String(text)) => Some(text),
            _ => None,
        }
    }

    /// A text or an id that the schema demands.
    pub(super) fn must(self, name: &str) -> &'a str {
        self.text(name).unwrap_or_default()
    }

    /// An item of an enumeration, by the name that the rules and the database have for it.
    pub(super) fn name(self, name: &str) -> Option<String> {
        match self.get(name) {
            Some(Value::Enum(item)) => Some(item.to_ascii_lowercase()),
            _ => None,
        }
    }

    /// Items of an enumeration, by those names, if they are given.
    pub(super) fn names(self, name: &str) -> Option<Vec<String>> {
        let item = |item: &Value| match item {
            Value::Enum(item) => Some(item.to_ascii_lowercase()),
            _ => None,
        };
        match self.get(name) {
            Some(Value::List(items)) => Some(items.iter().filter_map(item).collect()),
            _ => None,
        }
    }

    pub(super) fn number(self, name: &str) -> Option<i32> {
        match self.get(name) {
            Some(Value::Number(number)) => number.as_i64().and_then(|number| number.try_into().ok()),
            _ => None,
        }
    }

    /// Yes, and nothing else.
    pub(super) fn is(self, name: &str) -> bool {
        self.get(name) == Some(&Value::Boolean(true))
    }

    /// Yes or no, if either is said.
    pub(super) fn yes_or_no(self, name: &str) -> Option<bool> {
        match self.get(name) {
            Some(Value::Boolean(yes)) => Some(*yes),
            _ => None,
        }
    }

    /// Texts, if they are given.
    pub(super) fn texts(self, name: &str) -> Option<Vec<String>> {
        let text = |item: &Value| match item {
            Value::String(text) => Some(text.clone()),
            _ => None,
        };
        match self.get(name) {
            Some(Value::List(items)) => Some(items.iter().filter_map(text).collect()),
            _ => None,
        }
    }

    pub(super) fn input(self, name: &str) -> Option<Self> {
        match self.get(name) {
            Some(Value::Object(members)) => Some(Self(members)),
            _ => None,
        }
    }

    /// Any JSON.
    pub(super) fn json(self, name: &str) -> serde_json::Value {
        self.get(name).map(json).unwrap_or_default()
    }

    /// As the rules write it: `occurred_at` for `occurredAt`, `email` for `EMAIL`, and nothing for null.
    pub(super) fn as_rules_write_it(self) -> serde_json::Value {
        let members = self.0.iter().filter(|(_, value)| **value != Value::Null);
        let written = members.map(|(name, value)| (snake_case(name), as_rules_write_it(value)));
        serde_json::Value::Object(written.collect::<Map<_, _>>())
    }
}

fn as_rules_write_it(value: &Value) -> serde_json::Value {
    match value {
        Value::Object(members) => Input(members).as_rules_write_it(),
        Value::List(items) => items.iter().map(as_rules_write_it).collect(),
        Value::Enum(item) => item.to_ascii_lowercase().into(),
        leaf => json(leaf),
    }
}

fn snake_case(name: &str) -> String {
    let mut written = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            written.push('_');
        }
        written.push(letter.to_ascii_lowercase());
    }
    written
}

/// The arguments of a field in the form that the schema gives them.
pub(super) fn read(members: &[Member], given: &IndexMap<Name, Value>) -> Result<IndexMap<Name, Value>> {
    let mut read = IndexMap::new();
    for member in members {
        let value = match given.get(member.name) {
            Some(value) => typed(member.ty, value).map_err(|error| within(member, error))?,
            None => match default(member) {
                Some(default) => typed(member.ty, &default)?,
                None if member.ty.ends_with('!') => return Err(wrong(&format!("`{}` is needed.", member.name))),
                None => continue,
            },
        };
        read.insert(Name::new(member.name), value);
    }
    match given.keys().find(|name| !members.iter().any(|member| member.name == name.as_str())) {
        Some(name) => Err(wrong(&format!("There is no `{name}` here."))),
        None => Ok(read),
    }
}

fn typed(ty: &str, value: &Value) -> Result<Value> {
    if let Some(inner) = ty.strip_suffix('!') {
        return if *value == Value::Null { Err(expected(ty)) } else { typed(inner, value) };
    }
    if *value == Value::Null {
        return Ok(Value::Null);
    }
    if let Some(inner) = ty.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        let items = match value {
            Value::List(items) => items.as_slice(),
            // One alone stands for a list of one.
            one => std::slice::from_ref(one),
        };
        return Ok(Value::List(items.iter().map(|item| typed(inner, item)).collect::<Result<_>>()?));
    }
    match named(ty) {
        Some(Type { kind: Kind::Scalar, name: "JSON", .. }) => Some(value.clone()),
        Some(Type { kind: Kind::Input, members, .. }) => match value {
            Value::Object(given) => Some(Value::Object(read(members, given)?)),
            _ => None,
        },
        Some(items @ Type { kind: Kind::Enum, .. }) => item(items, value),
        Some(_) => text(value),
        None => of_the_language(ty, value),
    }
    .ok_or_else(|| expected(ty))
}

fn item(items: &Type, value: &Value) -> Option<Value> {
    let name = match value {
        Value::Enum(name) => name.as_str(),
        // In variables an item is a text.
        Value::String(name) => name,
        _ => return None,
    };
    items.member(name).map(|item| Value::Enum(Name::new(item.name)))
}

fn text(value: &Value) -> Option<Value> {
    matches!(value, Value::String(_)).then(|| value.clone())
}

fn of_the_language(ty: &str, value: &Value) -> Option<Value> {
    match (ty, value) {
        ("ID", Value::Number(number)) if number.is_i64() => Some(Value::String(number.to_string())),
        ("ID" | "String", _) => text(value),
        ("Int", Value::Number(number)) => {
            number.as_i64().and_then(|number| i32::try_from(number).ok()).map(|_| value.clone())
        }
        ("Float", Value::Number(_)) | ("Boolean", Value::Boolean(_)) => Some(value.clone()),
        _ => None,
    }
}

fn expected(ty: &str) -> Error {
    wrong(&format!("This is no {ty}."))
}

fn within(member: &Member, error: Error) -> Error {
    Error { message: format!("`{}`: {}", member.name, error.message), ..error }
}

fn wrong(sentence: &str) -> Error {
    coded(sentence, "BAD_INPUT")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::graphql::json::value;

    fn read_as(change: &str, input: serde_json::Value) -> Result<serde_json::Value, String> {
        let member = named("Mutation").and_then(|root| root.member(change)).ok_or("no such change")?;
        let Value::Object(given) = value(json!({"input": input})) else { return Err("no object".to_owned()) };
        let read = read(&member.arguments, &given).map_err(|error| error.message)?;
        Ok(Input(&read).json("input"))
    }

    #[test]
    fn arguments_have_the_form_that_the_schema_gives_them() {
        let made = read_as("createConnection", json!({"source": "CUSTOM", "label": "Ours", "secret": null}));
        assert_eq!(made, Ok(json!({"source": "CUSTOM", "label": "Ours", "secret": null})));
        assert_eq!(read_as("replayDelivery", json!({"delivery": 7})), Ok(json!({"delivery": "7"})));
        for (change, input) in [
            ("createConnection", json!("CUSTOM")),
            ("createConnection", json!(null)),
            ("createConnection", json!([])),
            ("createConnection", json!({"label": "Ours"})),
            ("createConnection", json!({"source": "OURS", "label": "Ours"})),
            ("createConnection", json!({"source": 1, "label": "Ours"})),
            ("createConnection", json!({"source": "CUSTOM", "label": null})),
            ("createConnection", json!({"source": "CUSTOM", "label": {"a": 1}})),
            ("createConnection", json!({"source": "CUSTOM", "label": "Ours", "more": 1})),
            ("rotateConnectionSecret", json!({"connection": "a", "overlapSeconds": 2_147_483_648_i64})),
            ("rotateConnectionSecret", json!({"connection": "a", "overlapSeconds": 1.5})),
            ("rotateConnectionSecret", json!({"connection": "a", "overlapSeconds": "1"})),
            ("replayDelivery", json!({"delivery": true})),
            ("tryFieldMapping", json!({"mapping": {"event": [null], "records": []}, "sample": {}})),
            ("tryFieldMapping", json!({"mapping": {"event": ["a"], "records": [1]}, "sample": {}})),
            ("tryFieldMapping", json!({"mapping": {"event": ["a"], "records": []}, "sample": null})),
        ] {
            let read = read_as(change, input.clone());
            assert!(read.as_ref().is_err_and(|sentence| sentence.contains(' ')), "{input}: {read:?}");
        }
    }

    #[test]
    fn defaults_stand_where_nothing_was_said_within_inputs_too() {
        assert_eq!(
            read_as("rotateConnectionSecret", json!({"connection": "a"})),
            Ok(json!({"connection": "a", "overlapSeconds": 86_400}))
        );
        let mapping =
            json!({"event": "type", "records": [{"part": "a"}], "consents": [{"channel": "SMS", "granted": "b"}]});
        assert_eq!(
            read_as("tryFieldMapping", json!({"mapping": mapping, "sample": {"anyName": ["ANY"]}})),
            Ok(json!({"mapping": {
                "event": ["type"],
                "occurredAt": [],
                "records": [{"part": "a", "email": [], "phone": [], "customerId": [], "authoritative": true}],
                "classes": [],
                "consents": [{"channel": "SMS", "granted": "b"}],
            }, "sample": {"anyName": ["ANY"]}}))
        );
    }

    #[test]
    fn the_rules_read_names_of_their_own() {
        let members = [
            ("occurredAt", Value::List(vec![Value::String("aB".to_owned())])),
            ("channel", Value::Enum(Name::new("EMAIL"))),
            ("root", Value::Null),
        ];
        let members = members.into_iter().map(|(name, value)| (Name::new(name), value)).collect();
        assert_eq!(Input(&members).as_rules_write_it(), json!({"occurred_at": ["aB"], "channel": "email"}));
    }
}
