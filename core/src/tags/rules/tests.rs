//! What follows when a trigger fires.

use std::borrow::Cow;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{MAX_DEPTH, MAX_EFFECTS, Rules};
use crate::tags::Effect;

fn fire(document: &Value, trigger: usize, context: &Value) -> Vec<Effect> {
    Rules::new(&Cow::Borrowed(document)).fire(trigger, &Cow::Borrowed(context))
}

fn track(event: &str) -> Value {
    json!({"do": "track", "event": event})
}

fn on(event: &str, then: &Value) -> Value {
    json!({"id": event, "when": [{"on": "event", "name": event}], "then": then})
}

/// The names of the events among the effects.
fn names(effects: &[Effect]) -> Vec<&str> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Track { name, .. } => Some(name.as_str()),
            _ => None,
        })
        .collect()
}

#[test]
fn triggers_are_counted_over_all_rules() {
    let document = json!({"rules": [
        {"when": [{"on": "page"}, {"on": "ready"}], "then": [track("a")]},
        {"when": [{"on": "loaded"}], "then": [track("b")]},
    ]});
    for (trigger, expected) in [(0, vec!["a"]), (1, vec!["a"]), (2, vec!["b"]), (3, vec![])] {
        assert_eq!(names(&fire(&document, trigger, &json!({}))), expected, "{trigger}");
    }
}

