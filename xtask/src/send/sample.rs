//! What platforms send: core's samples, with times and ids of their own, so that each is another delivery.

use anyhow::{Context, Result, bail};
use nod_core::time::Timestamp;
use nod_core::webhook::Source;
use serde_json::{Value, json};

use super::platform::Platform;
use crate::inputs::{hex, read};
use crate::project::Project;
use crate::secrets::random;

const FOLDER: &str = "core/src/intake/samples";

/// The shop that the samples are of.
pub(super) const SHOP: &str = "jsmith.myshopify.com";

/// Whom a sample speaks of, and what they are known by.
type Person = Option<(&'static str, &'static str)>;

/// An event with its file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sample {
    source: Source,
    pub(super) event: &'static str,
    file: &'static str,
    pub(super) person: Person,
}

const BOB: Person = Some(("EMAIL", "bob@biller.com"));
const JOHN: Person = Some(("EMAIL", "john@example.com"));
const JENNY: Person = Some(("EMAIL", "jenny.rosen@example.com"));
const API: Person = Some(("EMAIL", "api@mailchimp.com"));

/// Every event; the first of a platform is sent where none is named.
const SAMPLES: &[(Source, &str, &str, Person)] = &[
    (Source::Shopify, "customers/create", "shopify_customers_create", BOB),
    (Source::Shopify, "customers/delete", "shopify_customers_delete", None),
    (Source::Shopify, "orders/create", "shopify_orders_create", Some(("EMAIL", "john@test.com"))),
    (Source::Shopify, "customers_email_marketing_consent/update", "shopify_email_consent", BOB),
    (Source::Shopify, "customers_marketing_consent/update", "shopify_sms_consent", Some(("PHONE", "+16135550143"))),
    (Source::Shopify, "customers/data_request", "shopify_customers_data_request", JOHN),
    (Source::Shopify, "customers/redact", "shopify_customers_redact", JOHN),
    (Source::Shopify, "shop/redact", "shopify_shop_redact", None),
    (Source::Stripe, "customer.created", "stripe_customer_created", JENNY),
    (Source::Stripe, "customer.updated", "stripe_customer_updated", JENNY),
    (Source::Stripe, "checkout.session.completed", "stripe_checkout_session_completed", None),
    (Source::Stripe, "charge.succeeded", "stripe_charge_succeeded", JENNY),
    (Source::Stripe, "invoice.paid", "stripe_invoice_paid", JENNY),
    (Source::Stripe, "payment_intent.succeeded", "stripe_payment_intent_succeeded", None),
    (Source::Stripe, "thin", "stripe_thin", None),
    (Source::Mailchimp, "subscribe", "mailchimp_subscribe", API),
    (Source::Mailchimp, "unsubscribe", "mailchimp_unsubscribe", Some(("EMAIL", "api+unsub@mailchimp.com"))),
    (Source::Mailchimp, "profile", "mailchimp_profile", API),
    (Source::Mailchimp, "upemail", "mailchimp_upemail", Some(("EMAIL", "api+new@mailchimp.com"))),
    (Source::Mailchimp, "cleaned", "mailchimp_cleaned", Some(("EMAIL", "api+cleaned@mailchimp.com"))),
    (Source::Mailchimp, "campaign", "mailchimp_campaign", None),
    (Source::Mandrill, "events", "mandrill_events", Some(("EMAIL", "example.webhook@mandrillapp.com"))),
    (Source::Custom, "user.created", "custom_user_created", Some(("EMAIL", "test@example.com"))),
];

impl Sample {
    pub(super) fn of(platform: Platform, event: Option<&str>) -> Result<Self> {
        let mut all = SAMPLES.iter().filter(|(source, ..)| *source == platform.source());
        let found = all.clone().find(|(_, name, ..)| event.is_none_or(|event| event == *name));
        let Some((source, event, file, person)) = found.copied() else {
            let names: Vec<_> = all.by_ref().map(|(_, name, ..)| *name).collect();
            bail!("There is no sample of that event. For {} there are: {}.", platform.name(), names.join(", "));
        };
        Ok(Self { source, event, file, person })
    }

