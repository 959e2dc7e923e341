//! The labels of a delivery, which nobody signed, held against the body, which somebody did.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Delivery, Family, Topic};
use crate::{
    id::Fingerprint,
    time::Timestamp,
    webhook::{Source, Verified},
};

/// A shop's permanent name: `jsmith.myshopify.com`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct ShopDomain(String);

impl ShopDomain {
    /// Reads a name, in any case. `None` where it is not one of Shopify's.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.to_ascii_lowercase();
        let name = text.strip_suffix(".myshopify.com")?;
        let valid = (1..=100).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
            && !name.starts_with('-');
        valid.then_some(Self(text))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ShopDomain {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not a name under myshopify.com")
    }
}

/// Why the labels are not believed. The body is authentic, so this is no wrong password: it is a mistake or a trick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contradiction {
    /// A label is missing or cannot be read.
    Unlabelled(&'static str),
    /// The label names another shop than the connection's.
    OtherShop,
    /// The body names another shop than the label.
    OtherShopInBody,
    /// The body is no JSON object.
    NoObject,
    /// The body is not one of that topic's.
    OtherShape(Topic),
}

impl fmt::Display for Contradiction {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unlabelled(header) => write!(out, "{header} is missing or cannot be read"),
            Self::OtherShop => out.write_str("the delivery is another shop's than the connection's"),
            Self::OtherShopInBody => out.write_str("the body names another shop than the header"),
            Self::NoObject => out.write_str("the body is not a JSON object"),
            Self::OtherShape(topic) => write!(out, "the body is not one of the topic's ({topic:?})"),
        }
    }
}

impl std::error::Error for Contradiction {}

/// A delivery whose labels agree with its body and its connection.
#[derive(Clone, Debug)]
pub struct Event<'a> {
    /// What it is about.
    pub topic: Topic,
    /// The topic's name, as the label has it.
    pub name: &'a str,
    /// Whose it is.
    pub shop: ShopDomain,
    /// Shopify's id of the delivery. Not signed: a second key against duplicates, never the only one.
    pub webhook_id: Option<&'a str>,
    /// When it happened, as the label claims.
    pub triggered_at: Option<Timestamp>,
    /// The body.
    pub body: Map<String, Value>,
}

impl<'a> Event<'a> {
    /// Holds the labels against the body and the connection's shop. A connection that has not met its shop yet passes
    /// `None`, and keeps the one that comes back.
    pub fn read(
        delivery: &Delivery<'a>,
        verified: &Verified<'_>,
        connected: Option<&ShopDomain>,
    ) -> Result<Self, Contradiction> {
        let (family, _) = Family::of(delivery).map_err(|_| Contradiction::Unlabelled("the signature"))?;
        let label = |name| delivery.optional(name).map_err(|_| Contradiction::Unlabelled(name));
        let shop = label(family.shop)?.and_then(ShopDomain::parse).ok_or(Contradiction::Unlabelled(family.shop))?;
        if connected.is_some_and(|connected| *connected != shop) {
            return Err(Contradiction::OtherShop);
        }
        let name = label(family.topic)?.ok_or(Contradiction::Unlabelled(family.topic))?;
        let topic = Topic::parse(name);
        let body: Map<String, Value> = crate::json::read(verified.body()).ok_or(Contradiction::NoObject)?;
        if !topic.fits(&body) {
            return Err(Contradiction::OtherShape(topic));
        }
        let named = body.get("shop_domain").map(|named| named.as_str().and_then(ShopDomain::parse));
        if named.is_some_and(|named| named.as_ref() != Some(&shop)) {
            return Err(Contradiction::OtherShopInBody);
        }
        let webhook_id = label(family.webhook_id)?.filter(|id| is_id(id));
        Ok(Self { topic, name, shop, webhook_id, triggered_at: label(family.triggered_at)?.and_then(moment), body })
    }

    /// The hash of Shopify's id of the delivery: what [`Verified::vendor_key`] is for the platforms that sign theirs.
    pub fn vendor_key(&self) -> Option<Fingerprint> {
        let id = self.webhook_id?;
        Some(crate::webhook::vendor_key::key(Source::Shopify, &[id.as_bytes()]))
    }
}

