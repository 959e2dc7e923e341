//! What a site's tags do, in words: a rule, a vendor, a destination in a sentence each.

use crate::{
    forms::{
        ANY, Kept, Kind, Parts, kept,
        tags::{ACTIONS, CONDITIONS, DESTINATIONS, PATHS, TRIGGERS},
    },
    tree::Tree,
};

/// What a rule does, with its name in front if it has one.
pub fn rule(rule: &Tree) -> String {
    let list = |name: &str, parts: &Parts, between: &str| {
        let said: Vec<String> = rule.at(name).items().iter().map(|part| one(parts, part)).collect();
        said.join(between)
    };
    let when = list("when", &TRIGGERS, " or ");
    let then = list("then", &ACTIONS, ", and ");
    let name = rule.at("name").text();
    let name = if name.is_empty() { String::new() } else { [name, ": "].concat() };
    let mut said = [&*name, "When ", or(&when, "nothing happens yet")].concat();
    for (name, word, between) in [("if", ", if ", " and "), ("unless", ", unless ", " or ")] {
        let held = list(name, &CONDITIONS, between);
        if !held.is_empty() {
            said.extend([word, &held]);
        }
    }
    said.extend([", then ", or(&then, "do nothing"), "."]);
    said
}

/// Who a vendor is, and what it gets.
pub fn vendor(vendor: &Tree, kinds: &[Kind]) -> String {
    receiver(vendor, kinds, "template")
}

/// Where a destination is, and what it gets.
pub fn destination(destination: &Tree) -> String {
    receiver(destination, DESTINATIONS.kinds, "kind")
}

/// Everything that the tags of a site do.
pub fn document(document: &Tree, kinds: &[Kind]) -> Vec<String> {
    let mut said: Vec<String> = document.at("rules").items().iter().map(rule).collect();
    said.extend(document.at("vendors").items().iter().map(|one| vendor(one, kinds)));
    said.extend(document.at("destinations").items().iter().map(destination));
    if !document.at("google_consent_mode").is_nothing() {
        said.push("Google's tags are told what is allowed (Consent Mode).".to_owned());
    }
    said
}

fn receiver(it: &Tree, kinds: &[Kind], by: &str) -> String {
    let name = it.at(by).text();
    let label = kinds.iter().find(|kind| kind.name == name).map_or(name, |kind| &kind.says);
    let events = match it.at("events").items() {
        [] => "no event".to_owned(),
        [all] if all.text() == "*" => "every event".to_owned(),
        _ => spelled(it.at("events")),
    };
    let purposes = named(it.at("purposes"));
    let allowed = or(&purposes, "a purpose that is yet to be said");
    [label, " (", it.at("id").text(), ") gets ", &events, ", where ", allowed, " is allowed."].concat()
}

/// One trigger, condition or action.
fn one(parts: &Parts, part: &Tree) -> String {
    match parts.kind_of(part, parts.kinds) {
        Some(kind) if kind.name == ANY => {
            let several: Vec<String> = part.at(ANY).items().iter().map(|part| one(parts, part)).collect();
            ["(", &several.join(" or "), ")"].concat()
        }
        Some(kind) => filled(&kind.says, part),
        None => "something that only the JSON says".to_owned(),
    }
}

/// The text with what the part says put in; what stands in brackets goes where that is nothing.
fn filled(says: &str, part: &Tree) -> String {
    let mut said = String::new();
    for piece in says.split('[') {
        let (optional, rest) = piece.split_once(']').map_or(("", piece), |(optional, rest)| (optional, rest));
        let name = optional.split_once('{').and_then(|(_, rest)| rest.split_once('}')).map_or("", |(name, _)| name);
        if !name.is_empty() && !part.at(name).is_nothing() {
            put(optional, part, &mut said);
        }
        put(rest, part, &mut said);
    }
    said
}

fn put(text: &str, part: &Tree, said: &mut String) {
    for (number, piece) in text.split('{').enumerate() {
        match piece.split_once('}').filter(|_| number > 0) {
            Some((name, rest)) => {
                let value = part.at(name);
                let word = match name {
                    "path" => place(value.text()),
                    "purpose" | "purposes" => named(value),
                    _ => spelled(value),
                };
                said.extend([or(&word, "…"), rest]);
            }
            None => said.push_str(piece),
        }
    }
}

