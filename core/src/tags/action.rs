//! An action of a rule, with its values filled in.

use super::{Effect, Node, Scope, effect::DEFAULT_PURPOSE, json, value};

/// The attributes that hold addresses.
pub(super) const ADDRESSES: &[&str] = &["src", "href"];

/// What an action makes.
pub(super) enum Made<N> {
    Nothing,
    /// A variable's name and its new value.
    Variable(String, N),
    Effect(Effect),
}

/// What the action makes here; nothing if it is not understood.
pub(super) fn carry_out<N: Node>(action: &N, vendors: &[String], scope: &Scope<'_, N>) -> Made<N> {
    let text = |name| action.member(name).text();
    let mut json = String::new();
    let effect = match text("do").as_deref() {
        Some("track") => {
            let is_written = value::write(&action.member("props"), scope, &mut json);
            Effect::Track {
                name: text("event").unwrap_or_default(),
                purpose: text("purpose").unwrap_or_else(|| DEFAULT_PURPOSE.to_owned()),
                props: if is_written && json.starts_with('{') { json } else { "{}".to_owned() },
            }
        }
        Some("set") => {
            if !value::write(&action.member("value"), scope, &mut json) {
                json.push_str("null");
            }
            return Made::Variable(text("variable").unwrap_or_default(), N::parse(&json));
        }
        Some("load") => match vendors.iter().position(|id| text("vendor").as_ref() == Some(id)) {
            Some(vendor) => Effect::Load(vendor),
            None => return Made::Nothing,
        },
        Some("insert") => {
            write_element(action, scope, &mut json);
            Effect::Insert { purposes: purposes(action), json }
        }
        Some("call") if write_call(action, scope, &mut json) => Effect::Call { purposes: purposes(action), json },
        _ => return Made::Nothing,
    };
    Made::Effect(effect)
}

fn purposes<N: Node>(action: &N) -> Vec<String> {
    action.member("purposes").items().unwrap_or_default().iter().filter_map(Node::text).collect()
}

/// `{"element", "into", "attributes"}`; an attribute without a value is left out.
fn write_element<N: Node>(action: &N, scope: &Scope<'_, N>, out: &mut String) {
    out.push_str("{\"element\":");
    json::write_text(&action.member("element").text().unwrap_or_default(), out);
    out.push_str(",\"into\":");
    json::write_text(&action.member("into").text().unwrap_or_else(|| "body".to_owned()), out);
    out.push_str(",\"attributes\":");
    let attributes = action.member("attributes");
    value::write_members(&attributes, &attributes.names().unwrap_or_default(), scope, ADDRESSES, out);
    out.push('}');
}

/// `{"method", "url", "body"}`; the body only if there is one. Says whether there is an address to call.
fn write_call<N: Node>(action: &N, scope: &Scope<'_, N>, out: &mut String) -> bool {
    out.push_str("{\"method\":");
    json::write_text(&action.member("method").text().unwrap_or_else(|| "POST".to_owned()), out);
    out.push_str(",\"url\":");
    let is_address = value::write_address(&action.member("url"), scope, out);
    let body = action.member("body");
    if !body.is_nothing() {
        out.push_str(",\"body\":");
        if !value::write(&body, scope, out) {
            out.push_str("null");
        }
    }
    out.push('}');
    is_address
}
