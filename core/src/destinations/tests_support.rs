//! A parcel to try things on.

use serde_json::Value;

use super::{AdConsent, Hashes, Parcel, Person, parcel::Item};
use crate::{
    events::Place,
    id::{DeliveryId, SiteKey},
    time::Timestamp,
};

const AT: i64 = 1_763_900_000_000;

/// What a [`Parcel`] borrows.
pub(crate) struct Sample {
    id: DeliveryId,
    site: SiteKey,
    person: Person,
    pub(crate) page: Place,
    pub(crate) email: Option<String>,
    pub(crate) user_agent: Option<String>,
    pub(crate) ad_consent: AdConsent,
    pub(crate) items: Vec<Item>,
    pub(crate) now: Timestamp,
}

impl Sample {
    pub(crate) fn of(items: impl IntoIterator<Item = Item>) -> Self {
        let text = |text: &str| Some(text.to_owned());
        let page = Place {
            host: text("shop.example"),
            path: text("/cart"),
            language: text("de"),
            campaign: [("source".to_owned(), "news letter".to_owned())].into(),
            ..Place::default()
        };
        let mut person = [0; 32];
        for (chunk, byte) in person.chunks_mut(8).zip([0x07, 0x0f, 0x17, 0x1f]) {
            chunk.fill(byte);
        }
        Self {
            id: DeliveryId::from_random([1; 16]),
            site: SiteKey::parse("shop").unwrap(),
            person: Person::new(person),
            page,
            email: None,
            user_agent: None,
            ad_consent: AdConsent::default(),
            items: items.into_iter().collect(),
            now: Timestamp::from_millis(AT + 1000).unwrap(),
        }
    }

    pub(crate) fn parcel(&self) -> Parcel<'_> {
        Parcel {
            id: &self.id,
            site: &self.site,
            person: &self.person,
            page: &self.page,
            hashes: Hashes { email: self.email.as_deref(), ..Hashes::default() },
            user_agent: self.user_agent.as_deref(),
            ad_consent: self.ad_consent,
            items: self.items.clone(),
            now: self.now,
        }
    }
}

/// An analytics event of a second ago.
#[expect(clippy::needless_pass_by_value, reason = "it is written as json!(…) where it stands")]
pub(crate) fn item(id: &str, name: &str, props: Value) -> Item {
    Item {
        id: id.into(),
        name: name.into(),
        at: Timestamp::from_millis(AT).unwrap(),
        purpose: "analytics".into(),
        props: props.as_object().unwrap().clone(),
    }
}
