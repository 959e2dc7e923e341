//! What a rule wants done.

use super::json;

/// The purpose of an event that names none.
pub const DEFAULT_PURPOSE: &str = "analytics";

/// One action with its values filled in. Whether it may be done, and when, is decided by whoever carries it out: what an
/// effect needs to be allowed is named in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// An event. The rules that wait for it have already been asked: their effects follow.
    Track {
        /// `add_to_cart`
        name: String,
        /// What it is used for.
        purpose: String,
        /// A JSON object.
        props: String,
    },
    /// The vendor at this place of the document's `vendors` is to be loaded.
    Load(usize),
    /// An element is to be put into the page.
    Insert {
        /// All of them must be allowed.
        purposes: Vec<String>,
        /// `{"element", "attributes": {name: value}, "into": a selector}`
        json: String,
    },
    /// An address is to be called.
    Call {
        /// All of them must be allowed.
        purposes: Vec<String>,
        /// `{"url", "method", "body"}`; the body only if there is one.
        json: String,
    },
}

impl Effect {
    /// The event that a [`Track`](Self::Track) is, as rules see events: `{"name", "purpose", "props"}`.
    pub fn event(&self) -> Option<String> {
        let Self::Track { name, purpose, props } = self else { return None };
        let mut event = String::new();
        json::write_member("{\"name\":", name, &mut event);
        json::write_member(",\"purpose\":", purpose, &mut event);
        event.push_str(",\"props\":");
        event.push_str(props);
        event.push_str("}");
        Some(event)
    }
}
