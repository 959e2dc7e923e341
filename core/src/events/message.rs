//! What the edge hands to itself through the queue: one request's events, decided.

use crate::sorted::{SortedMap, SortedSet};

use serde::{Deserialize, Serialize};

use super::{Decision, Event, Ground, Identity, Place, event::millis};
use crate::{
    canonical,
    consent::Record,
    id::{BatchId, ControllerId, DeliveryId, PurposeId, SiteKey, VisitorId},
    regime::{self, REGIMES},
    site::Site,
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

    /// The events that a destination with these purposes may have now: by what was allowed when they arrived, and, if the
    /// visitor is known, by the newest record as well.
    pub fn events_for(
        &self,
        purposes: &[PurposeId],
        site: &Site,
        record: Option<&Record>,
        now: Timestamp,
    ) -> Vec<&Event> {
        let regime = REGIMES.iter().find(|regime| regime.id == self.regime).unwrap_or(&regime::DEFAULT);
        // The browser's signal was heeded when the events arrived.
        let ground = Ground { site, record, regime, gpc: false, now };
        let still = self.visitor.is_some().then(|| ground.permitted(true));
        let may = |purpose: &PurposeId| {
            self.permitted.contains(purpose) && still.as_ref().is_none_or(|permitted| permitted.contains(purpose))
        };
        if !purposes.iter().all(may) {
            return Vec::new();
        }
        self.events.iter().filter(|event| may(&event.purpose)).collect()
    }

    /// The name of what goes to one destination: the same when the queue delivers the message again, so that a receiver can
    /// tell; another for each destination, so that two receivers cannot.
    pub fn delivery_id(&self, destination: &str) -> DeliveryId {
        let digest = canonical::sha256([self.id.as_str(), "\0", destination].concat().as_bytes());
        DeliveryId::from_random(std::array::from_fn(|at| digest.get(at).copied().unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consent::tests_support::{record, site};
    use serde_json::json;

    const NOW: i64 = 86_400_000;

    fn purposes(ids: &[&str]) -> Vec<PurposeId> {
        ids.iter().filter_map(|id| PurposeId::parse(id)).collect()
    }

    fn message(visitor: bool, permitted: &[&str]) -> Message {
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

    fn names(events: &[&Event]) -> Vec<String> {
        events.iter().map(|event| event.name.clone()).collect()
    }

    #[test]
    fn a_message_is_read_as_it_was_written() {
        let message = message(true, &["necessary", "analytics"]);
        let text = serde_json::to_string(&message).unwrap();
        assert_eq!(serde_json::from_str::<Message>(&text).unwrap(), message);
        assert_eq!(message.blocked_by_purpose(), SortedMap::from([("marketing", 5)]));
    }

    #[test]
    fn a_destination_gets_what_it_and_the_event_are_granted_for_then_and_now() {
        let (site, mut record, now) = (site(), record(), Timestamp::from_millis(NOW).unwrap());
        let message = message(true, &["necessary", "analytics", "marketing"]);
        let get =
            |ids: &[&str], record: Option<&Record>| names(&message.events_for(&purposes(ids), &site, record, now));
        assert_eq!(get(&["analytics"], Some(&record)), ["of_necessary", "of_analytics"]);
        assert!(get(&["marketing"], Some(&record)).is_empty(), "withdrawn meanwhile");
        assert!(get(&["chat"], Some(&record)).is_empty());
        assert_eq!(get(&[], None), ["of_necessary"]);
        record.purposes.values_mut().for_each(|granted| *granted = true);
        assert_eq!(get(&["analytics", "marketing"], Some(&record)).len(), 3);
    }

    #[test]
    fn what_was_not_granted_then_does_not_go_now_and_without_a_visitor_then_counts() {
        let (site, record, now) = (site(), record(), Timestamp::from_millis(NOW).unwrap());
        let essential = message(true, &["necessary"]);
        assert!(essential.events_for(&purposes(&["analytics"]), &site, Some(&record), now).is_empty());
        let free = message(false, &["necessary", "analytics"]);
        assert_eq!(free.events_for(&purposes(&["analytics"]), &site, None, now).len(), 2);
        assert!(free.events_for(&purposes(&["marketing"]), &site, None, now).is_empty());
    }

    #[test]
    fn a_delivery_has_one_name_for_each_destination() {
        let message = message(true, &["analytics"]);
        assert_eq!(message.delivery_id("warehouse"), message.clone().delivery_id("warehouse"));
        assert_ne!(message.delivery_id("warehouse"), message.delivery_id("ads"));
    }
}
