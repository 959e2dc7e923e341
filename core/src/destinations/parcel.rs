//! What goes to a destination at once: events under the names and with the properties that its mapping gives them.

use serde_json::{Map, Value};

use super::{Plan, Target, Unfit, analytics_engine, ga4, meta, webhook};
use crate::{
    events::Place,
    id::{DeliveryId, SiteKey},
    time::Timestamp,
};

/// Whose events they are, as one destination knows it. Another destination knows the same browser by another name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person([u8; 32]);

impl Person {
    /// Made of a keyed hash over the destination and the visitor.
    pub const fn new(hash: [u8; 32]) -> Self {
        Self(hash)
    }

    /// Eight of its bytes as a number: the first ones, or those behind them.
    pub(super) fn number(&self, at: usize) -> u64 {
        self.0.as_chunks::<8>().0.get(at).map_or(0, |bytes| u64::from_be_bytes(*bytes))
    }

    /// All of it, in lower-case hex.
    pub(super) fn hex(&self) -> String {
        crate::id::Fingerprint::from_digest(&self.0).as_str().to_owned()
    }
}

/// Hashes of the visitor's identifiers in the destination's form, 64 lower-case hex digits each.
#[derive(Clone, Debug, Default)]
pub struct Hashes<'a> {
    /// Of the e-mail address.
    pub email: Option<&'a str>,
    /// Of the telephone number.
    pub phone: Option<&'a str>,
    /// Of the controller's own customer number.
    pub customer_id: Option<&'a str>,
}

/// An event as a destination gets it.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its id, the same in the page and everywhere.
    pub id: String,
    /// The name that the destination knows it by.
    pub name: String,
    /// When it happened.
    pub at: Timestamp,
    /// What it is used for.
    pub purpose: String,
    /// What the destination learns of it.
    pub props: Map<String, Value>,
}

/// What goes to a destination at once.
#[derive(Clone, Debug)]
pub struct Parcel<'a> {
    /// The delivery's name.
    pub id: &'a DeliveryId,
    /// The site.
    pub site: &'a SiteKey,
    /// Whose events they are.
    pub person: &'a Person,
    /// The page.
    pub page: &'a Place,
    /// Hashes of identifiers, none where none may go.
    pub hashes: Hashes<'a>,
    /// The browser's name of itself.
    pub user_agent: Option<&'a str>,
    /// What Google may do with them.
    pub ad_consent: ga4::AdConsent,
    /// The events, in order.
    pub items: Vec<Item>,
    /// Now.
    pub now: Timestamp,
}

impl Parcel<'_> {
    /// What is to be done for it: requests of the destination's protocol, or data points; and which events cannot go. `secrets`
    /// are the texts that staff gave, the newest first.
    pub fn plan(&self, target: &Target, secrets: &[String]) -> Result<Plan, Unfit> {
        match target {
            Target::Ga4 { endpoint, measurement_id, .. } => ga4::plan(self, endpoint, measurement_id, secrets),
            Target::Meta { endpoint, pixel, test_event_code } => {
                meta::plan(self, endpoint, pixel, test_event_code.as_deref(), secrets)
            }
            Target::Webhook { endpoint, .. } => webhook::plan(self, endpoint, secrets),
            Target::AnalyticsEngine { blobs, doubles } => Ok(analytics_engine::plan(self, blobs, doubles)),
        }
    }

    /// The page's address, without query and fragment.
    pub(super) fn page_url(&self) -> Option<String> {
        let host = self.page.host.as_deref()?;
        Some(["https://", host, self.page.path.as_deref().unwrap_or("/")].concat())
    }
}
