use super::*;
use proptest::prelude::*;
use serde_json::json;

fn found(path: &str, within: &Value) -> Vec<Value> {
    Path::parse(path).unwrap().find(within).cloned().collect()
}

#[test]
fn a_path_leads_to_what_stands_there() {
    let payload = json!({"customer": {"email": "a", "addresses": [{"phone": 1}, {}, {"phone": 2}]},
                         "metadata": {"x": 3, "y": {"z": 4}}, "a.b": 5, "*": 6, "grid": [[7], [8, 9]], "n": null});
    for (path, expected) in [
        ("customer.email", json!(["a"])),
        ("customer.addresses[].phone", json!([1, 2])),
        ("metadata.*", json!([3, {"z": 4}])),
        ("*.z", json!([])),
        ("*.*.z", json!([4])),
        ("a\\.b", json!([5])),
        ("a.b", json!([])),
        ("\\*", json!([6])),
        ("grid[][]", json!([7, 8, 9])),
        ("grid", json!([[[7], [8, 9]]])),
        ("n", json!([null])),
        ("customer[]", json!([])),
        ("customer.email.more", json!([])),
    ] {
        assert_eq!(json!(found(path, &payload)), expected, "{path}");
    }
    assert_eq!(found("[].email", &json!([{"email": 1}, {"email": 2}])), [json!(1), json!(2)]);
    assert_eq!(found("[]", &json!([1])), [json!(1)]);
}

#[test]
fn what_is_no_path_is_refused_with_the_reason() {
    for (text, reason) in [
        ("", InvalidPath::Empty),
        (".", InvalidPath::EmptyKey),
        ("a..b", InvalidPath::EmptyKey),
        ("a.", InvalidPath::EmptyKey),
        ("a.[]", InvalidPath::EmptyKey),
        ("a[", InvalidPath::Bracket),
        ("a[0]", InvalidPath::Bracket),
        ("a]", InvalidPath::Bracket),
        ("a[]b", InvalidPath::Bracket),
        ("a\\", InvalidPath::Escape),
        (&"a".repeat(201), InvalidPath::TooLong),
        (&["a"; 17].join("."), InvalidPath::TooDeep),
        (&"[]".repeat(17), InvalidPath::TooDeep),
    ] {
        assert_eq!(Path::parse(text), Err(reason), "{text}");
        assert!(!reason.to_string().is_empty() && !reason.name().is_empty());
    }
    assert!(Path::parse(&["a"; 16].join(".")).is_ok());
}

#[test]
fn following_a_path_ends() {
    let wide = json!({"list": vec![0; MAX_LOOKS * 2]});
    assert!(found("list[]", &wide).len() < MAX_LOOKS);
}

#[test]
fn a_path_is_stored_as_it_is_written() {
    let path: Path = serde_json::from_str(r#""data[].a\\.b""#).unwrap();
    assert_eq!(serde_json::to_string(&path).unwrap(), r#""data[].a\\.b""#);
    assert!(serde_json::from_str::<Path>(r#""a..b""#).is_err());
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused_without_a_panic(text: String) {
        if let Ok(path) = Path::parse(&text) {
            let _ = path.find(&json!({"a": [{"b": 1}], "c": null})).count();
        }
    }

    #[test]
    fn any_key_can_be_written(key in ".{1,40}") {
        let written: String = key.chars().flat_map(|character| ['\\', character]).collect();
        if let Ok(path) = Path::parse(&written) {
            prop_assert_eq!(path.find(&json!({&key: 1})).count(), 1);
        }
    }

    #[test]
    fn a_payload_made_around_a_value_has_it_there(steps in prop::collection::vec("[a-z]{1,3}|\\*|x\\[\\]", 1..8)) {
        let path = Path::parse(&steps.join(".")).unwrap();
        let made = path.around(json!(7));
        prop_assert_eq!(path.find(&made).collect::<Vec<_>>(), [&json!(7)]);
    }
}
