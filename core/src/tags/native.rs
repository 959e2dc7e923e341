//! [`serde_json`]'s values as documents.

use std::borrow::Cow;

use serde_json::{Number, Value};

use super::Node;

impl Node for Cow<'_, Value> {
    fn text(&self) -> Option<String> {
        self.as_str().map(str::to_owned)
    }

    fn number(&self) -> Option<f64> {
        self.as_f64()
    }

    fn truth(&self) -> Option<bool> {
        self.as_bool()
    }

    fn is_nothing(&self) -> bool {
        self.is_null()
    }

    fn member(&self, name: &str) -> Self {
        let position = || name.parse::<usize>().ok().filter(|index| index.to_string() == name);
        let length = |list: &[Value]| (name == "length").then(|| Cow::Owned(list.len().into()));
        let found = match self {
            Cow::Borrowed(Value::Object(map)) => map.get(name).map(Cow::Borrowed),
            Cow::Borrowed(Value::Array(list)) => length(list).or_else(|| list.get(position()?).map(Cow::Borrowed)),
            Cow::Owned(Value::Object(map)) => map.get(name).cloned().map(Cow::Owned),
            Cow::Owned(Value::Array(list)) => length(list).or_else(|| list.get(position()?).cloned().map(Cow::Owned)),
            _ => None,
        };
        found.unwrap_or(Cow::Owned(Value::Null))
    }

    fn count(&self) -> Option<usize> {
        self.as_array().map(Vec::len)
    }

    fn item(&self, place: usize) -> Self {
        let found = match self {
            Cow::Borrowed(list) => list.get(place).map(Cow::Borrowed),
            Cow::Owned(list) => list.get(place).cloned().map(Cow::Owned),
        };
        found.unwrap_or(Cow::Owned(Value::Null))
    }

    fn names(&self) -> Option<Vec<String>> {
        self.as_object().map(|map| map.keys().cloned().collect())
    }

    fn json(&self) -> String {
        let mut out = String::new();
        write(self, &mut out);
        out
    }

    fn parse(json: &str) -> Self {
        Cow::Owned(serde_json::from_str(json).unwrap_or(Value::Null))
    }
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Number(number) => write_number(number, out),
        Value::Array(list) => {
            out.push('[');
            for (at, item) in list.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        Value::Object(map) => {
            out.push('{');
            for (at, (name, member)) in map.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                super::json::write_text(name, out);
                out.push(':');
                write(member, out);
            }
            out.push('}');
        }
        Value::String(text) => super::json::write_text(text, out),
        plain => out.push_str(&plain.to_string()),
    }
}

/// As JavaScript spells it (ECMA-262, `Number::toString`): a whole number without a point, exponents only far out.
fn write_number(number: &Number, out: &mut String) {
    let Some(float) = number.as_f64() else { return out.push_str("null") };
    if float == 0.0 {
        return out.push('0');
    }
    // Rust's shortest digits, `-1.25e-7`, and JavaScript's are the same; only their arrangement differs.
    let written = format!("{float:e}");
    let (digits, exponent) = written.split_once('e').unwrap_or((&written, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-6..21).contains(&exponent) {
        // `Display` never uses an exponent.
        out.push_str(&float.to_string());
    } else {
        out.push_str(digits);
        out.push_str(if exponent < 0 { "e" } else { "e+" });
        out.push_str(&exponent.to_string());
    }
}
