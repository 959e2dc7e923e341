//! What is taken, and what is refused with which sentence.

use serde_json::{Value, json};

use super::*;
use crate::notice::tests_support::notice;

/// One of everything.
fn full() -> Value {
    json!({
        "schema": 1,
        "variables": {"currency": "EUR"},
        "google_consent_mode": {"wait_for_update": 300, "types": {"analytics_storage": ["analytics"]}},
        "vendors": [{"id": "ga", "template": "google-tag", "purposes": ["analytics"], "settings": {"id": "G-ABC123"}, "events": ["*"]}],
        "destinations": [{
            "id": "warehouse", "kind": "webhook", "purposes": ["analytics"], "settings": {"url": "https://in.shop-data.com/x"},
            "events": ["purchase", "cart_*"], "if": [{"path": "event.props.total", "is": "greater", "value": 0}],
            "unless": [{"path": "page.host", "is": "starts_with", "value": "staging."}],
            "mapping": {"names": {"purchase": "Purchase"}, "props": {"value": {"from": "event.props.total"}}},
        }],
        "breakdowns": {"add_to_cart": ["sku"]},
        "rules": [{
            "id": "signup", "name": "Sign-up form",
            "when": [
                {"on": "page"}, {"on": "ready"}, {"on": "loaded"}, {"on": "click", "selector": "a.buy"}, {"on": "submit", "selector": "form"},
                {"on": "view", "selector": "#hero"}, {"on": "scroll", "percent": 50}, {"on": "timer", "seconds": 30, "times": 2},
                {"on": "visibility", "state": "hidden"}, {"on": "error"}, {"on": "consent", "purpose": "marketing"},
                {"on": "datalayer", "event": "login"}, {"on": "event", "name": "cart_*"},
            ],
            "if": [{"path": "page.path", "is": "matches", "value": "/shop/*"}, {"any": [{"path": "consent.marketing", "is": "equals", "value": true}]}],
            "unless": [{"path": "page.query.debug", "is": "exists"}],
            "then": [
                {"do": "track", "event": "sign_up", "purpose": "analytics", "props": {"plan": {"from": "element.data.plan"}, "currency": {"from": "variables.currency"}}},
                {"do": "set", "variable": "seen", "value": true},
                {"do": "load", "vendor": "ga"},
                {"do": "insert", "element": "img", "attributes": {"src": {"text": "https://pixel.example/?p={page.path}&s={variables.seen}"}, "alt": ""}, "purposes": ["marketing"]},
                {"do": "call", "url": "https://api.example/seen", "body": {"path": {"from": "page.path"}}, "purposes": ["analytics"]},
            ],
        }],
    })
}

fn read(document: Value) -> Result<Configuration, Vec<Problem>> {
    Configuration::read(document, &notice(), Hosts::Public)
}

/// The document with what stands at a JSON pointer replaced, added, or taken away.
fn changed(pointer: &str, value: Value) -> Value {
    let mut document = full();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    match document.pointer_mut(parent).unwrap() {
        Value::Object(members) if value.is_null() => drop(members.remove(name)),
        Value::Object(members) => drop(members.insert(name.to_owned(), value)),
        Value::Array(list) => list[name.parse::<usize>().unwrap()] = value,
        _ => unreachable!(),
    }
    document
}

#[test]
fn a_configuration_with_one_of_everything_is_taken() {
    let read = read(full()).unwrap();
    assert_eq!(read.breakdowns["add_to_cart"], ["sku"]);
    assert_eq!((read.vendors.len(), read.rules().len()), (1, 1));
    assert!(read.consent_mode.is_some());
    assert_eq!(*read.document(), full());
}

