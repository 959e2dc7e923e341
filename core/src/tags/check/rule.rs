//! Rules and their triggers, checked.

use super::{At, action, action::selector, conditions, value::Place};

const MAX_PARTS: usize = 20;
/// The longest time that a timer waits, in seconds: a day.
const MAX_SECONDS: f64 = 86_400.0;

/// Tells what is wrong with a rule.
pub(in crate::tags) fn rule(at: &At<'_>) {
    at.only(&["id", "name", "when", "if", "unless", "then"]);
    at.id();
    at.member("name").map(|name| name.text_where(|text| text.chars().count() <= 200, "It has at most 200 characters."));
    for (name, one) in [("when", "trigger"), ("then", "action")] {
        if at.needed(name).is_some_and(|list| list.value.as_array().is_some_and(Vec::is_empty)) {
            at.refuse_member(name, &["At least one ", one, " is needed."].concat());
        }
    }
    at.list("when", MAX_PARTS).iter().for_each(trigger);
    conditions(at, Place::Page);
    at.list("then", MAX_PARTS).iter().for_each(action::action);
}

fn trigger(at: &At<'_>) {
    let Some(on) = at.needed("on") else { return at.only(&[]) };
    let Some(name) = on.text() else { return };
    match name {
        "page" | "ready" | "loaded" | "error" => at.only(&["on"]),
        "click" | "submit" | "view" => {
            at.only(&["on", "selector"]);
            at.needed("selector").iter().for_each(selector);
        }
        "scroll" => {
            at.only(&["on", "percent"]);
            at.needed("percent").map(|percent| percent.whole_number(1, 100));
        }
        "timer" => timer(at),
        "visibility" => {
            at.only(&["on", "state"]);
            if let Some(state) = at.needed("state") {
                state.text_where(|text| text == "hidden" || text == "visible", "It is hidden or visible.");
            }
        }
        "consent" => {
            at.only(&["on", "purpose"]);
            at.member("purpose").map(|purpose| purpose.purpose());
        }
        "datalayer" => {
            at.only(&["on", "event"]);
            if let Some(event) = at.needed("event") {
                event.text_where(|text| (1..=200).contains(&text.len()), "It has 1 to 200 bytes.");
            }
        }
        "event" => {
            at.only(&["on", "name"]);
            at.needed("name").map(|name| name.event_pattern().map(drop));
        }
        _ => on.refuse(
            "It is one of: page, ready, loaded, click, submit, view, scroll, timer, visibility, error, consent, datalayer, event.",
        ),
    }
}

fn timer(at: &At<'_>) {
    at.only(&["on", "seconds", "times"]);
    if let Some(seconds) = at.needed("seconds")
        && !seconds.value.as_f64().is_some_and(|number| (0.1..=MAX_SECONDS).contains(&number))
    {
        seconds.refuse("It is a number from 0.1 to 86400.");
    }
    at.member("times").map(|times| times.whole_number(1, 1000));
}
