//! A form with bracketed names, `data[merges][EMAIL]=…`, as the tree that it spells.

use serde_json::{Map, Value};

use crate::webhook;

/// How deep names may nest.
const MAX_DEPTH: usize = 8;

/// The tree, its leaves all text. `None` where the body is no form, has a field twice or a field that is also a branch, or
/// is not UTF-8: then it can be read in more than one way.
pub(super) fn tree(body: &[u8]) -> Option<Value> {
    let mut top = Map::new();
    for (name, value) in webhook::form_fields(body)? {
        let name = String::from_utf8(name).ok()?;
        insert(&mut top, &keys(&name)?, String::from_utf8(value).ok()?)?;
    }
    Some(Value::Object(top))
}

fn keys(name: &str) -> Option<Vec<&str>> {
    let (first, rest) = name.split_at(name.find('[').unwrap_or(name.len()));
    let mut keys = vec![first];
    if let Some(rest) = rest.strip_prefix('[') {
        keys.extend(rest.strip_suffix(']')?.split("]["));
    }
    let good = keys.len() <= MAX_DEPTH && !first.is_empty() && keys.iter().all(|key| !key.contains(['[', ']']));
    good.then_some(keys)
}

fn insert(top: &mut Map<String, Value>, keys: &[&str], value: String) -> Option<()> {
    let (last, branches) = keys.split_last()?;
    let mut within = top;
    for key in branches {
        within = within.entry(*key).or_insert_with(|| Value::Object(Map::new())).as_object_mut()?;
    }
    // `names[]=…` may come again and again: its values are numbered.
    let key = if last.is_empty() { within.len().to_string() } else { (*last).to_owned() };
    within.insert(key, Value::String(value)).is_none().then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn bracketed_names_spell_a_tree() {
        for (body, expected) in [
            ("", Some(json!({}))),
            (
                "type=subscribe&data%5Bmerges%5D[EMAIL]=a",
                Some(json!({"type": "subscribe", "data": {"merges": {"EMAIL": "a"}}})),
            ),
            ("a[]=1&a[]=2", Some(json!({"a": {"0": "1", "1": "2"}}))),
            ("a[b][c]=1&a[b][d]=2", Some(json!({"a": {"b": {"c": "1", "d": "2"}}}))),
            ("a[b]=1&a[b]=2", None),
            ("a=1&a[b]=2", None),
            ("a[b]=1&a=2", None),
            ("[a]=1", None),
            ("a[b=1", None),
            ("a[b]c=1", None),
            ("a[[b]]=1", None),
            ("a]=1", None),
            ("a=%ff", None),
            ("a[1][2][3][4][5][6][7][8]=1", None),
        ] {
            assert_eq!(tree(body.as_bytes()), expected, "{body}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_a_panic(body: Vec<u8>) {
            let _ = tree(&body);
        }

        #[test]
        fn any_brackets_are_read_without_a_panic(body in r"[a\[\]=&]{0,30}") {
            let _ = tree(body.as_bytes());
        }
    }
}
