//! Values: literals, `{"from": PATH}` and `{"text": "a {page.path} b"}`, also inside lists and objects.

use super::{Node, Scope, json};

/// Appends what the value is here, as JSON. Says whether there is anything: where a path leads to nothing, nothing is
/// written, an object leaves the member out and a list holds `null`.
pub fn write<N: Node>(value: &N, scope: &Scope<'_, N>, out: &mut String) -> bool {
    if let Some(path) = value.member("from").text() {
        let found = scope.find(&path);
        if found.is_nothing() {
            return false;
        }
        out.push_str(&found.json());
    } else if let Some(template) = value.member("text").text() {
        json::write_text(&filled(&template, scope, false), out);
    } else if let Some(items) = value.items() {
        out.push('[');
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            if !write(item, scope, out) {
                out.push_str("null");
            }
        }
        out.push(']');
    } else if let Some(names) = value.names() {
        write_members(value, &names, scope, &[], out);
    } else {
        out.push_str(&value.json());
    }
    true
}

/// Appends an object of these members of `value`, those that are named in `addresses` as addresses.
pub(super) fn write_members<N: Node>(
    value: &N,
    names: &[String],
    scope: &Scope<'_, N>,
    addresses: &[&str],
    out: &mut String,
) {
    out.push('{');
    for name in names {
        let before = out.len();
        if !out.ends_with('{') {
            out.push(',');
        }
        json::write_text(name, out);
        out.push(':');
        let member = value.member(name);
        let is_address = addresses.contains(&name.as_str());
        if !(if is_address { write_address(&member, scope, out) } else { write(&member, scope, out) }) {
            out.truncate(before);
        }
    }
    out.push('}');
}

/// Appends an address as JSON; what is put into its text is encoded, so that it stays the part of the address in which it
/// stands. Says whether there is one: it is a literal or a text, never what a page says alone.
pub fn write_address<N: Node>(value: &N, scope: &Scope<'_, N>, out: &mut String) -> bool {
    let address = match value.member("text").text() {
        Some(template) => Some(filled(&template, scope, true)),
        None => value.text(),
    };
    address.as_ref().map(|address| json::write_text(address, out)).is_some()
}

/// The template with what stands at each `{path}`, nothing where nothing does. Braces around anything else are text.
fn filled<N: Node>(template: &str, scope: &Scope<'_, N>, is_address: bool) -> String {
    let mut text = String::new();
    let mut name = None;
    for character in template.chars() {
        match (character, &mut name) {
            ('{', _) => {
                give_back(&mut name, &mut text);
                name = Some(String::new());
            }
            ('}', Some(path)) if !path.is_empty() => {
                let found = spelled(&scope.find(path)).unwrap_or_default();
                if is_address {
                    encode(&found, &mut text);
                } else {
                    text.push_str(&found);
                }
                name = None;
            }
            (_, Some(path)) if is_of_a_path(character) => path.push(character),
            _ => {
                give_back(&mut name, &mut text);
                text.push(character);
            }
        }
    }
    give_back(&mut name, &mut text);
    text
}

/// A brace that turned out not to begin a path.
fn give_back(name: &mut Option<String>, text: &mut String) {
    if let Some(name) = name.take() {
        text.push('{');
        text.push_str(&name);
    }
}

/// May this character stand in a path within a text?
pub(super) fn is_of_a_path(character: char) -> bool {
    matches!(character, 'A'..='Z' | 'a'..='z' | '0'..='9' | '_' | '-' | '.')
}

/// Percent-encodes everything but letters, digits and what no part of an address has a meaning for.
fn encode(text: &str, out: &mut String) {
    for byte in text.bytes() {
        let character = char::from(byte);
        if is_of_a_path(character) || character == '~' {
            out.push(character);
        } else {
            out.push('%');
            json::push_hex(byte, out);
        }
    }
}

/// The text that stands for a text, a number or a truth. `None`: it is none of them.
pub(super) fn spelled<N: Node>(node: &N) -> Option<String> {
    node.text().or_else(|| (node.number().is_some() || node.truth().is_some()).then(|| node.json()))
}
