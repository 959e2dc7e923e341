//! What a page gets.

use serde_json::{Value, json};

use super::document;
use crate::{notice::tests_support::notice, tags::Configuration};

fn configuration() -> Configuration {
    Configuration::published(json!({
        "schema": 1,
        "google_consent_mode": {"ads_data_redaction": true, "types": {"functionality_storage": ["necessary", "analytics"]}},
        "vendors": [
            {"id": "ga", "template": "google-tag", "purposes": ["analytics"], "settings": {"id": "G-ABC123"}, "events": ["*"]},
            {"id": "chat", "template": "script", "purposes": ["marketing"], "settings": {"script": "https://chat.example/x.js"}},
        ],
        "destinations": [
            {"id": "capi", "kind": "meta", "purposes": ["marketing"], "settings": {"pixel": "12345"}, "events": ["*"]},
            {"id": "warehouse", "kind": "webhook", "purposes": ["analytics"], "settings": {"url": "https://in.shop-data.com/secret-path"}, "events": ["*"]},
        ],
        "rules": [{"id": "a", "name": "For people", "when": [{"on": "page"}], "then": [{"do": "load", "vendor": "chat"}]}],
    }))
}

#[test]
fn a_page_gets_rules_and_vendors_and_learns_nothing_of_destinations() {
    let document = document(&configuration(), 7);
    assert_eq!((&document["version"], &document["variables"]), (&json!(7), &json!({})));
    assert_eq!(
        document["rules"],
        json!([{"id": "a", "when": [{"on": "page"}], "then": [{"do": "load", "vendor": "chat"}]}])
    );
    let vendors: Vec<Value> = document["vendors"].as_array().unwrap().clone();
    let summary: Vec<_> = vendors.iter().map(|vendor| (&vendor["id"], &vendor["waits"], &vendor["events"])).collect();
    assert_eq!(summary, [(&json!("ga"), &json!(false), &json!(["*"])), (&json!("chat"), &json!(true), &json!([]))]);
    assert_eq!(vendors[1]["script"]["src"], "https://chat.example/x.js");
    assert_eq!(document["exports"], json!({"meta": ["marketing"]}));
    for secret in ["secret-path", "warehouse", "12345", "For people"] {
        assert!(!document.to_string().contains(secret), "{secret}");
    }
}

#[test]
fn googles_types_follow_from_purposes_and_a_type_without_one_is_denied() {
    let mode = configuration().consent_mode.unwrap().for_page(&notice());
    assert_eq!(
        mode,
        json!({
            "types": {
                "ad_storage": 4, "ad_user_data": 4, "ad_personalization": 4, "analytics_storage": 2, "functionality_storage": 3,
                "personalization_storage": 0, "security_storage": 1,
            },
            "wait": 500, "passthrough": false, "redact": true,
        })
    );
}

#[test]
fn a_type_of_a_purpose_that_is_gone_or_of_none_is_denied() {
    let document = json!({"schema": 1, "google_consent_mode": {"types": {"ad_storage": ["marketing", "gone"], "ad_user_data": []}}});
    let mode = Configuration::published(document).consent_mode.unwrap().for_page(&notice());
    assert_eq!((&mode["types"]["ad_storage"], &mode["types"]["ad_user_data"]), (&json!(0), &json!(0)));
}