    /// The bytes that the platform would send now.
    pub(super) fn body(&self, project: &Project, now: Timestamp, id: &str) -> Result<Vec<u8>> {
        let file = project.path(FOLDER).join(self.file).with_extension("json");
        let mut payload: Value =
            serde_json::from_str(&read(&file)?).with_context(|| format!("{} is no JSON.", file.display()))?;
        renew(&mut payload, now, id);
        Ok(match self.source {
            Source::Shopify | Source::Custom => payload.to_string(),
            Source::Stripe => {
                payload["id"] = format!("evt_{id}").into();
                payload.to_string()
            }
            Source::Mailchimp => form("", &payload).join("&"),
            Source::Mandrill => format!("mandrill_events={}", encoded(&payload.to_string())),
        }
        .into_bytes())
    }
}

/// Times become now, and a request's number another one. What names people stays.
fn renew(value: &mut Value, now: Timestamp, id: &str) {
    match value {
        Value::Array(list) => {
            for (at, value) in list.iter_mut().enumerate() {
                renew(value, now, &format!("{id}{at}"));
            }
        }
        Value::Object(map) => {
            for (name, value) in map.iter_mut() {
                match renewed(name, value, now, id) {
                    Some(new) => *value = new,
                    None => renew(value, now, id),
                }
            }
        }
        _ => {}
    }
}

/// What a field of that name says now; `None` where it says the same as ever.
fn renewed(name: &str, value: &Value, now: Timestamp, id: &str) -> Option<Value> {
    let seconds = now.millis() / 1000;
    match (name, value) {
        ("updated_at" | "consent_updated_at" | "timestamp", Value::String(_)) => Some(now.rfc3339().into()),
        ("fired_at", _) => Some(now.rfc3339().replace('T', " ").chars().take(19).collect::<String>().into()),
        ("created" | "ts", Value::Number(_)) => Some(seconds.into()),
        ("_id", _) => Some(id.into()),
        ("data_request", _) => Some(json!({"id": seconds})),
        ("orders_to_redact", Value::Array(_)) => Some(json!([seconds])),
        _ => None,
    }
}

/// `data[merges][EMAIL]=…`, as forms spell a tree.
fn form(name: &str, value: &Value) -> Vec<String> {
    match value {
        Value::Object(map) => {
            let inner =
                |key: &str| if name.is_empty() { encoded(key) } else { format!("{name}%5B{}%5D", encoded(key)) };
            map.iter().flat_map(|(key, value)| form(&inner(key), value)).collect()
        }
        Value::String(text) => vec![format!("{name}={}", encoded(text))],
        Value::Null => vec![format!("{name}=")],
        other => vec![format!("{name}={}", encoded(&other.to_string()))],
    }
}

fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b' ' => "+".to_owned(),
        b'-' | b'_' | b'.' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(byte).collect()
}

pub(super) fn random_hex() -> Result<String> {
    Ok(hex(&random::<12>()?))
}

#[cfg(test)]
mod tests {
    use nod_core::time::Timestamp;
    use serde_json::Value;

    use super::{SAMPLES, Sample};
    use crate::project::Project;
    use crate::send::platform::Platform;

    fn text(source: &str, event: &str, id: &str) -> String {
        let sample = Sample::of(Platform::parse(source).unwrap(), Some(event)).unwrap();
        let now = Timestamp::from_millis(1_795_435_200_123).unwrap();
        String::from_utf8(sample.body(&Project::here(), now, id).unwrap()).unwrap()
    }

    #[test]
    fn every_sample_is_there_and_names_its_person() {
        for (source, event, _, person) in SAMPLES {
            let body = text(source.name(), event, "1");
            if let Some((_, value)) = person {
                assert!(body.contains(&super::encoded(value)) || body.contains(value), "{event}: {body}");
            }
        }
    }

    #[test]
    fn each_is_another_delivery() {
        let event: Value = serde_json::from_str(&text("stripe", "customer.created", "abc")).unwrap();
        assert_eq!((&event["id"], &event["created"]), (&"evt_abc".into(), &1_795_435_200.into()));
        assert!(text("mailchimp", "subscribe", "1").contains("fired_at=2026-11-23+12%3A00%3A00"));
        assert!(text("shopify", "customers/create", "1").contains(r#""updated_at":"2026-11-23T12:00:00.123Z""#));
        assert_ne!(text("mandrill", "events", "1"), text("mandrill", "events", "2"));
    }

    #[test]
    fn an_unknown_event_is_answered_with_those_that_there_are() {
        let error = Sample::of(Platform::parse("stripe").unwrap(), Some("customer.sneezed")).unwrap_err();
        assert!(error.to_string().contains("charge.succeeded"));
        assert!(Platform::parse("sap").is_err());
    }
}
