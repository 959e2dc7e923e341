//! Values: literals, `{"from": PATH}` and `{"text": "a {page.path} b"}`, also inside lists and objects.

use super::{Node, Scope, json};

/// The attributes that hold addresses.
pub(super) const ADDRESSES: &[&str] = &["src", "href"];

/// Appends what the value is here, as JSON. Says whether there is anything: where a path leads to nothing, nothing is
/// written, an object leaves the member out and a list holds `null`.
pub fn write<N: Node>(value: &N, scope: &Scope<'_, N>, out: &mut String) -> bool {
    if let Some(path) = value.text_at("from") {
        let found = scope.find(&path);
        let is_there = !found.is_nothing();
        if is_there {
            out.push_str(&found.json());
        }
        return is_there;
    }
    if let Some(template) = value.text_at("text") {
        json::write_text(&filled(&template, scope, false), out);
    } else if let Some(count) = value.count() {
        out.push_str("[");
        for place in 0..count {
            if place > 0 {
                out.push_str(",");
            }
            if !write(&value.item(place), scope, out) {
                out.push_str("null");
            }
        }
        out.push_str("]");
    } else {
        write_plain(value, scope, false, out);
    }
    true
}

/// Appends an object with its members filled in, its `src` and `href` as addresses if that is what its members are; or what is
/// none, as it is.
pub(super) fn write_plain<N: Node>(value: &N, scope: &Scope<'_, N>, are_attributes: bool, out: &mut String) {
    let Some(names) = value.names() else { return out.push_str(&value.json()) };
    let mut before = "{";
    for name in &names {
        let start = out.len();
        json::write_member(before, name, out);
        out.push_str(":");
        let member = value.member(name);
        let is_address = are_attributes && ADDRESSES.contains(&name.as_str());
        if if is_address { write_address(&member, scope, out) } else { write(&member, scope, out) } {
            before = ",";
        } else {
            out.truncate(start);
        }
    }
    out.push_str(if before == "{" { "{}" } else { "}" });
}

/// Appends an address as JSON; what is put into its text is encoded, so that it stays the part of the address in which it
/// stands. Says whether there is one: it is a literal or a text, never what a page says alone.
pub fn write_address<N: Node>(value: &N, scope: &Scope<'_, N>, out: &mut String) -> bool {
    let template = value.text_at("text");
    let address = template.map(|template| filled(&template, scope, true)).or_else(|| value.text());
    address.is_some_and(|address| {
        json::write_text(&address, out);
        true
    })
}

/// The template with what stands at each `{path}`, nothing where nothing does. Braces around anything else are text.
fn filled<N: Node>(template: &str, scope: &Scope<'_, N>, is_address: bool) -> String {
    let mut text = String::new();
    let mut rest = template;
    loop {
        let open = rest.bytes().position(|byte| byte == b'{').unwrap_or(rest.len());
        let (before, behind) = rest.split_at(open);
        text.push_str(before);
        let Some(behind) = behind.get(1..) else { return text };
        let end = behind.bytes().position(|byte| !is_of_a_path(byte)).unwrap_or(behind.len());
        let (path, after) = behind.split_at(end);
        rest = behind;
        if end > 0 && after.starts_with("}") {
            let found = spelled(&scope.find(path)).unwrap_or_default();
            if is_address {
                encode(&found, &mut text);
            } else {
                text.push_str(&found);
            }
            rest = after.get(1..).unwrap_or_default();
        } else {
            text.push_str("{");
        }
    }
}

/// May this stand in a path within a text?
pub(super) fn is_of_a_path(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-' || byte == b'.'
}

/// Percent-encodes everything but letters, digits and what has no meaning in an address.
fn encode(text: &str, out: &mut String) {
    for (at, byte) in text.bytes().enumerate() {
        if is_of_a_path(byte) {
            out.push_str(text.get(at..=at).unwrap_or_default());
        } else {
            out.push_str("%");
            json::push_hex(byte, out);
        }
    }
}

/// The text that stands for a text, a number or a truth. `None`: it is none of them.
pub(super) fn spelled<N: Node>(node: &N) -> Option<String> {
    node.text().or_else(|| (node.number().is_some() || node.truth().is_some()).then(|| node.json()))
}
