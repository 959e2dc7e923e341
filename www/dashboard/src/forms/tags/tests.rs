use nod_core::{
    destinations::Hosts,
    id::SiteKey,
    notice::{ControllerContact, Draft, Notice},
    tags::{Configuration, Problem, template},
};
use serde_json::{Value, json};

use super::*;
use crate::tree::tests_support::{of, value};

fn notice() -> Notice {
    let purpose = |id: &str, essential| json!({"id": id, "essential": essential, "sale_or_sharing": false, "legal_basis": "consent", "retention_days": 1, "vendors": []});
    let purposes = [
        purpose("necessary", true),
        purpose("functional", false),
        purpose("analytics", false),
        purpose("marketing", false),
    ];
    let draft = Draft::read(&json!({"purposes": purposes, "vendors": []}), 1).unwrap();
    let controller = ControllerContact {
        name: "Shop".into(),
        contact: "privacy@shop.example".into(),
        privacy_policy: "/privacy".into(),
    };
    draft.publish(SiteKey::parse("shop").unwrap(), controller, "en".into()).unwrap()
}

fn problems(document: Value) -> Vec<Problem> {
    Configuration::read(document, &notice(), Hosts::Public).err().unwrap_or_default()
}

/// A document that has this rule, and what rules may name.
fn with_rule(rule: &Value) -> Value {
    let vendor = json!({"id": "v", "template": "plausible", "purposes": ["analytics"], "settings": {"domain": "a"}});
    json!({"schema": 1, "vendors": [vendor], "rules": [rule]})
}

fn with_part(list: &str, part: &Value) -> Value {
    let mut rule = json!({"id": "r", "when": [{"on": "page"}], "then": [{"do": "track", "event": "e"}]});
    rule[list] = json!([part]);
    with_rule(&rule)
}

/// Something that fits the field.
fn sample(field: &Field) -> Tree {
    let text = match &*field.name {
        "path" => "page.path",
        "settings.measurement_id" => "G-ABC1234567",
        "settings.pixel" | "settings.site" => "1234567890",
        "settings.test_event_code" => "TEST1",
        "settings.type" => "module",
        "settings.function" => "acme.track",
        "settings.advertising" => "marketing",
        "settings.id" => "G-1",
        name if name.ends_with("endpoint") || name.ends_with("url") => "https://events.shop-of-mine.com/in",
        "settings.script" | "settings.server" | "settings.api" => "https://events.shop-of-mine.com/x",
        _ => "sample",
    };
    match field.is {
        Is::Number | Is::Plain => Tree::Number(1.0),
        Is::Truth | Is::YesOrNo => Tree::Truth(true),
        Is::Choice(choices) => choices[0].0.into(),
        Is::List => Tree::texts(["sample"]),
        Is::Purpose => "analytics".into(),
        Is::Purposes => Tree::texts(["analytics"]),
        Is::Vendor => "v".into(),
        Is::Vendors => Tree::texts(["v"]),
        Is::Json => Tree::object(&[("a", Tree::Number(1.0))]),
        Is::Pairs(_) if field.name == "attributes" => Tree::object(&[("src", "/x.js".into())]),
        Is::Pairs(is) => Tree::object(&[("sample", sample(&field!("", "", *is)))]),
        Is::Parts(parts) => {
            let kind = parts.kinds.first();
            Tree::List(vec![kind.map_or_else(|| part(parts, None), |kind| part(parts, Some(kind)))])
        }
        Is::Value => Tree::object(&[("from", "page.path".into())]),
        Is::Text | Is::Long | Is::Path | Is::Address => text.into(),
    }
}

/// A part of a kind in which every field is filled in.
fn part(parts: &Parts, kind: Option<&Kind>) -> Tree {
    let mut made = Tree::Object(Vec::new());
    let kinds: Vec<Kind> = kind.into_iter().cloned().collect();
    if let Some(kind) = kind {
        parts.choose(&mut made, &kind.name, &kinds);
    }
    for field in parts.fields(&made, &kinds) {
        made.set(&field.name, sample(&field));
    }
    made
}

