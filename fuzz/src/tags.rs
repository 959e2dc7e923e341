//! What an owner writes of a site's tags.

use std::borrow::Cow;

use nod_core::{
    destinations::{Destination, Hosts},
    tags::{Configuration, page, rules::Rules},
};
use serde_json::{Value, json};

use crate::consent::DEMO;

/// A configuration of tags: what is taken can be served, its destinations can be made, and its rules end.
pub fn tags(input: &[u8]) {
    let Ok(document) = serde_json::from_slice::<Value>(input) else { return };
    let Ok(configuration) = Configuration::read(document, &DEMO.notice, Hosts::Public) else { return };
    let served = page::document(&configuration, 1);
    serde_json::to_vec(&served).expect("what a page gets is JSON");
    let destinations = Destination::all(configuration.document(), Hosts::Public);
    assert!(destinations.iter().all(|one| !one.purposes.is_empty()), "a destination that says not what for was taken");
    let context = Cow::Owned(json!({
        "page": {"path": "/cart", "query": {"a": "1"}}, "element": {"tag": "a", "classes": ["b"]}, "regime": "gdpr",
        "event": {"name": "purchase", "purpose": "analytics", "props": {"total": 9.5}}, "variables": {}, "consent": {},
    }));
    let mut rules = Rules::new(&Cow::Borrowed(&served));
    for trigger in 0..8 {
        rules.fire(trigger, &context);
    }
}
