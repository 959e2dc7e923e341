//! What the edge will take of an event, told by a page before it sends one: a batch is refused as a whole.

/// The properties of an event, in bytes of JSON.
pub const MAX_PROPS_BYTES: usize = 4096;
/// How many properties.
pub const MAX_PROPS: usize = 50;
/// How many objects and lists may be inside one another, the properties themselves among them.
pub const MAX_DEPTH: usize = 4;

/// Whether an event may be called so.
pub fn is_name(name: &str) -> bool {
    (1..=64).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b':' | b'-'))
}

/// Whether an event may have these properties: a text that JavaScript made of a value.
pub fn are_props(json: &str) -> bool {
    let (mut depth, mut commas, mut is_text, mut is_escaped) = (0, 0, false, false);
    for byte in json.bytes() {
        if is_text {
            is_text = is_escaped || byte != b'"';
            is_escaped = byte == b'\\' && !is_escaped;
            continue;
        }
        match byte {
            b'"' => is_text = true,
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            b',' if depth == 1 => commas += 1,
            _ => {}
        }
        if depth > MAX_DEPTH {
            return false;
        }
    }
    json.starts_with("{") && json.len() <= MAX_PROPS_BYTES && commas < MAX_PROPS
}

#[cfg(all(test, feature = "records"))]
mod tests {
    use super::*;
    use crate::{events::Batch, time::Timestamp};
    use proptest::prelude::*;
    use serde_json::{Value, json};

    /// What the edge says.
    fn is_taken(props: &Value) -> bool {
        let body = json!({"site": "shop", "events": [{"name": "a", "props": props}]}).to_string();
        Batch::parse(body.as_bytes(), Timestamp::from_millis(1).unwrap()).is_ok()
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<i32>().prop_map(Value::from),
            "[\\PC\"\\\\,{}\\[\\]]{0,6}".prop_map(Value::from)
        ];
        leaf.prop_recursive(6, 40, 3, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
                prop::collection::hash_map("[a-z\"\\\\{,]{1,3}", inner, 0..3)
                    .prop_map(|members| members.into_iter().collect()),
            ]
        })
    }

    #[test]
    fn the_bounds_are_the_edges() {
        let with = |count: usize| (0..count).map(|at| (format!("p{at}"), Value::from(","))).collect::<Value>();
        let long = |bytes: usize| json!({"a": "x".repeat(bytes - r#"{"a":""}"#.len())});
        for (props, fits) in
            [(with(50), true), (with(51), false), (long(4096), true), (long(4097), false), (json!({}), true)]
        {
            assert_eq!((are_props(&props.to_string()), is_taken(&props)), (fits, fits));
        }
    }

    proptest! {
        #[test]
        fn what_fits_is_what_the_edge_takes(props in value()) {
            prop_assert_eq!(are_props(&props.to_string()), is_taken(&props), "{}", props);
        }
    }
}
