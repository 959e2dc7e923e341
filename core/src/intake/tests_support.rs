//! Sample payloads, and deliveries of them as they look behind the signature check.

use serde_json::Value;

use super::{FieldMapping, Known, Outcome, Reading, Unusable, read};
use crate::{
    id::ConnectionId,
    webhook::{Delivery, Proof, Slot, Source, Verified, shopify::ShopDomain},
};

pub(super) const SHOP: &str = "jsmith.myshopify.com";
pub(super) const TRIGGERED: &str = "2023-03-29T18:00:27.877041743Z";

macro_rules! samples {
    ($($name:literal: $source:ident $topic:literal),+ $(,)?) => {
        /// Name, source, Shopify's topic, text. The platforms' own samples, with the fields filled that carry personal data.
        pub(super) const SAMPLES: &[Sample] = &[$(Sample {
            name: $name,
            source: Source::$source,
            topic: $topic,
            text: include_str!(concat!("samples/", $name, ".json")),
        }),+];
    };
}

/// A platform's payload. What Mailchimp sends as a form is written as the tree that it spells.
#[derive(Clone, Copy)]
pub(super) struct Sample {
    pub(super) name: &'static str,
    pub(super) source: Source,
    pub(super) topic: &'static str,
    pub(super) text: &'static str,
}

samples! {
    "shopify_customers_create": Shopify "customers/create",
    "shopify_customers_update_older": Shopify "customers/update",
    "shopify_customers_delete": Shopify "customers/delete",
    "shopify_customers_data_request": Shopify "customers/data_request",
    "shopify_customers_redact": Shopify "customers/redact",
    "shopify_shop_redact": Shopify "shop/redact",
    "shopify_email_consent": Shopify "customers_email_marketing_consent/update",
    "shopify_sms_consent": Shopify "customers_marketing_consent/update",
    "shopify_orders_create": Shopify "orders/create",
    "stripe_customer_created": Stripe "",
    "stripe_customer_updated": Stripe "",
    "stripe_checkout_session_completed": Stripe "",
    "stripe_charge_succeeded": Stripe "",
    "stripe_payment_intent_succeeded": Stripe "",
    "stripe_invoice_paid": Stripe "",
    "stripe_thin": Stripe "",
    "mailchimp_subscribe": Mailchimp "",
    "mailchimp_unsubscribe": Mailchimp "",
    "mailchimp_profile": Mailchimp "",
    "mailchimp_upemail": Mailchimp "",
    "mailchimp_cleaned": Mailchimp "",
    "mailchimp_campaign": Mailchimp "",
    "mandrill_events": Mandrill "",
    "custom_user_created": Custom "",
}

pub(super) fn sample(name: &str) -> Sample {
    *SAMPLES.iter().find(|sample| sample.name == name).unwrap()
}

impl Sample {
    pub(super) fn value(&self) -> Value {
        serde_json::from_str(self.text).unwrap()
    }

    /// The body that carries this payload, or another in its place.
    pub(super) fn body(&self, payload: &Value) -> Vec<u8> {
        match self.source {
            Source::Mailchimp => form(payload),
            Source::Mandrill => format!("mandrill_events={}", encoded(&payload.to_string())).into_bytes(),
            Source::Shopify | Source::Stripe | Source::Custom => payload.to_string().into_bytes(),
        }
    }

    pub(super) fn read(&self) -> Result<Outcome, Unusable> {
        self.read_as(&self.value())
    }

    pub(super) fn read_as(&self, payload: &Value) -> Result<Outcome, Unusable> {
        read_body(self.source, self.topic, Proof::Signature(Slot::Current), &self.body(payload))
    }

    pub(super) fn reading(&self) -> Reading {
        useful(self.read())
    }

    pub(super) fn reading_of(&self, payload: &Value) -> Reading {
        useful(self.read_as(payload))
    }
}

#[track_caller]
pub(super) fn useful(outcome: Result<Outcome, Unusable>) -> Reading {
    match outcome.unwrap() {
        Outcome::Useful(reading) => reading,
        Outcome::Ignored { event, why } => panic!("{event} was ignored: {why}"),
    }
}

pub(super) fn read_body(source: Source, topic: &str, proof: Proof, body: &[u8]) -> Result<Outcome, Unusable> {
    read_mapped(source, topic, proof, body, None)
}

pub(super) fn read_mapped(
    source: Source,
    topic: &str,
    proof: Proof,
    body: &[u8],
    mapping: Option<&FieldMapping>,
) -> Result<Outcome, Unusable> {
    let headers = vec![
        ("X-Shopify-Hmac-Sha256", "checked before"),
        ("X-Shopify-Topic", topic),
        ("X-Shopify-Shop-Domain", SHOP),
        ("X-Shopify-Webhook-Id", "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043"),
        ("X-Shopify-Triggered-At", TRIGGERED),
    ];
    let verified = Verified::for_tests(source, proof, body);
    let connection = ConnectionId::from_random([7; 16]);
    let shop = ShopDomain::parse(SHOP).unwrap();
    read(&Delivery { body, headers }, &verified, &Known { connection: &connection, shop: Some(&shop), mapping })
}

fn form(payload: &Value) -> Vec<u8> {
    let mut pairs = Vec::new();
    let mut open = vec![(String::new(), payload)];
    while let Some((name, value)) = open.pop() {
        match value {
            Value::Object(map) => open.extend(map.iter().map(|(key, value)| {
                (if name.is_empty() { encoded(key) } else { format!("{name}%5B{}%5D", encoded(key)) }, value)
            })),
            Value::String(text) => pairs.push(format!("{name}={}", encoded(text))),
            Value::Null => pairs.push(format!("{name}=")),
            other => pairs.push(format!("{name}={}", encoded(&other.to_string()))),
        }
    }
    pairs.join("&").into_bytes()
}

fn encoded(text: &str) -> String {
    let digit = |digit: u8| char::from(b"0123456789ABCDEF"[usize::from(digit)]);
    text.bytes().flat_map(|byte| ['%', digit(byte >> 4), digit(byte & 15)]).collect()
}
