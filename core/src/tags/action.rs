//! An action of a rule, with its values filled in.

use super::{Effect, Node, Scope, effect::DEFAULT_PURPOSE, json, value};

/// What an action makes.
pub(super) enum Made<N> {
    Nothing,
    /// A variable's name and its new value.
    Variable(String, N),
    Effect(Effect),
}

/// What the action makes here; nothing if it is not understood.
pub(super) fn carry_out<N: Node>(action: &N, vendors: &N, scope: &Scope<'_, N>) -> Made<N> {
    let text = |name, default: &str| action.text_at(name).unwrap_or_else(|| default.to_owned());
    let mut json = String::new();
    let effect = match text("do", "").as_str() {
        "track" => {
            let is_written = value::write(&action.member("props"), scope, &mut json);
            if !is_written || !json.starts_with("{") {
                json.clear();
                json.push_str("{}");
            }
            Effect::Track { name: text("event", ""), purpose: text("purpose", DEFAULT_PURPOSE), props: json }
        }
        "set" => {
            value::write(&action.member("value"), scope, &mut json);
            return Made::Variable(text("variable", ""), N::parse(&json));
        }
        "load" => match vendors.find(&|vendor| vendor.member("id").is(&text("vendor", ""))) {
            Some(vendor) => Effect::Load(vendor),
            None => return Made::Nothing,
        },
        "insert" => {
            json::write_member("{\"element\":", &text("element", ""), &mut json);
            json::write_member(",\"into\":", &text("into", "body"), &mut json);
            json.push_str(",\"attributes\":");
            // An attribute without a value is left out.
            value::write_plain(&action.member("attributes"), scope, true, &mut json);
            json.push_str("}");
            Effect::Insert { purposes: purposes(action, scope), json }
        }
        "call" => {
            json::write_member("{\"method\":", &text("method", "POST"), &mut json);
            json.push_str(",\"url\":");
            if !value::write_address(&action.member("url"), scope, &mut json) {
                return Made::Nothing;
            }
            let length = json.len();
            json.push_str(",\"body\":");
            let body = action.member("body");
            if body.is_nothing() || !value::write(&body, scope, &mut json) {
                json.truncate(length);
            }
            json.push_str("}");
            Effect::Call { purposes: purposes(action, scope), json }
        }
        _ => return Made::Nothing,
    };
    Made::Effect(effect)
}

/// The action's purposes. What an event makes happen in the page needs what the event needs, too.
fn purposes<N: Node>(action: &N, scope: &Scope<'_, N>) -> Vec<String> {
    let mut purposes = action.member("purposes").texts();
    if let Some(purpose) = scope.event.and_then(|event| event.text_at("purpose")) {
        purposes.push(purpose);
    }
    purposes
}
