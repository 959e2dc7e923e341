//! What a queue carries to a destination: some events of one page, and what is known about whose they are.

use crate::sorted::SortedSet;

use serde::{Deserialize, Serialize};

use super::Kind;
use crate::{
    canonical,
    consent::Record,
    events::{Event, Ground, Place},
    id::{BatchId, ControllerId, DeliveryId, PurposeId, SiteKey, VisitorId},
    regime::{self, REGIMES},
    site::Site,
    time::Timestamp,
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
    /// Its place among the deliveries that the same message makes for the destination.
    pub part: u32,
    /// Whose browser it was, where it made a choice. The choice is looked up again before anything is sent.
    pub visitor: Option<VisitorId>,
    /// What tells the visit from others of the same day, and tells nothing on another.
    pub visit: Option<String>,
    /// The law of the visit: `gdpr`.
    pub regime: String,
    /// The purposes that were granted when the edge took the events.
    pub permitted: SortedSet<PurposeId>,
    /// Where the events happened.
    pub page: Place,
    /// Who the visitor is, if the destination wants to know and may.
    pub identity: Option<Hashed>,
    /// The browser's name of itself, where the destination cannot do without.
    pub user_agent: Option<String>,
    /// The events in their order.
    pub events: Vec<Event>,
}

/// Hashes of the visitor's identifiers in the form that the destination wants, 64 lower-case hex digits each.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hashed {
    /// What they may be used for.
    pub purpose: PurposeId,
    /// Of the e-mail address.
    pub email: Option<String>,
    /// Of the telephone number.
    pub phone: Option<String>,
    /// Of the controller's own customer number.
    pub customer_id: Option<String>,
}

/// It is personal data in transit, so it does not show itself.
impl std::fmt::Debug for Hashed {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Hashed (hidden)")
    }
}

impl Delivery {
    /// What is granted now: of what was when the events arrived, what the visitor's newest `record` still grants. Who has not
    /// chosen granted what the law presumes, and is asked nothing again. `opted_out` is [`Ground::opted_out`].
    pub fn granted(
        &self,
        site: &Site,
        record: Option<&Record>,
        opted_out: Option<Timestamp>,
        now: Timestamp,
    ) -> SortedSet<PurposeId> {
        if self.visitor.is_none() {
            return self.permitted.clone();
        }
        let regime = REGIMES.iter().find(|regime| regime.id == self.regime).unwrap_or(&regime::DEFAULT);
        // The browser's signal was heeded when the events arrived, and `permitted` still says so.
        let ground = Ground { site, record, opted_out, regime, gpc: false, now };
        ground.permitted(true).intersection(&self.permitted).cloned().collect()
    }
}

/// The name of a delivery that a message makes for a destination. A message that comes twice makes the same ones twice, so
/// they are known again.
pub fn delivery_id(message: &BatchId, destination: &str, part: u32) -> DeliveryId {
    let written = ["nod/delivery\0", message.as_str(), "\0", destination, "\0", &part.to_string()].concat();
    let digest = canonical::sha256(written.as_bytes());
    let (bits, _) = digest.split_first_chunk().unwrap_or((&[0; 16], &[]));
    DeliveryId::from_random(*bits)
}

impl Kind {
    /// Whether it knows a delivery again that it got before: Meta by the events' ids, a webhook by the delivery's. To the
    /// others nothing is sent twice unless it cannot be known that it arrived.
    pub const fn knows_again(self) -> bool {
        matches!(self, Self::Meta | Self::Webhook)
    }

    /// How many events a delivery may hold, so that it is one request: what is begun twice is then sent twice as a whole or
    /// not at all.
    pub const fn most_events(self) -> usize {
        match self {
            Self::Ga4 => super::ga4::MOST_EVENTS,
            Self::Meta | Self::Webhook | Self::AnalyticsEngine => 100,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        consent::tests_support::{record, site},
        destinations::{Destination, Hosts},
        events::{Message, sample_message as message},
    };
    use serde_json::json;

    const NOW: i64 = 86_400_000;

    /// The names of what a destination with these purposes gets.
    fn released(message: &Message, needs: &[&str], record: Option<&Record>) -> Vec<String> {
        let configuration = json!({"destinations": [{
            "id": "d", "kind": "webhook", "purposes": needs, "events": ["*"], "settings": {"url": "https://sink.example/"},
        }]});
        let [destination] = &Destination::all(&configuration, Hosts::Public)[..] else { panic!("a destination") };
        let (site, now) = (site(), Timestamp::from_millis(NOW).unwrap());
        let purposes: Vec<_> = site.notice.purposes.iter().map(|purpose| purpose.id.clone()).collect();
        let deliveries = destination.deliveries(message, &message.events, None, &purposes);
        let items =
            |delivery: &Delivery| destination.items(delivery, &delivery.granted(&site, record, None, now), &purposes).0;
        deliveries.iter().flat_map(items).map(|item| item.name).collect()
    }

    #[test]
    fn a_destination_gets_what_it_and_the_event_are_granted_for_then_and_now() {
        let mut record = record();
        let message = message(true, &["necessary", "analytics", "marketing"]);
        assert_eq!(released(&message, &["analytics"], Some(&record)), ["of_necessary", "of_analytics"]);
        assert!(released(&message, &["marketing"], Some(&record)).is_empty(), "withdrawn meanwhile");
        assert!(released(&message, &["chat"], Some(&record)).is_empty());
        assert!(released(&message, &[], Some(&record)).is_empty(), "it says not what for");
        assert_eq!(released(&message, &["necessary"], None), ["of_necessary"]);
        record.purposes.values_mut().for_each(|granted| *granted = true);
        assert_eq!(released(&message, &["analytics", "marketing"], Some(&record)).len(), 3);
    }

    #[test]
    fn what_was_not_granted_then_does_not_go_now_and_without_a_visitor_then_counts() {
        assert!(released(&message(true, &["necessary"]), &["analytics"], Some(&record())).is_empty());
        let free = message(false, &["necessary", "analytics"]);
        assert_eq!(released(&free, &["analytics"], None).len(), 2);
        assert!(released(&free, &["marketing"], None).is_empty());
    }

    #[test]
    fn a_message_makes_the_same_deliveries_each_time() {
        let id = |byte, destination, part| delivery_id(&BatchId::from_random([byte; 16]), destination, part);
        assert_eq!(id(1, "d", 0), id(1, "d", 0));
        for other in [id(2, "d", 0), id(1, "e", 0), id(1, "d", 1)] {
            assert_ne!(id(1, "d", 0), other);
        }
    }
}
