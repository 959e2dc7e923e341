//! What a queue carries to a destination: some events of one page, and what is known about whose they are.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    canonical,
    id::{ControllerId, DeliveryId, SiteKey, VisitorId},
};

/// Events on their way to one destination. Times are milliseconds since the Unix epoch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Delivery {
    /// Its name: the same however often it is made, sent or tried. See [`delivery_id`].
    pub id: DeliveryId,
    /// Whose it is.
    pub controller: ControllerId,
    /// The site that the events are of.
    pub site: SiteKey,
    /// The destination, by its id in the site's tag configuration.
    pub destination: String,
    /// When the edge took the events.
    pub received_at: i64,
    /// Whose browser it was, where it made a choice. The choice is looked up again before anything is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visitor: Option<VisitorId>,
    /// What tells the visit from others of the same day, and tells nothing on another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<String>,
    /// The law of the visit: `gdpr`.
    pub regime: String,
    /// Its model: `opt-in`.
    pub model: String,
    /// The purposes that were granted when the edge took the events.
    pub granted: Vec<String>,
    /// The page: host, path, title, referrer, language, campaign.
    #[serde(default)]
    pub page: Map<String, Value>,
    /// The hashes of the visitor's identifiers in the form that the destination wants ([`super::Target::form`]), if it wants
    /// any and may have them: email, phone, customer_id.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub identity: Map<String, Value>,
    /// The browser's name of itself, where the destination cannot do without ([`super::Target::wants_user_agent`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
    /// The events in their order.
    pub events: Vec<Event>,
}

/// One event as the page sent it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Its id: `<source>.<number>`, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What happened.
    pub name: String,
    /// When.
    pub at: i64,
    /// What it is used for.
    pub purpose: String,
    /// What else there is to say of it.
    #[serde(default)]
    pub props: Map<String, Value>,
}

/// The name of the delivery that a queue's message makes for a destination. A message that is delivered twice makes the same
/// one twice, so it is known again.
pub fn delivery_id(message: &str, destination: &str) -> DeliveryId {
    let digest = canonical::sha256(["nod/delivery\0", message, "\0", destination].concat().as_bytes());
    let (bits, _) = digest.split_first_chunk().unwrap_or((&[0; 16], &[]));
    DeliveryId::from_random(*bits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_message_makes_one_delivery_for_a_destination() {
        assert_eq!(delivery_id("m", "d"), delivery_id("m", "d"));
        for (message, destination) in [("m", "e"), ("n", "d"), ("m\0d", ""), ("", "m\0d")] {
            assert_ne!(delivery_id(message, destination), delivery_id("m", "d"));
        }
    }

    #[test]
    fn what_was_written_is_what_is_read() {
        let delivery = json!({
            "id": "AAAAAAAAAAAAAAAAAAAAAA", "controller": "demo", "site": "shop", "destination": "warehouse",
            "received_at": 1_763_900_000_000_i64, "visitor": "AAAAAAAAAAAAAAAAAAAAAA", "regime": "gdpr", "model": "opt-in",
            "granted": ["necessary", "analytics"], "page": {"host": "shop.example"},
            "events": [{"id": "s.1", "name": "buy", "at": 1_763_899_999_000_i64, "purpose": "analytics", "props": {"total": 1.5}}],
        });
        let read: Delivery = serde_json::from_value(delivery.clone()).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), delivery);
    }
}
