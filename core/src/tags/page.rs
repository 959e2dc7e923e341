//! What a page gets of a configuration: no secrets, no destinations.

use crate::sorted::{SortedMap, SortedSet};

use serde_json::{Map, Value, json};

use super::{Configuration, configuration::Vendor};
use crate::destinations::{Destination, Form, Hosts};

/// The document `/{site}/tags.json?v={version}`.
pub fn document(configuration: &Configuration, version: u32) -> Value {
    let rules: Vec<Value> = configuration.rules().iter().map(without_name).collect();
    let loaded = vendors_of_rules(configuration);
    let vendors: Vec<Value> =
        configuration.vendors.iter().map(|vendor| self::vendor(vendor, loaded.contains(&vendor.id.as_str()))).collect();
    let variables = configuration.document().get("variables").cloned().unwrap_or_else(|| json!({}));
    json!({
        "version": version,
        "variables": variables,
        "rules": rules,
        "vendors": vendors,
        "exports": exports(configuration),
    })
}

/// A rule as the page needs it: its name is for people.
fn without_name(rule: &Value) -> Value {
    let mut rule = rule.clone();
    if let Some(rule) = rule.as_object_mut() {
        rule.remove("name");
    }
    rule
}

/// The vendors that are loaded by a rule only.
fn vendors_of_rules(configuration: &Configuration) -> Vec<&str> {
    let actions = configuration.rules().iter().filter_map(|rule| rule.get("then")?.as_array()).flatten();
    actions
        .filter(|action| action.get("do").is_some_and(|what| what == "load"))
        .filter_map(|action| action.get("vendor")?.as_str())
        .collect()
}

fn vendor(vendor: &Vendor, waits: bool) -> Value {
    let mut document = Map::new();
    document.insert("id".to_owned(), vendor.id.as_str().into());
    document.insert("purposes".to_owned(), vendor.purposes.clone().into());
    document.insert("events".to_owned(), vendor.events.clone().into());
    document.insert("waits".to_owned(), waits.into());
    document.extend(vendor.template.fill(&vendor.settings));
    document.into()
}

/// The forms in which hashes of identifiers are wanted, each with the purposes of the destinations that want it.
fn exports(configuration: &Configuration) -> SortedMap<&'static str, SortedSet<String>> {
    let mut exports = SortedMap::<_, SortedSet<_>>::new();
    for destination in Destination::all(configuration.document(), Hosts::Any) {
        let form = destination.target.ok().and_then(|target| target.form()).and_then(Form::export);
        if let Some(form) = form {
            exports.entry(form).or_default().extend(destination.purposes.iter().map(ToString::to_string));
        }
    }
    exports
}

#[cfg(test)]
mod tests;
