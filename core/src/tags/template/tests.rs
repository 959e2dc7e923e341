//! The templates that there are, and how they are filled in.

use serde_json::{Value, json};

use super::*;

fn filled(name: &str, settings: &Value) -> Value {
    Template::named(name).unwrap().fill(settings.as_object().unwrap()).into()
}

fn complaints(name: &str, settings: &Value, hosts: Hosts) -> Vec<(String, String)> {
    Template::named(name).unwrap().check(settings.as_object().unwrap(), hosts)
}

/// Settings that each template takes, with every setting given.
fn samples() -> [(&'static str, Value); 6] {
    let script = "https://tags.shop.example/x.js";
    [
        ("google-tag", json!({"id": "G-ABC123", "options": {"send_page_view": false}, "script": script})),
        ("meta-pixel", json!({"id": "1234567890", "script": script})),
        ("clarity", json!({"id": "abc123", "advertising": "ads", "script": script})),
        ("matomo", json!({"server": "https://stats.shop.example", "site": "3", "category": "shop", "script": script})),
        (
            "plausible",
            json!({"domain": "shop.example", "script": script, "api": "https://stats.shop.example/api/event"}),
        ),
        ("script", json!({"script": script, "type": "module", "function": "acme.track"})),
    ]
}

#[test]
fn every_template_is_there_whole() {
    for name in NAMES {
        let template = Template::named(name).unwrap();
        assert!(!template.title().is_empty(), "{name}");
        assert!(template.part("script")["src"].is_string() && template.part("storage").is_array(), "{name}");
        for list in STEPS {
            assert!(template.part(list).is_array(), "{name} {list}");
        }
        let settings = template.settings().as_object().unwrap();
        assert_eq!(settings["script"]["form"], "address", "{name}: a script's address can be replaced");
        for (setting, spec) in settings {
            assert!(spec["help"].is_string(), "{name} {setting}");
            let known = ["pattern", "form", "required", "default", "help"];
            assert!(
                spec.as_object().unwrap().keys().all(|member| known.contains(&member.as_str())),
                "{name} {setting}"
            );
        }
    }
    assert!(Template::named("google-tag-manager").is_none());
}

#[test]
fn every_template_is_filled_in_without_a_remainder() {
    for (name, settings) in samples() {
        assert_eq!(complaints(name, &settings, Hosts::Public), [], "{name}");
        let vendor = filled(name, &settings);
        assert!(!vendor.to_string().contains("{script}") && !vendor.to_string().contains("\"{"), "{name}: {vendor}");
        assert!(vendor["script"]["src"].as_str().unwrap().starts_with("https://tags.shop.example/x.js"), "{name}");
    }
}

/// Panics at a value that a page does not know.
fn know(value: &Value) {
    match value {
        Value::Array(items) => items.iter().for_each(know),
        Value::Object(members) => {
            let names: Vec<&str> = members.keys().map(String::as_str).collect();
            match names[..] {
                ["from"] => {
                    let path = value["from"].as_str().unwrap();
                    assert!(path.starts_with("event.") || path.starts_with("page."), "{path}");
                }
                ["now"] => assert_eq!(value["now"], true),
                ["granted"] => assert!(value["granted"].is_string()),
                ["else", "map", "to"] => {
                    value["to"].as_object().unwrap().values().for_each(know);
                    know(&value["else"]);
                }
                _ => members.values().for_each(know),
            }
        }
        _ => {}
    }
}

/// Everything that a page must know to carry a template out: a step or a value that is none of these would do nothing.
#[test]
fn templates_use_only_steps_and_values_that_pages_know() {
    for (name, settings) in samples() {
        let vendor = filled(name, &settings);
        for step in STEPS.iter().flat_map(|list| vendor[list].as_array().unwrap()) {
            let members: Vec<&str> = step.as_object().unwrap().keys().map(String::as_str).collect();
            let is_known = match members[..] {
                ["call" | "push", "with"] => step["with"].is_array(),
                ["array"] | ["assign", "value"] => true,
                _ => {
                    let known = ["define", "queue", "live", "set", "self", "alias"];
                    step["define"].is_string()
                        && step["queue"].is_string()
                        && members.iter().all(|member| known.contains(member))
                }
            };
            assert!(is_known, "{name}: {step}");
            know(step);
        }
    }
}

#[test]
fn googles_tag_becomes_its_snippet() {
    let vendor = filled("google-tag", &json!({"id": "G-ABC123"}));
    assert_eq!(
        vendor["script"],
        json!({"src": "https://www.googletagmanager.com/gtag/js?id=G-ABC123", "attributes": {"async": ""}})
    );
    assert_eq!(vendor["setup"][2], json!({"call": "gtag", "with": ["config", "G-ABC123", {}]}));
    assert_eq!(vendor["withdraw"], json!([{"assign": "ga-disable-G-ABC123", "value": true}]));
}

#[test]
fn what_names_a_setting_that_is_not_there_is_left_out() {
    let plain = filled("script", &json!({"script": "/x.js"}));
    assert_eq!(plain["script"], json!({"src": "/x.js", "attributes": {"async": ""}}));
    assert_eq!(plain["event"], json!([]));
    let plausible = filled("plausible", &json!({"domain": "shop.example"}));
    assert_eq!(plausible["script"]["attributes"], json!({"defer": "", "data-domain": "shop.example"}));
}

#[test]
fn a_default_may_be_made_of_another_setting() {
    let vendor = filled("matomo", &json!({"server": "https://stats.shop.example", "site": "3"}));
    assert_eq!(vendor["script"]["src"], "https://stats.shop.example/matomo.js");
}

#[test]
fn settings_that_do_not_fit_are_refused() {
    for (name, settings, setting) in [
        ("google-tag", json!({"id": "G-1&x=\""}), "id"),
        ("google-tag", json!({"id": 5}), "id"),
        ("google-tag", json!({"id": ""}), "id"),
        ("google-tag", json!({"id": "G-1", "options": []}), "options"),
        ("meta-pixel", json!({"id": "12a"}), "id"),
        ("script", json!({"script": "javascript:alert(1)"}), "script"),
        ("script", json!({"script": "/x.js", "function": "alert(1)"}), "function"),
        ("script", json!({"script": "/x.js", "type": "text/plain"}), "type"),
        ("matomo", json!({"server": "http://localhost:1", "site": "3"}), "server"),
    ] {
        let complaints = complaints(name, &settings, Hosts::Public);
        assert!(matches!(&complaints[..], [(place, _)] if place == setting), "{settings}: {complaints:?}");
    }
    assert_eq!(complaints("matomo", &json!({"server": "http://localhost:1", "site": "3"}), Hosts::Any), []);
}
