//! What the edge hands to itself through the queue: one request's events, decided.

use crate::sorted::{SortedMap, SortedSet};

use serde::{Deserialize, Serialize};

use super::{Decision, Event, Identity, Place, event::millis};
use crate::{
    id::{BatchId, ControllerId, PurposeId, SiteKey, VisitorId},
    time::Timestamp,
};

/// One request's events. Holds no network address. Wherever it waits, it is sealed as a whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// Its name: the same however often the queue delivers it.
    pub id: BatchId,
    /// Whose site it is.
    pub controller: ControllerId,
    /// The site.
    pub site: SiteKey,
    /// When, by the server's clock.
    #[serde(serialize_with = "millis")]
    pub received_at: Timestamp,
    /// Who did it, if the visitor has chosen.
    pub visitor: Option<VisitorId>,
    /// The mark of the visit, see [`super::visit`].
    pub visit: Option<String>,
    /// The law's name.
    pub regime: String,
    /// What the visitor allowed when it arrived.
    pub permitted: SortedSet<PurposeId>,
    /// What is allowed, in order.
    pub events: Vec<Event>,
    /// What was refused.
    pub blocked: Vec<Blocked>,
    /// How many were dropped.
    pub dropped: u32,
    /// Where the events happened.
    pub page: Place,
    /// Who the visitor is.
    pub identity: Option<Identity>,
    /// The browser's name for itself, if a destination needs it and may have it.
    pub user_agent: Option<String>,
}

/// How often something was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blocked {
    /// The events' name.
    pub name: String,
    /// The purpose that was not granted, or [`super::UNKNOWN_PURPOSE`].
    pub purpose: String,
    /// How many.
    pub count: u32,
}

impl Decision {
    /// How many events were refused.
    pub fn blocked_count(&self) -> u32 {
        self.blocked.values().fold(0, |sum, count| sum.saturating_add(*count))
    }

    /// What was refused, as a message carries it.
    pub fn blocked_list(&self) -> Vec<Blocked> {
        let blocked = |((name, purpose), count): (&(String, String), &u32)| Blocked {
            name: name.clone(),
            purpose: purpose.clone(),
            count: *count,
        };
        self.blocked.iter().map(blocked).collect()
    }
}

impl Message {
    /// How many events were refused, by purpose: what the journal says of it.
    pub fn blocked_by_purpose(&self) -> SortedMap<&str, u32> {
        let mut counts: SortedMap<&str, u32> = SortedMap::new();
        for blocked in &self.blocked {
            let count = counts.entry(&blocked.purpose).or_default();
            *count = count.saturating_add(blocked.count);
        }
        counts
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use serde_json::json;

    const NOW: i64 = 86_400_000;

    /// A message of the second day's begin with an event for each purpose that is `permitted`, and five that were refused.
    pub(crate) fn message(visitor: bool, permitted: &[&str]) -> Message {
        let event =
            |name: &str, purpose| json!({"id": null, "name": name, "at": NOW, "purpose": purpose, "props": {"a": 1.5}});
        serde_json::from_value(json!({
            "id": "AAAAAAAAAAAAAAAAAAAAAA", "controller": "demo", "site": "shop", "received_at": NOW, "regime": "gdpr",
            "visitor": visitor.then_some("AAAAAAAAAAAAAAAAAAAAAA"), "visit": null, "permitted": permitted, "dropped": 1,
            "events": permitted.iter().map(|purpose| event(&format!("of_{purpose}"), *purpose)).collect::<Vec<_>>(),
            "blocked": [
                {"name": "a", "purpose": "marketing", "count": 2}, {"name": "b", "purpose": "marketing", "count": 3}],
            "page": {"path": "/"}, "identity": null, "user_agent": null,
        }))
        .unwrap()
    }

    #[test]
    fn a_message_is_read_as_it_was_written() {
        let message = message(true, &["necessary", "analytics"]);
        let text = serde_json::to_string(&message).unwrap();
        assert_eq!(serde_json::from_str::<Message>(&text).unwrap(), message);
        assert_eq!(message.blocked_by_purpose(), SortedMap::from([("marketing", 5)]));
    }
}