#[test]
fn an_event_of_a_rule_has_its_values_and_the_usual_purpose() {
    let document = json!({"rules": [{"when": [{"on": "click"}], "then": [
        {"do": "track", "event": "buy", "props": {"sku": {"from": "element.data.sku"}, "none": {"from": "element.id"}}},
        {"do": "track", "event": "ad", "purpose": "marketing"},
        {"do": "track", "event": "odd", "props": {"from": "element.data.sku"}},
    ]}]});
    let event = |name: &str, purpose: &str, props: &str| Effect::Track {
        name: name.into(),
        purpose: purpose.into(),
        props: props.into(),
    };
    assert_eq!(
        fire(&document, 0, &json!({"element": {"data": {"sku": "A\"1"}}})),
        [
            event("buy", "analytics", r#"{"sku":"A\"1"}"#),
            event("ad", "marketing", "{}"),
            event("odd", "analytics", "{}")
        ]
    );
}

#[test]
fn a_variable_counts_from_the_action_after_the_one_that_sets_it() {
    let document = json!({"variables": {"seen": 0, "kept": "x"}, "rules": [{"when": [{"on": "click"}], "then": [
        {"do": "track", "event": "before", "props": {"seen": {"from": "variables.seen"}}},
        {"do": "set", "variable": "seen", "value": {"of": {"from": "page.path"}}},
        {"do": "set", "variable": "gone", "value": {"from": "page.title"}},
        {"do": "track", "event": "after", "props": {
            "seen": {"from": "variables.seen.of"}, "kept": {"from": "variables.kept"}, "gone": {"from": "variables.gone"}}},
    ]}]});
    let mut rules = Rules::new(&Cow::Borrowed(&document));
    let context = json!({"page": {"path": "/a"}});
    let mut props = || -> Vec<String> {
        let effects = rules.fire(0, &Cow::Borrowed(&context));
        effects.into_iter().filter_map(|effect| effect.event()).collect()
    };
    let after = r#"{"name":"after","purpose":"analytics","props":{"kept":"x","seen":"/a"}}"#;
    assert_eq!(props(), [r#"{"name":"before","purpose":"analytics","props":{"seen":0}}"#, after]);
    assert_eq!(props(), [r#"{"name":"before","purpose":"analytics","props":{"seen":{"of":"/a"}}}"#, after]);
}

#[test]
fn a_vendor_is_named_by_its_place() {
    let document = json!({"vendors": [{"id": "a"}, {"id": "b"}], "rules": [{"when": [{"on": "page"}], "then": [
        {"do": "load", "vendor": "b"}, {"do": "load", "vendor": "c"}, {"do": "nothing that is known"},
    ]}]});
    assert_eq!(fire(&document, 0, &json!({})), [Effect::Load(1)]);
}

#[test]
fn an_element_and_a_call_are_written_out() {
    let document = json!({"rules": [{"when": [{"on": "page"}], "then": [
        {"do": "insert", "element": "img", "purposes": ["marketing"],
         "attributes": {"alt": "", "src": {"text": "https://a.example/?u={page.url}"}, "title": {"from": "page.title"}}},
        {"do": "call", "url": "https://a.example/", "purposes": ["analytics", "marketing"], "body": {"u": {"from": "page.url"}}},
        {"do": "call", "method": "GET", "url": {"from": "page.url"}, "purposes": ["analytics"]},
    ]}]});
    assert_eq!(
        fire(&document, 0, &json!({"page": {"url": "https://b.example/?a&b"}})),
        [
            Effect::Insert {
                purposes: vec!["marketing".into()],
                json: r#"{"element":"img","into":"body","attributes":{"alt":"","src":"https://a.example/?u=https%3A%2F%2Fb.example%2F%3Fa%26b"}}"#.into(),
            },
            Effect::Call {
                purposes: vec!["analytics".into(), "marketing".into()],
                json: r#"{"method":"POST","url":"https://a.example/","body":{"u":"https://b.example/?a&b"}}"#.into(),
            },
        ]
    );
}

#[test]
fn what_an_event_causes_needs_what_the_event_needs() {
    let call = json!({"do": "call", "url": "https://a.example/", "purposes": ["analytics"]});
    let document = json!({"rules": [on("ad_*", &json!([call]))]});
    let event = json!({"name": "ad_click", "purpose": "marketing", "props": {}});
    let effects = Rules::new(&Cow::Borrowed(&document)).tracked(&Cow::Borrowed(&event), &Cow::Owned(json!({})));
    let [Effect::Call { purposes, .. }] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!(purposes, &["analytics", "marketing"]);
}

#[test]
fn events_of_rules_are_events_to_rules() {
    let document = json!({"rules": [
        {"when": [{"on": "page"}], "then": [track("a"), track("z")]},
        {"when": [{"on": "event", "name": "a"}, {"on": "event", "name": "*"}], "if": [{"path": "event.name", "is": "equals", "value": "a"}],
         "then": [{"do": "track", "event": "b", "props": {"of": {"from": "event.name"}}}]},
    ]});
    let effects = fire(&document, 0, &json!({}));
    assert_eq!(names(&effects), ["a", "b", "z"]);
    assert!(matches!(&effects[1], Effect::Track { props, .. } if props == r#"{"of":"a"}"#));
}

#[test]
fn rules_that_call_themselves_come_to_an_end() {
    let document = json!({"rules": [on("a", &json!([track("a")]))]});
    let event = json!({"name": "a", "props": {}});
    let effects = Rules::new(&Cow::Borrowed(&document)).tracked(&Cow::Borrowed(&event), &Cow::Owned(json!({})));
    assert_eq!(effects.len(), MAX_DEPTH + 1);
    let document = json!({"rules": [on("a", &json!([track("a"), track("a"), track("a"), track("a"), track("a")]))]});
    let effects = Rules::new(&Cow::Borrowed(&document)).tracked(&Cow::Borrowed(&event), &Cow::Owned(json!({})));
    assert_eq!(effects.len(), MAX_EFFECTS);
}

/// Any JSON, with the members that the language reads standing in it more often than by chance.
fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "[a-z{}.]{0,8}".prop_map(Value::from),
        prop::sample::select(vec![
            "page.path",
            "event.name",
            "track",
            "insert",
            "call",
            "set",
            "load",
            "event",
            "a",
            "contains"
        ])
        .prop_map(Value::from),
    ];
    let name = prop::sample::select(vec![
        "rules",
        "when",
        "on",
        "name",
        "if",
        "unless",
        "any",
        "path",
        "is",
        "value",
        "then",
        "do",
        "event",
        "props",
        "from",
        "text",
        "url",
        "attributes",
        "purposes",
        "vendors",
        "variables",
        "variable",
    ]);
    leaf.prop_recursive(6, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(name.clone().prop_map(str::to_owned), inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_document_is_carried_out_within_bounds(rules in prop::collection::vec(anything(), 0..4), then in prop::collection::vec(anything(), 0..4), context in anything()) {
        let mut all = rules;
        all.push(json!({"when": [{"on": "page"}, {"on": "event", "name": "*"}], "then": then}));
        let document = json!({"rules": all, "variables": context});
        let mut rules = Rules::new(&Cow::Borrowed(&document));
        for trigger in 0..8 {
            for effect in rules.fire(trigger, &Cow::Borrowed(&context)) {
                let written = match effect {
                    Effect::Track { .. } => effect.event().unwrap(),
                    Effect::Insert { json, .. } | Effect::Call { json, .. } => json,
                    Effect::Load(_) => continue,
                };
                prop_assert!(serde_json::from_str::<Value>(&written).is_ok_and(|value| value.is_object()), "{}", written);
            }
        }
        prop_assert!(rules.tracked(&Cow::Borrowed(&context), &Cow::Borrowed(&context)).len() <= MAX_EFFECTS);
    }

    #[test]
    fn no_rule_runs_whose_exception_holds(context in anything(), conditions in prop::collection::vec(anything(), 0..3)) {
        let holds = json!({"path": "regime", "is": "missing"});
        let document = json!({"rules": [{"when": [{"on": "page"}], "if": conditions, "unless": [holds], "then": [track("a")]}]});
        let mut context = context;
        if let Some(members) = context.as_object_mut() {
            members.remove("regime");
        }
        prop_assert!(fire(&document, 0, &context).is_empty());
    }
}