#[test]
fn an_empty_configuration_is_taken() {
    assert!(read(json!({"schema": 1})).is_ok());
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of mistakes")]
fn every_complaint_says_where_and_what() {
    for (pointer, value, complaint) in [
        ("/schema", json!(2), "schema: It is 1."),
        ("/schema", Value::Null, "schema: It is needed."),
        ("/rule", json!([]), "rule: There is no such member"),
        ("/rules", json!({}), "rules: It is a list"),
        ("/variables/a-b", json!(1), "variables.a-b: A variable's name"),
        ("/google_consent_mode/types/ads", json!([]), "google_consent_mode.types.ads: There is no such type"),
        (
            "/google_consent_mode/wait_for_update",
            json!(-1),
            "google_consent_mode.wait_for_update: It is a whole number",
        ),
        (
            "/google_consent_mode/url_passthrough",
            json!("yes"),
            "google_consent_mode.url_passthrough: It is true or false.",
        ),
        ("/vendors/0/template", json!("gtm"), "vendors[0].template: There is no such template; there are: google-tag"),
        ("/vendors/0/purposes", json!([]), "vendors[0].purposes: At least one purpose is needed."),
        ("/vendors/0/purposes", Value::Null, "vendors[0].purposes: It is needed."),
        (
            "/vendors/0/purposes",
            json!(["fun"]),
            "vendors[0].purposes[0]: The site's notice has no such purpose; it has: necessary, analytics, marketing.",
        ),
        ("/vendors/0/settings/id", json!("UA-1"), "vendors[0].settings.id: It has the form G-* or AW-*"),
        ("/vendors/0/settings/id", Value::Null, "vendors[0].settings.id: It is needed."),
        (
            "/vendors/0/settings/script",
            json!("http://a.example/x.js"),
            "vendors[0].settings.script: It begins with https://",
        ),
        (
            "/vendors/0/settings/colour",
            json!("red"),
            "vendors[0].settings.colour: There is no such setting of Google tag.",
        ),
        ("/vendors/0/events", json!(["a b"]), "vendors[0].events[0]: It is an event's name"),
        ("/vendors/0/events", json!(["*_end"]), "vendors[0].events[0]: It is an event's name"),
        ("/vendors/0/id", json!("G A"), "vendors[0].id: It is made of"),
        ("/destinations/0/kind", json!("fax"), "destinations[0].kind: It is one of: ga4, meta, webhook"),
        (
            "/destinations/0/settings/url",
            json!("https://10.0.0.1/"),
            "destinations[0].settings: They need another `url`",
        ),
        ("/destinations/0/events", json!([]), "destinations[0].events: At least one name"),
        (
            "/destinations/0/if/0/path",
            json!("element.id"),
            "destinations[0].if[0].path: The path element.id leads nowhere at the edge",
        ),
        ("/destinations/0/if/0/path", json!("page.url"), "destinations[0].if[0].path: The path page.url leads nowhere"),
        (
            "/destinations/0/mapping/props/value",
            json!({"from": "variables.currency"}),
            "destinations[0].mapping.props.value.from: The path",
        ),
        ("/breakdowns/add_to_cart", json!("sku"), "breakdowns.add_to_cart: It is a list"),
        ("/rules/0/id", Value::Null, "rules[0].id: It is needed."),
        ("/rules/0/when", json!([]), "rules[0].when: At least one trigger is needed."),
        ("/rules/0/then", Value::Null, "rules[0].then: It is needed."),
        ("/rules/0/when/0/on", json!("hover"), "rules[0].when[0].on: It is one of: page, ready"),
        ("/rules/0/when/3/selector", Value::Null, "rules[0].when[3].selector: It is needed."),
        ("/rules/0/when/6/percent", json!(101), "rules[0].when[6].percent: It is a whole number from 1 to 100."),
        ("/rules/0/when/7/seconds", json!(0), "rules[0].when[7].seconds: It is a number"),
        ("/rules/0/when/8/state", json!("closed"), "rules[0].when[8].state: It is hidden or visible."),
        ("/rules/0/if/0/is", json!("regex"), "rules[0].if[0].is: It is one of: equals"),
        ("/rules/0/if/0/value", Value::Null, "rules[0].if[0].value: It is needed."),
        ("/rules/0/if/0/value", json!(5), "rules[0].if[0].value: It is a text."),
        (
            "/rules/0/if/1/any/0/path",
            json!("consent.fun"),
            "rules[0].if[1].any[0].path: The path consent.fun names no purpose",
        ),
        ("/rules/0/unless/0/value", json!(true), "rules[0].unless[0].value: exists is compared with nothing"),
        (
            "/rules/0/unless/0/path",
            json!("page.querry.debug"),
            "rules[0].unless[0].path: The path page.querry.debug leads nowhere",
        ),
        ("/rules/0/then/0/event", json!("sign up"), "rules[0].then[0].event: It is made of"),
        ("/rules/0/then/0/props/plan", json!({"from": "elements.x"}), "rules[0].then[0].props.plan.from: The path"),
        (
            "/rules/0/then/0/props/plan",
            json!({"from": "variables.curency"}),
            "names a variable that has no value and is never set.",
        ),
        (
            "/rules/0/then/0/props/plan",
            json!({"text": "a {page.hots}"}),
            "rules[0].then[0].props.plan.text: The path page.hots",
        ),
        (
            "/rules/0/then/0/props/plan",
            json!({"from": "page.path", "or": 1}),
            "rules[0].then[0].props.plan.or: There is no such member",
        ),
        ("/rules/0/then/0/value", json!(1), "rules[0].then[0].value: There is no such member"),
        ("/rules/0/then/2/vendor", json!("gb"), "rules[0].then[2].vendor: The configuration has no vendor of this id."),
        ("/rules/0/then/3/element", json!("object"), "rules[0].then[3].element: It is one of: img"),
        ("/rules/0/then/3/purposes", Value::Null, "rules[0].then[3].purposes: It is needed."),
        ("/rules/0/then/4/method", json!("PUT"), "rules[0].then[4].method: It is GET or POST."),
        ("/rules/0/then/4/method", json!("GET"), "rules[0].then[4].body: A GET has no body"),
        ("/rules/0/then/4/do", json!("eval"), "rules[0].then[4].do: It is one of: track"),
    ] {
        let problems = read(changed(pointer, value)).unwrap_err();
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert!(told.iter().any(|told| told.contains(complaint)), "{pointer}: {told:?}");
    }
}

#[test]
fn nothing_that_a_rule_puts_into_a_page_can_run_what_the_page_says() {
    let attributes = |attributes: Value| changed("/rules/0/then/3/attributes", attributes);
    for attributes_ in [
        json!({"src": "/x.png", "onload": "alert(1)"}),
        json!({"src": "/x.png", "ONLOAD": "alert(1)"}),
        json!({"src": "/x.png", "srcdoc": "<script>"}),
        json!({"src": "/x.png", "srcset": {"from": "page.query.x"}}),
        json!({"src": "/x.png", "style": "x"}),
        json!({"SRC": "javascript:alert(1)"}),
        json!({"src": "javascript:alert(1)"}),
        json!({"src": {"from": "page.query.x"}}),
        json!({"src": {"text": "{page.query.x}"}}),
        json!({"src": {"text": "https://{page.query.x}/x.png"}}),
        json!({"src": ["javascript:alert(1)"]}),
        json!({"alt": "no source"}),
    ] {
        assert!(read(attributes(attributes_.clone())).is_err(), "{attributes_}");
    }
    assert!(read(changed("/rules/0/then/4/url", json!({"from": "page.url"}))).is_err());
    assert!(read(attributes(json!({"src": "/x.png", "data-x": {"from": "page.title"}, "aria-label": "x"}))).is_ok());
}

#[test]
fn names_are_there_once_and_limits_hold() {
    let rule = full()["rules"][0].clone();
    let told = |document| read(document).unwrap_err()[0].to_string();
    assert_eq!(told(changed("/rules", json!([rule, rule]))), "rules[1].id: There is another of this name.");
    let rules: Vec<Value> = (0..=MAX_RULES)
        .map(|number| json!({"id": number.to_string(), "when": [{"on": "page"}], "then": [{"do": "track", "event": "a"}]}))
        .collect();
    assert_eq!(told(changed("/rules", rules.into())), "rules: There are 201 of them; at most 200 are taken.");
    let deep = (0..20).fold(json!(1), |value, _| json!([value]));
    assert!(read(changed("/rules/0/then/1/value", deep)).is_err());
    let deep = (0..20).fold(full()["rules"][0]["if"][0].clone(), |condition, _| json!({"any": [condition]}));
    assert!(read(changed("/rules/0/if/0", deep)).is_err());
}

#[test]
fn all_that_is_wrong_is_told_at_once_and_not_without_end() {
    let wrong =
        json!({"schema": 1, "rules": [{"id": "a", "when": [{"on": "x"}], "then": [{"do": "y"}]}], "vendors": [{}]});
    assert!(read(wrong).unwrap_err().len() >= 4);
    let endless: Vec<Value> = (0..100).map(|_| json!({})).collect();
    assert_eq!(read(json!({"schema": 1, "rules": endless})).unwrap_err().len(), 20);
}

#[test]
fn what_was_published_is_read_even_if_its_purposes_are_gone() {
    let mut document = full();
    document["vendors"][0]["purposes"] = json!(["fun"]);
    let published = Configuration::published(document);
    assert_eq!(published.vendors[0].purposes, ["fun"]);
}

#[test]
fn the_examples_of_the_handbook_are_taken() {
    let handbook = include_str!("../../../../docs/tags.md");
    let examples: Vec<&str> = handbook
        .split("```json\n")
        .skip(1)
        .filter_map(|block| block.split("```").next())
        .filter(|block| block.contains("\"schema\""))
        .collect();
    assert!(!examples.is_empty());
    for example in examples {
        let document = serde_json::from_str(example).unwrap();
        let problems = Configuration::read(document, &notice(), Hosts::Public).err().unwrap_or_default();
        assert_eq!(problems, [], "{example}");
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(text in "[\\[\\]{}:,\"a-z0-9 ]{0,60}") {
        if let Ok(document) = serde_json::from_str::<Value>(&text) {
            Configuration::published(document.clone());
            drop(read(document));
        }
    }

    #[test]
    fn a_document_with_anything_anywhere_is_read_without_a_panic(pick in 0..200_usize, kind in 0..5_usize) {
        let mut document = full();
        let mut count = 0;
        let put = [Value::Null, json!(1), json!("x"), json!([{}]), json!({"from": 1})][kind].clone();
        replace(&mut document, &mut count, pick, &put);
        Configuration::published(document.clone());
        drop(read(document));
    }
}

/// Puts a value in place of the one that is met at this count.
fn replace(value: &mut Value, count: &mut usize, pick: usize, put: &Value) {
    if *count == pick {
        *value = put.clone();
    }
    *count += 1;
    match value {
        Value::Array(list) => list.iter_mut().for_each(|item| replace(item, count, pick, put)),
        Value::Object(members) => members.values_mut().for_each(|member| replace(member, count, pick, put)),
        _ => {}
    }
}
