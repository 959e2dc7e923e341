//! JSON and the library's values, each as the other.

use async_graphql::{Name, Value, Variables, indexmap::IndexMap};
use serde_json::{Map, Value as Json};

/// JSON as the library takes it.
pub(super) fn value(json: Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(yes) => Value::Boolean(yes),
        Json::Number(number) => Value::Number(number),
        Json::String(text) => Value::String(text),
        Json::Array(items) => Value::List(items.into_iter().map(value).collect()),
        Json::Object(members) => {
            let members = members.into_iter().map(|(name, json)| (Name::new(name), value(json)));
            Value::Object(members.collect::<IndexMap<_, _>>())
        }
    }
}

/// The library's value as JSON, where an item of an enumeration is its name.
pub(super) fn json(value: &Value) -> Json {
    match value {
        // No argument is bytes: nothing is uploaded.
        Value::Null | Value::Binary(_) => Json::Null,
        Value::Boolean(yes) => Json::Bool(*yes),
        Value::Number(number) => Json::Number(number.clone()),
        Value::String(text) => Json::String(text.clone()),
        Value::Enum(item) => Json::String(item.to_string()),
        Value::List(items) => Json::Array(items.iter().map(json).collect()),
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| (name.to_string(), json(value)));
            Json::Object(members.collect::<Map<_, _>>())
        }
    }
}

/// The variables of a request.
pub(super) fn variables(given: Map<String, Json>) -> Variables {
    let mut variables = Variables::default();
    for (name, json) in given {
        variables.insert(Name::new(name), value(json));
    }
    variables
}