fn or<'a>(text: &'a str, otherwise: &'a str) -> &'a str {
    if text.is_empty() { otherwise } else { text }
}

/// Purposes, by their ids.
fn named(value: &Tree) -> String {
    let several: Vec<&str> = value.items().iter().map(Tree::text).collect();
    if several.is_empty() { value.text().to_owned() } else { several.join(" and ") }
}

fn spelled(value: &Tree) -> String {
    if let Tree::List(items) = value {
        return items.iter().map(spelled).collect::<Vec<_>>().join(", ");
    }
    match kept(value) {
        (Kept::Text | Kept::Filled, Some(text)) if !text.is_empty() => ["“", &text, "”"].concat(),
        (Kept::From, Some(path)) => place(&path),
        (Kept::Yes, _) => "yes".to_owned(),
        (Kept::No, _) => "no".to_owned(),
        (_, text) => text.unwrap_or_else(|| "a value".to_owned()),
    }
}

/// A path in words, where there are any.
fn place(path: &str) -> String {
    match PATHS.iter().find(|(known, _)| *known == path) {
        Some((_, words)) => (*words).to_owned(),
        None if path.is_empty() => String::new(),
        None => match path.split_once("event.props.") {
            Some(("", property)) => ["the event's property “", property, "”"].concat(),
            _ => ["“", path, "”"].concat(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::tests_support::tree;

    #[test]
    fn a_rule_is_said_in_a_sentence() {
        let said = |json| rule(&tree(json));
        assert_eq!(
            said(
                r##"{"name": "Buy", "when": [{"on": "click", "selector": "#buy"}, {"on": "timer", "seconds": 30}],
                "if": [{"path": "page.path", "is": "starts_with", "value": "/shop"}, {"any": [{"path": "regime", "is": "equals", "value": "gdpr"}, {"path": "event.props.total", "is": "exists"}]}],
                "unless": [{"path": "page.host", "is": "one_of", "value": ["a", "b"]}],
                "then": [{"do": "track", "event": "add_to_cart", "purpose": "marketing"}, {"do": "load", "vendor": "ga"}]}"##
            ),
            "Buy: When “#buy” is clicked or 30 seconds have passed, if the page's path begins with “/shop” and (the law of the visit is “gdpr” or \
             the event's property “total” is there), unless the page's host is one of “a”, “b”, then make the event “add_to_cart” for \
             marketing, and load the vendor “ga”."
        );
        assert_eq!(
            said(
                r#"{"when": [{"on": "consent"}], "then": [{"do": "call", "url": {"text": "https://a.example/{page.path}"}}]}"#
            ),
            "When a choice is made, then call “https://a.example/{page.path}” for …."
        );
        assert_eq!(said("{}"), "When nothing happens yet, then do nothing.");
        assert_eq!(
            said(r#"{"when": [{"on": "?"}], "then": []}"#),
            "When something that only the JSON says, then do nothing."
        );
    }

    #[test]
    fn whoever_gets_events_is_said_with_what_and_with_whose_leave() {
        let all = tree(
            r#"{"rules": [], "google_consent_mode": {},
            "vendors": [{"id": "ga", "template": "google-tag", "purposes": ["analytics"], "events": ["purchase", "cart_*"]}],
            "destinations": [{"id": "w", "kind": "webhook", "purposes": ["analytics", "marketing"], "events": ["*"]}, {"id": "x"}]}"#,
        );
        let kinds = [crate::forms::tags::template("google-tag", "Google tag", &Tree::Nothing)];
        assert_eq!(
            document(&all, &kinds),
            [
                "Google tag (ga) gets “purchase”, “cart_*”, where analytics is allowed.",
                "A webhook (w) gets every event, where analytics and marketing is allowed.",
                " (x) gets no event, where a purpose that is yet to be said is allowed.",
                "Google's tags are told what is allowed (Consent Mode).",
            ]
        );
    }
}
