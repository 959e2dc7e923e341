//! The whole configuration: what an owner writes, checked, and taken apart for those who work by it.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{
    Problem,
    check::{At, Inspection, conditions, is_event_name, is_variable, refuse_twice, rule, value},
    consent_mode::ConsentMode,
    pattern,
    template::Template,
};
use crate::destinations::{Hosts, Kind, Target};

/// The largest document, in bytes of JSON.
pub const MAX_JSON: usize = 128 * 1024;

const MAX_RULES: usize = 200;
const MAX_VENDORS: usize = 50;
const MAX_DESTINATIONS: usize = 20;
const MAX_VARIABLES: usize = 100;
const MAX_NAMES: usize = 200;

/// A configuration.
#[derive(Clone, Debug)]
pub struct Configuration {
    /// What runs in the page.
    pub vendors: Vec<Vendor>,
    /// Where the edge brings events.
    pub destinations: Vec<Destination>,
    /// The properties whose values are counted, by the event's name.
    pub breakdowns: BTreeMap<String, Vec<String>>,
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

/// A place where the edge brings events.
#[derive(Clone, Debug)]
pub struct Destination {
    /// Its name in the configuration.
    pub id: String,
    /// How it wants them.
    pub kind: Kind,
    /// All of them must be granted.
    pub purposes: Vec<String>,
    /// What the owner filled in, for [`Target::read`].
    pub settings: Map<String, Value>,
    /// Which events it gets: names, or beginnings with a `*`.
    pub events: Vec<String>,
    /// What it calls them.
    pub mapping: Mapping,
    /// The destination as it is written, with its `if` and `unless` for [`super::condition::permits`].
    pub document: Value,
}

/// What a destination calls events and their properties.
#[derive(Clone, Debug, Default)]
pub struct Mapping {
    /// Its names for events; what is not here keeps its name.
    pub names: BTreeMap<String, String>,
    /// Its properties, as [values](super::value). `None`: the event's own.
    pub props: Option<Value>,
}

impl Destination {
    /// Does it want events of this name?
    pub fn wants(&self, event: &str) -> bool {
        self.events.iter().any(|wanted| pattern::matches(wanted, event))
    }
}

impl Configuration {
    /// Reads and checks what an owner wrote. `purposes`: those of the site's notice.
    pub fn read(json: &str, purposes: &[&str], hosts: Hosts) -> Result<Self, Vec<Problem>> {
        let whole = |sentence: String| Err(vec![Problem { place: String::new(), sentence }]);
        if json.len() > MAX_JSON {
            return whole("The configuration has more than 128 KB; take something out.".to_owned());
        }
        let document: Value = match serde_json::from_str(json) {
            Ok(document) => document,
            Err(error) => return whole(["It is no JSON: ", &error.to_string(), "."].concat()),
        };
        let (read, problems) = Self::take_apart(document, Inspection::new(Some(purposes), hosts));
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
        let read = Self {
            vendors: vendors.iter().filter_map(vendor).collect(),
            destinations: destinations.iter().filter_map(destination).collect(),
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
    let settings = settings(at)?;
    for (name, sentence) in template.check(&settings, at.inspection.hosts) {
        at.refuse_member(&["settings.", &name].concat(), &sentence);
    }
    Some(Vendor { id: id?, template, purposes, settings, events })
}

fn settings(at: &At<'_>) -> Option<Map<String, Value>> {
    match at.member("settings") {
        Some(settings) => settings.object().cloned(),
        None => Some(Map::new()),
    }
}

fn destination(at: &At<'_>) -> Option<Destination> {
    at.only(&["id", "kind", "purposes", "settings", "events", "if", "unless", "mapping"]);
    let (id, purposes, events) = (at.id(), at.purposes(), at.event_patterns("events"));
    if at.needed("events").is_some() && events.is_empty() {
        at.refuse_member("events", "At least one name is needed; [\"*\"] for every event.");
    }
    conditions(at, value::Place::Edge);
    let mapping = at.member("mapping").map(|mapping| self::mapping(&mapping)).unwrap_or_default();
    let named = at.needed("kind")?;
    let Some(kind) = Kind::parse(named.text()?) else {
        let names: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
        named.refuse(["It is one of: ", &names.join(", "), "."].concat());
        return None;
    };
    let settings = settings(at)?;
    if let Err(sentence) = Target::read(kind, &settings, at.inspection.hosts) {
        at.refuse_member("settings", &["They ", &sentence, "."].concat());
    }
    Some(Destination { id: id?, kind, purposes, settings, events, mapping, document: at.value.clone() })
}

fn mapping(at: &At<'_>) -> Mapping {
    at.only(&["names", "props"]);
    let names = at.member("names").map(|names| names.members(MAX_NAMES)).unwrap_or_default();
    let name = |(event, name): (&str, At<'_>)| {
        if !is_event_name(event) {
            name.refuse("What is mapped is an event's name.");
        }
        let text = name.text_where(|text| (1..=64).contains(&text.chars().count()), "It has 1 to 64 characters.")?;
        Some((event.to_owned(), text.to_owned()))
    };
    let props = at.member("props").filter(|props| props.object().is_some());
    if let Some(props) = &props {
        value::value(props, value::Place::Edge);
    }
    Mapping { names: names.into_iter().filter_map(name).collect(), props: props.map(|props| props.value.clone()) }
}

fn breakdowns(at: &At<'_>) -> BTreeMap<String, Vec<String>> {
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