/// The names that a sentence of the rules lists: "It is one of: a, b."
fn listed(sentence: &str) -> Vec<String> {
    let names = sentence.rsplit_once(": ").unwrap().1.trim_end_matches('.');
    names.split(", ").map(str::to_owned).collect()
}

/// Of the problem at a place.
fn told(document: Value, place: &str) -> Vec<String> {
    let found = problems(document);
    let problem = found.iter().find(|problem| problem.place == place);
    listed(&problem.unwrap_or_else(|| panic!("nothing at {place} of {found:?}")).sentence)
}

fn names(kinds: &[Kind]) -> Vec<String> {
    kinds.iter().map(|kind| kind.name.to_string()).filter(|name| name != ANY).collect()
}

#[test]
fn every_kind_of_the_rules_is_in_a_table_and_nothing_else_is() {
    for (list, parts) in [("when", &TRIGGERS), ("then", &ACTIONS), ("if", &CONDITIONS), ("unless", &EXCEPTIONS)] {
        let unknown = json!({parts.by: "?", "path": "page.path"});
        let unknown = if list == "if" || list == "unless" { unknown } else { json!({parts.by: "?"}) };
        let wanted = told(with_part(list, &unknown), &format!("rules[0].{list}[0].{}", parts.by));
        assert_eq!(names(parts.kinds), wanted, "{list}");
    }
    let unknown =
        json!({"schema": 1, "destinations": [{"id": "d", "kind": "?", "purposes": ["analytics"], "events": ["*"]}]});
    assert_eq!(names(DESTINATIONS.kinds), told(unknown, "destinations[0].kind"));
}

#[test]
fn every_field_of_the_rules_is_in_a_table_and_nothing_else_is() {
    let of_parts = |parts: &Parts, kind: &Kind| {
        let mut fields = part(parts, Some(kind));
        fields.set("zzz", Tree::Truth(true));
        fields
    };
    for (list, parts) in [("when", &TRIGGERS), ("then", &ACTIONS), ("if", &CONDITIONS)] {
        for kind in parts.kinds {
            let part = of_parts(parts, kind);
            let mut wanted = told(with_part(list, &value(&part)), &format!("rules[0].{list}[0].zzz"));
            let known = part.members().iter().map(|(name, _)| name.clone()).filter(|name| name != "zzz");
            let known: Vec<String> = known.collect();
            // Every condition is allowed a value there; those that compare with nothing are refused it later.
            wanted.retain(|name| name != "value" || known.contains(name));
            assert_eq!(sorted(known), sorted(wanted), "{list} {}", kind.name);
        }
    }
    let mut rule = part(&RULES, None);
    rule.set("zzz", Tree::Truth(true));
    assert_eq!(sorted(told(with_rule(&value(&rule)), "rules[0].zzz")), sorted(field_names(RULES.first)));
    let mode = json!({"schema": 1, "google_consent_mode": {"zzz": 1, "types": {"zzz": []}}});
    let mut members = told(mode.clone(), "google_consent_mode.zzz");
    members.retain(|name| name != "types");
    members.extend(told(mode, "google_consent_mode.types.zzz").into_iter().map(|name| format!("types.{name}")));
    assert_eq!(field_names(CONSENT_MODE), members);
    let lists = ["schema", "google_consent_mode", "vendors", "destinations", "rules"].map(str::to_owned);
    let known = lists.into_iter().chain(field_names(OTHERS));
    assert_eq!(sorted(known), sorted(told(json!({"schema": 1, "zzz": 1}), "zzz")));
}

fn field_names(fields: &[Field]) -> Vec<String> {
    fields.iter().map(|field| field.name.to_string()).collect()
}

fn sorted(names: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut names: Vec<String> = names.into_iter().collect();
    names.sort();
    names
}