fn is_id(text: &str) -> bool {
    (1..=255).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

fn moment(text: &str) -> Option<Timestamp> {
    Timestamp::from_millis(chrono::DateTime::parse_from_rfc3339(text).ok()?.timestamp_millis())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::webhook::{Proof, Slot};

    const REDACT: &[u8] = br#"{"shop_id":954889,"shop_domain":"jsmith.myshopify.com"}"#;
    const UNNAMED: &[u8] = br#"{"shop_id":954889,"shop_domain":"shop.example"}"#;

    type Case<'a> = (&'a str, &'a [u8], &'a [(&'a str, &'a str)], &'a str, Contradiction);

    fn read(body: &[u8], headers: &[(&str, &str)], connected: &str) -> Result<(Topic, String), Contradiction> {
        let mut all = vec![("X-Shopify-Hmac-Sha256", "checked before")];
        all.extend_from_slice(headers);
        let delivery = Delivery { body, headers: all };
        let verified = Verified::new(Source::Shopify, Proof::Signature(Slot::Current), body, &[body]);
        let event = Event::read(&delivery, &verified, ShopDomain::parse(connected).as_ref())?;
        Ok((event.topic, event.shop.0))
    }

    #[test]
    fn labels_that_agree_with_body_and_connection_are_believed() {
        let headers = [("X-Shopify-Topic", "shop/redact"), ("x-shopify-shop-domain", "JSmith.myshopify.com")];
        let expected = Ok((Topic::ShopRedact, "jsmith.myshopify.com".to_owned()));
        assert_eq!(read(REDACT, &headers, "jsmith.myshopify.com"), expected);
        assert_eq!(read(REDACT, &headers, "no shop yet"), expected);
    }

    #[test]
    fn labels_that_contradict_body_or_connection_are_not_believed() {
        use Contradiction as No;
        let (topic, shop) = ("x-shopify-topic", "x-shopify-shop-domain");
        let ours = "jsmith.myshopify.com";
        let theirs = "other.myshopify.com";
        let order: &[u8] = br#"{"id":1,"email":"jon@doe.ca","order_number":1234,"customer":{"id":2},"line_items":[]}"#;
        let cases: [Case<'_>; 10] = [
            ("no topic", REDACT, &[(shop, ours)], ours, No::Unlabelled(topic)),
            ("no shop", REDACT, &[(topic, "shop/redact")], ours, No::Unlabelled(shop)),
            ("not a shop", REDACT, &[(topic, "shop/redact"), (shop, "shop.example")], ours, No::Unlabelled(shop)),
            ("two topics", REDACT, &[(topic, "a"), (topic, "b"), (shop, ours)], ours, No::Unlabelled(topic)),
            (
                "labels of the other family",
                REDACT,
                &[("shopify-topic", "a"), (shop, ours)],
                ours,
                No::Unlabelled(topic),
            ),
            ("another shop", REDACT, &[(topic, "shop/redact"), (shop, theirs)], ours, No::OtherShop),
            ("another shop inside", REDACT, &[(topic, "shop/redact"), (shop, theirs)], theirs, No::OtherShopInBody),
            ("no shop inside", UNNAMED, &[(topic, "shop/redact"), (shop, ours)], ours, No::OtherShopInBody),
            ("no JSON", b"{", &[(topic, "shop/redact"), (shop, ours)], ours, No::NoObject),
            (
                "an order that would erase a customer",
                order,
                &[(topic, "customers/redact"), (shop, ours)],
                ours,
                No::OtherShape(Topic::CustomersRedact),
            ),
        ];
        for (case, body, headers, connected, expected) in cases {
            assert_eq!(read(body, headers, connected), Err(expected), "{case}");
        }
    }

    #[test]
    fn a_shop_has_a_name_of_shopifys() {
        for text in ["", ".myshopify.com", "a.b.myshopify.com", "-a.myshopify.com", "a.myshopify.com.evil.example"] {
            assert_eq!(ShopDomain::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_time_and_the_id_are_read_where_they_make_sense() {
        assert_eq!(moment("2023-03-29T18:00:27.877041743Z").unwrap().rfc3339(), "2023-03-29T18:00:27.877Z");
        assert_eq!(moment("yesterday"), None);
        assert!(is_id("b54557e4-bdd9-4b37-8a5f-bf7d70bcd043") && !is_id("") && !is_id(&"a".repeat(256)));
    }
}
