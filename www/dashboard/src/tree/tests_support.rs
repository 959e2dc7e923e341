//! Documents of tests, and the rules' own reading of them.

use serde_json::Value;

use super::Tree;

/// What this JSON says.
pub(crate) fn tree(json: &str) -> Tree {
    of(&serde_json::from_str(json).unwrap())
}

/// A document of the rules.
pub(crate) fn of(value: &Value) -> Tree {
    match value {
        Value::Null => Tree::Nothing,
        Value::Bool(truth) => Tree::Truth(*truth),
        Value::Number(number) => Tree::Number(number.as_f64().unwrap()),
        Value::String(text) => Tree::Text(text.clone()),
        Value::Array(items) => Tree::List(items.iter().map(of).collect()),
        Value::Object(members) => Tree::Object(members.iter().map(|(name, value)| (name.clone(), of(value))).collect()),
    }
}

/// The document for the rules.
pub(crate) fn value(tree: &Tree) -> Value {
    match tree {
        Tree::Nothing => Value::Null,
        Tree::Truth(truth) => (*truth).into(),
        // What JSON.stringify writes without a point is a whole number.
        Tree::Number(number) => serde_json::from_str(&number.to_string()).unwrap(),
        Tree::Text(text) => text.as_str().into(),
        Tree::List(items) => items.iter().map(value).collect(),
        Tree::Object(members) => members.iter().map(|(name, member)| (name.clone(), value(member))).collect(),
    }
}
