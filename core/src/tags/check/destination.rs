//! Destinations, checked. What is done by them is [`crate::destinations`]'.

use super::{At, conditions, is_event_name, value};
use crate::destinations::{Kind, Target};

const MAX_NAMES: usize = 200;

/// Tells what is wrong with a destination.
pub(in crate::tags) fn destination(at: &At<'_>) {
    at.only(&["id", "kind", "purposes", "settings", "events", "if", "unless", "mapping"]);
    at.id();
    at.purposes();
    if at.needed("events").is_some() && at.event_patterns("events").is_empty() {
        at.refuse_member("events", "At least one name is needed; [\"*\"] for every event.");
    }
    conditions(at, value::Place::Edge);
    at.member("mapping").iter().for_each(mapping);
    let Some(wanted) = at.needed("kind") else { return };
    let Some(name) = wanted.text() else { return };
    let Some(kind) = Kind::parse(name) else {
        let names: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
        return wanted.refuse(["It is one of: ", &names.join(", "), "."].concat());
    };
    if let Some(settings) = at.settings()
        && let Err(sentence) = Target::read(kind, &settings, at.inspection.hosts)
    {
        at.refuse_member("settings", &["They ", &sentence, "."].concat());
    }
}

fn mapping(at: &At<'_>) {
    at.only(&["names", "props"]);
    for (event, name) in at.member("names").map(|names| names.members(MAX_NAMES)).unwrap_or_default() {
        if !is_event_name(event) {
            name.refuse("What is mapped is an event's name.");
        }
        name.text_where(|text| (1..=64).contains(&text.chars().count()), "It has 1 to 64 characters.");
    }
    if let Some(props) = at.member("props")
        && props.object().is_some()
    {
        value::value(&props, value::Place::Edge);
    }
}
