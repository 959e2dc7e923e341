//! The whole configuration: what an owner writes, checked, and taken apart for those who work by it.

use crate::sorted::SortedMap;

use serde_json::{Map, Value};

use super::{
    Problem,
    check::{At, Inspection, destination, is_event_name, is_variable, refuse_twice, rule},
    consent_mode::ConsentMode,
    template::Template,
};
use crate::{destinations::Hosts, notice::Notice};

const MAX_RULES: usize = 200;
const MAX_VENDORS: usize = 50;
const MAX_DESTINATIONS: usize = 20;
const MAX_VARIABLES: usize = 100;

/// A configuration.
#[derive(Clone, Debug)]
pub struct Configuration {
    /// What runs in the page.
    pub vendors: Vec<Vendor>,
    /// The properties whose values are counted, by the event's name.
    pub breakdowns: SortedMap<String, Vec<String>>,
    /// What Google's tags are told, if they are.
    pub consent_mode: Option<ConsentMode>,
    document: Value,
}

/// A tag that runs in the page.
#[derive(Clone, Debug)]
pub struct Vendor {
    /// Its name in the configuration.
    pub id: String,
    /// What it is made of.
    pub template: Template,
    /// All of them must be granted.
    pub purposes: Vec<String>,
    /// What the owner filled in.
    pub settings: Map<String, Value>,
    /// Which events it gets: names, or beginnings with a `*`.
    pub events: Vec<String>,
}

impl Configuration {
    /// Reads and checks what an owner wrote for a site with this notice.
    pub fn read(document: Value, notice: &Notice, hosts: Hosts) -> Result<Self, Vec<Problem>> {
        let (read, problems) = Self::take_apart(document, Inspection::new(Some(notice), hosts));
        if problems.is_empty() { Ok(read) } else { Err(problems) }
    }

    /// A configuration that was published, and so was checked then. What today's rules would refuse is left out; purposes
    /// that the notice no longer has are kept, and never granted.
    pub fn published(document: Value) -> Self {
        Self::take_apart(document, Inspection::new(None, Hosts::Any)).0
    }

    /// The document as it was written.
    pub fn document(&self) -> &Value {
        &self.document
    }

    /// The rules as they were written.
    pub fn rules(&self) -> &[Value] {
        self.document.get("rules").and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    fn take_apart(document: Value, mut inspection: Inspection<'_>) -> (Self, Vec<Problem>) {
        inspection.variables = variables(&document);
        inspection.vendors = ids(document.get("vendors"));
        let at = At::whole(&document, &inspection);
        at.only(&["schema", "variables", "google_consent_mode", "vendors", "destinations", "breakdowns", "rules"]);
        if at.needed("schema").is_some_and(|schema| *schema.value != 1) {
            at.refuse_member("schema", "It is 1.");
        }
        if let Some(variables) = at.member("variables") {
            for (name, variable) in variables.members(MAX_VARIABLES) {
                if !is_variable(name) {
                    variable.refuse("A variable's name is made of 1 to 64 letters, digits and _.");
                }
            }
        }
        let rules = at.list("rules", MAX_RULES);
        refuse_twice(&rules, "id");
        rules.iter().for_each(rule::rule);
        let (vendors, destinations) = (at.list("vendors", MAX_VENDORS), at.list("destinations", MAX_DESTINATIONS));
        refuse_twice(&vendors, "id");
        refuse_twice(&destinations, "id");
        destinations.iter().for_each(destination::destination);
        let read = Self {
            vendors: vendors.iter().filter_map(vendor).collect(),
            breakdowns: at.member("breakdowns").map(|breakdowns| self::breakdowns(&breakdowns)).unwrap_or_default(),
            consent_mode: at.member("google_consent_mode").map(|mode| ConsentMode::read(&mode)),
            document: Value::Null,
        };
        drop((at, rules, vendors, destinations));
        let problems = inspection.into_problems();
        (Self { document, ..read }, problems)
    }
}

fn ids(list: Option<&Value>) -> Vec<String> {
    let list = list.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(|item| item.get("id")?.as_str().map(str::to_owned)).collect()
}

/// The variables that have a value from the start, and those that a rule sets.
fn variables(document: &Value) -> Vec<String> {
    let declared = document.get("variables").and_then(Value::as_object).into_iter().flat_map(Map::keys).cloned();
    let rules = document.get("rules").and_then(Value::as_array).into_iter().flatten();
    let actions = rules.filter_map(|rule| rule.get("then")?.as_array()).flatten();
    declared.chain(actions.filter_map(|action| action.get("variable")?.as_str().map(str::to_owned))).collect()
}

fn vendor(at: &At<'_>) -> Option<Vendor> {
    at.only(&["id", "template", "purposes", "settings", "events"]);
    let (id, purposes, events) = (at.id(), at.purposes(), at.event_patterns("events"));
    let named = at.needed("template")?;
    let Some(template) = Template::named(named.text()?) else {
        named.refuse(["There is no such template; there are: ", &super::template::NAMES.join(", "), "."].concat());
        return None;
    };
    let settings = at.settings()?;
    for (name, sentence) in template.check(&settings, at.inspection.hosts) {
        at.refuse_member(&["settings.", &name].concat(), &sentence);
    }
    Some(Vendor { id: id?, template, purposes, settings, events })
}

fn breakdowns(at: &At<'_>) -> SortedMap<String, Vec<String>> {
    let members = at.members(50).into_iter().map(|(event, list)| {
        if !is_event_name(event) {
            list.refuse("What is broken down is an event, by its name.");
        }
        let props = list.items(10);
        let fits = |text: &str| (1..=64).contains(&text.len());
        let props = props.iter().filter_map(|prop| prop.text_where(fits, "It is a property's name of 1 to 64 bytes."));
        (event.to_owned(), props.map(str::to_owned).collect())
    });
    members.collect()
}

#[cfg(test)]
mod tests;