#[test]
fn what_is_filled_into_every_field_is_taken() {
    for (list, parts) in [("when", &TRIGGERS), ("if", &CONDITIONS), ("unless", &EXCEPTIONS), ("then", &ACTIONS)] {
        for kind in parts.kinds {
            let mut part = part(parts, Some(kind));
            if kind.name == "call" {
                part.set("method", Tree::Nothing);
            }
            assert_eq!(problems(with_part(list, &value(&part))), [], "{list} {}", kind.name);
        }
    }
    assert_eq!(problems(with_rule(&value(&part(&RULES, None)))), []);
    for kind in DESTINATIONS.kinds {
        let mut made = part(&DESTINATIONS, Some(kind));
        // Elements and variables are the page's alone.
        made.set("mapping.props", Tree::object(&[("a", Tree::object(&[("from", "event.name".into())]))]));
        let document = json!({"schema": 1, "destinations": [value(&made)]});
        assert_eq!(problems(document), [], "{}", kind.name);
    }
    let mut mode = Tree::object(&[("schema", Tree::Number(1.0))]);
    for field in CONSENT_MODE {
        mode.set(&format!("google_consent_mode.{}", field.name), sample(field));
    }
    for field in OTHERS {
        mode.set(&field.name, sample(field));
    }
    mode.set("variables", Tree::object(&[("currency", "EUR".into())]));
    assert_eq!(problems(value(&mode)), []);
}

#[test]
fn a_template_is_a_form_whose_settings_are_taken() {
    for name in template::NAMES {
        let known = template::Template::named(name).unwrap();
        let kind = super::template(name, known.title(), &of(known.settings()));
        let made = part(&VENDORS, Some(&kind));
        let mut document = json!({"schema": 1, "vendors": [value(&made)]});
        if ["meta-pixel", "clarity"].contains(&name) {
            document["vendors"][0]["settings"]["id"] = "123".into();
        }
        assert_eq!(problems(document), [], "{name}");
        let (needed, wanted): (Vec<_>, Vec<_>) = kind
            .fields
            .iter()
            .map(|field| {
                (field.is_needed, known.settings()[field.name.trim_start_matches("settings.")]["required"] == true)
            })
            .unzip();
        assert_eq!(needed, wanted, "{name}");
    }
}

#[test]
fn what_is_needed_is_told_at_its_field() {
    for (list, parts) in [("when", &TRIGGERS), ("then", &ACTIONS), ("if", &CONDITIONS)] {
        for kind in parts.kinds.iter().filter(|kind| kind.name != ANY) {
            let mut made = Tree::Object(Vec::new());
            parts.choose(&mut made, &kind.name, parts.kinds);
            let found: Vec<String> =
                problems(with_part(list, &value(&made))).into_iter().map(|problem| problem.place).collect();
            let fields = parts.fields(&made, parts.kinds);
            let wanted: Vec<String> = fields
                .iter()
                .filter(|field| field.is_needed)
                .map(|field| format!("rules[0].{list}[0].{}", field.name))
                .collect();
            assert!(wanted.iter().all(|place| found.contains(place)), "{found:?} {wanted:?}");
            assert_eq!(found.len(), wanted.len(), "{list} {}: {found:?}", kind.name);
        }
    }
}

#[test]
fn another_kind_keeps_what_it_shares_and_what_no_form_knows() {
    let mut part = of(&json!({"is": "equals", "path": "page.path", "value": 1, "unknown": 2}));
    CONDITIONS.choose(&mut part, "exists", CONDITIONS.kinds);
    assert_eq!(value(&part), json!({"is": "exists", "path": "page.path", "unknown": 2}));
    CONDITIONS.choose(&mut part, ANY, CONDITIONS.kinds);
    assert_eq!(value(&part), json!({"unknown": 2, "any": []}));
    assert_eq!(CONDITIONS.kind_of(&part, CONDITIONS.kinds).unwrap().name, ANY);
    CONDITIONS.choose(&mut part, "less", CONDITIONS.kinds);
    assert_eq!(value(&part), json!({"unknown": 2, "is": "less"}));
    let fresh = RULES.fresh(&[]);
    assert_eq!(value(&fresh), json!({"when": [{"on": "page"}], "then": [{"do": "track"}]}));
}
