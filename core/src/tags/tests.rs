//! The language, by the vectors that the page's own evaluator is held to as well.

use std::borrow::Cow;

use serde_json::Value;

use super::{Node, Scope, condition, value};

fn vectors() -> Value {
    serde_json::from_str(include_str!("vectors.json")).unwrap()
}

fn each(kind: &str, judge: impl Fn(&Cow<'_, Value>, &Cow<'_, Value>, &Value)) -> usize {
    let vectors = vectors();
    let list = vectors[kind].as_array().unwrap();
    for vector in list {
        // Both ways in which a document is held: a borrowed one, and one that was made on the way.
        let context = &vectors["contexts"][vector[0].as_str().unwrap()];
        judge(&Cow::Borrowed(context), &Cow::Borrowed(&vector[1]), &vector[2]);
        judge(&Cow::Owned(context.clone()), &Cow::Owned(vector[1].clone()), &vector[2]);
    }
    list.len()
}

#[test]
fn every_condition_means_what_its_vector_says() {
    let count = each("conditions", |context, condition, holds| {
        assert_eq!(condition::holds(condition, &Scope::of(context)), *holds, "{condition}");
    });
    assert!(count >= 60);
}

#[test]
fn every_value_is_what_its_vector_says() {
    each("values", |context, value, gives| {
        let mut written = String::new();
        assert!(value::write(value, &Scope::of(context), &mut written), "{value}");
        assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), *gives, "{value}");
    });
}

#[test]
fn what_is_put_into_an_address_stays_its_part_of_it() {
    each("addresses", |context, address, gives| {
        let mut written = String::new();
        assert!(value::write_address(address, &Scope::of(context), &mut written), "{address}");
        assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), *gives, "{address}");
    });
}

#[test]
fn what_a_page_says_alone_is_no_address() {
    let context = vectors()["contexts"]["shop"].clone();
    let address = serde_json::json!({"from": "page.url"});
    assert!(!value::write_address(&Cow::Borrowed(&address), &Scope::of(&Cow::Borrowed(&context)), &mut String::new()));
}

#[test]
fn a_rule_runs_where_all_conditions_hold_and_no_exception_does() {
    let context = Cow::Owned(vectors()["contexts"]["shop"].clone());
    let holding = serde_json::json!({"path": "regime", "is": "equals", "value": "gdpr"});
    let failing = serde_json::json!({"path": "regime", "is": "equals", "value": "uk"});
    for (conditions, exceptions, runs) in [
        (vec![], vec![], true),
        (vec![&holding, &holding], vec![&failing], true),
        (vec![&holding, &failing], vec![], false),
        (vec![&holding], vec![&failing, &holding], false),
    ] {
        let rule = serde_json::json!({"if": conditions, "unless": exceptions});
        assert_eq!(condition::permits(&Cow::Borrowed(&rule), &Scope::of(&context)), runs, "{rule}");
    }
}

#[test]
fn numbers_are_spelled_as_javascript_spells_them() {
    for (number, spelled) in [
        ("1.0", "1"),
        ("-0.0", "0"),
        ("100000000000000000000", "100000000000000000000"),
        ("1e21", "1e+21"),
        ("1.25e-7", "1.25e-7"),
        ("0.000001", "0.000001"),
        ("-1.5e300", "-1.5e+300"),
        ("9007199254740993", "9007199254740992"),
    ] {
        assert_eq!(<Cow<'_, Value> as Node>::parse(number).json(), spelled);
    }
}
