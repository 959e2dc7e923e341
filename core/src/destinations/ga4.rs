//! Google Analytics 4, by its Measurement Protocol.
//!
//! Sources: developers.google.com/analytics/devguides/collection/protocol/ga4/reference (address, `client_id`, `consent`,
//! `timestamp_micros` of the request and of an event, at most 72 hours back, at most 25 events), …/ga4/sending-events (the
//! limits: names of 40 letters, digits and underscores, 25 parameters, texts of 100 characters; `session_id` and
//! `engagement_time_msec`, without which nothing is seen in Realtime), support.google.com/analytics/answer/13316687 (names
//! that are reserved).
//!
//! Google answers 204 to whatever it receives and drops in silence what it does not like, so that is seen to here. What has
//! no form there is left out: nested values other than `items`, parameters past the limit.

use serde_json::{Map, Value, json};

use super::{Endpoint, Parcel, Plan, Request, Unfit, parcel::Item};

/// Events of one request.
pub(super) const MOST_EVENTS: usize = 25;
/// Properties of an event, beside the six parameters of our own.
const MOST_PROPS: usize = 19;
const LONGEST_NAME: usize = 40;
const HOUR: i64 = 60 * 60 * 1000;
/// A little less than Google's 72 hours: the request has yet to get there.
const OLDEST: i64 = 72 * HOUR - HOUR / 6;

/// Names that Google keeps for what its own tags collect.
const RESERVED: &[&str] = &[
    "ad_activeview",
    "ad_click",
    "ad_exposure",
    "ad_impression",
    "ad_query",
    "ad_reward",
    "adunit_exposure",
    "app_clear_data",
    "app_exception",
    "app_install",
    "app_remove",
    "app_store_refund",
    "app_store_subscription_cancel",
    "app_store_subscription_renew",
    "app_update",
    "app_upgrade",
    "error",
    "first_open",
    "first_visit",
    "in_app_purchase",
    "notification_dismiss",
    "notification_foreground",
    "notification_open",
    "notification_receive",
    "os_update",
    "screen_view",
    "session_start",
    "user_engagement",
];

/// What Google may do with the events in its advertising.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AdConsent {
    /// Use data of the visitor.
    pub user_data: bool,
    /// Choose advertisements for the visitor.
    pub personalization: bool,
}

pub(super) fn plan(
    parcel: &Parcel<'_>,
    endpoint: &Endpoint,
    measurement_id: &str,
    secrets: &[String],
) -> Result<Plan, Unfit> {
    let secret = secrets.first().ok_or(Unfit::NoSecret)?;
    let mut url = endpoint.as_str().to_owned();
    url.push(if url.contains('?') { '&' } else { '?' });
    url.extend(["measurement_id=", measurement_id, "&api_secret="]);
    encode(secret, &mut url);
    let mut plan = Plan::default();
    let mut events = Vec::new();
    for item in &parcel.items {
        let name = name(&item.name);
        if parcel.now.millis().saturating_sub(item.at.millis()) > OLDEST {
            plan.lose("too_old");
        } else if RESERVED.contains(&name.as_str()) {
            plan.lose("reserved_name");
        } else {
            events
                .push(json!({"name": name, "timestamp_micros": micros(parcel, item), "params": params(parcel, item)}));
        }
    }
    for chunk in events.chunks(MOST_EVENTS) {
        let body = body(parcel, chunk).to_string();
        plan.requests.push(Request { url: url.clone(), headers: Vec::new(), body, events: chunk.len() });
    }
    Ok(plan)
}

fn body(parcel: &Parcel<'_>, events: &[Value]) -> Value {
    let word = |granted| if granted { "GRANTED" } else { "DENIED" };
    let half = |at| (parcel.person.number(at) >> 32).to_string();
    let client = [half(0), half(1)].join(".");
    let mut body = json!({
        "client_id": client,
        "timestamp_micros": parcel.now.millis().saturating_mul(1000),
        "consent": {
            "ad_user_data": word(parcel.ad_consent.user_data),
            "ad_personalization": word(parcel.ad_consent.personalization),
        },
        "events": events,
    });
    let hashes = [("sha256_email_address", parcel.hashes.email), ("sha256_phone_number", parcel.hashes.phone)];
    let user_data: Map<String, Value> =
        hashes.into_iter().filter_map(|(name, hash)| Some((name.to_owned(), json!([hash?])))).collect();
    if parcel.ad_consent.user_data && !user_data.is_empty() {
        body["user_data"] = Value::Object(user_data);
    }
    body
}

/// Never in the future, where Google would not take it.
fn micros(parcel: &Parcel<'_>, item: &Item) -> i64 {
    item.at.min(parcel.now).millis().saturating_mul(1000)
}

fn params(parcel: &Parcel<'_>, item: &Item) -> Map<String, Value> {
    let mut params: Map<String, Value> = item
        .props
        .iter()
        .filter_map(|(name, value)| Some((param(name)?, shaped(name, value)?)))
        .take(MOST_PROPS)
        .collect();
    let day = item.at.millis().cast_unsigned() / (24 * HOUR.cast_unsigned());
    // One session a day, as visits are counted: a number that no other day has.
    let session = parcel.person.number(2).wrapping_add(day.wrapping_mul(7_919)) % 10_000_000_000;
    let page = [
        ("session_id", Some(session.to_string())),
        ("page_location", parcel.page_url().map(|url| cut(&with_campaign(parcel, url), 1000))),
        ("page_title", parcel.page.title.as_deref().map(|text| cut(text, 300))),
        ("page_referrer", parcel.page.referrer.as_deref().map(|host| cut(&["https://", host, "/"].concat(), 420))),
    ];
    for (name, value) in page {
        if let Some(value) = value {
            params.entry(name).or_insert(Value::String(value));
        }
    }
    // Google does not know an event again. In an export of the raw events whoever counts can.
    params.insert("event_id".to_owned(), Value::String(cut(&item.id, 100)));
    params.entry("engagement_time_msec").or_insert(json!(1));
    params
}

/// The page's address with the campaign that it was reached by, from which Google reads where a visit comes from.
fn with_campaign(parcel: &Parcel<'_>, mut url: String) -> String {
    let mut separator = '?';
    for (name, value) in &parcel.page.campaign {
        url.push(separator);
        url.push_str("utm_");
        encode(name, &mut url);
        url.push('=');
        encode(value, &mut url);
        separator = '&';
    }
    url
}

/// A name as Google takes it: what it does not take becomes an underscore.
fn name(name: &str) -> String {
    let mut clean = String::with_capacity(LONGEST_NAME);
    if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        clean.push_str("e_");
    }
    clean.extend(name.chars().map(|character| if character.is_ascii_alphanumeric() { character } else { '_' }));
    clean.truncate(LONGEST_NAME);
    clean
}

/// A parameter's name; `None` for one that is Google's.
fn param(written: &str) -> Option<String> {
    let is_reserved = ["_", "firebase_", "ga_", "google_", "gtag."].iter().any(|prefix| written.starts_with(prefix));
    (!is_reserved).then(|| name(written))
}

/// A parameter's value: a text, a number, or `items`.
fn shaped(name: &str, value: &Value) -> Option<Value> {
    match value {
        Value::String(text) => Some(Value::String(cut(text, 100))),
        Value::Number(_) => Some(value.clone()),
        Value::Bool(truth) => Some(Value::String(truth.to_string())),
        Value::Array(_) if name == "items" => Some(value.clone()),
        Value::Array(_) | Value::Object(_) | Value::Null => None,
    }
}

/// So many characters of a text.
fn cut(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

/// Percent-encodes all but what RFC 3986 leaves unreserved.
fn encode(text: &str, out: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.extend([byte >> 4, byte & 15].map(|digit| char::from(DIGITS[usize::from(digit)])));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::destinations::tests_support::{Sample, item};

    fn plan_of(sample: &Sample) -> Plan {
        let endpoint =
            Endpoint::parse("https://www.google-analytics.com/mp/collect", crate::destinations::Hosts::Public).unwrap();
        plan(&sample.parcel(), &endpoint, "G-ABC1234567", &["s3cret/+".to_owned()]).unwrap()
    }

    fn bodies(plan: &Plan) -> Vec<Value> {
        plan.requests.iter().map(|request| serde_json::from_str(&request.body).unwrap()).collect()
    }

    #[test]
    fn a_request_names_stream_and_secret_and_what_was_allowed() {
        let mut sample = Sample::of([item("a.1", "purchase", json!({"value": 9.5, "currency": "EUR"}))]);
        sample.ad_consent = AdConsent { user_data: true, personalization: false };
        let plan = plan_of(&sample);
        assert_eq!(
            plan.requests[0].url,
            "https://www.google-analytics.com/mp/collect?measurement_id=G-ABC1234567&api_secret=s3cret%2F%2B"
        );
        let body = &bodies(&plan)[0];
        assert_eq!(body["consent"], json!({"ad_user_data": "GRANTED", "ad_personalization": "DENIED"}));
        let event = &body["events"][0];
        assert_eq!(
            (&event["name"], &event["timestamp_micros"]),
            (&json!("purchase"), &json!(1_763_900_000_000_000_i64))
        );
        assert_eq!((&event["params"]["value"], &event["params"]["currency"]), (&json!(9.5), &json!("EUR")));
        assert_eq!(event["params"]["page_location"], "https://shop.example/cart?utm_source=news%20letter");
        assert!(event["params"]["session_id"].as_str().unwrap().bytes().all(|byte| byte.is_ascii_digit()));
    }

    #[test]
    fn the_visitors_name_is_a_number_of_this_destination_alone() {
        let body = &bodies(&plan_of(&Sample::of([item("a.1", "buy", json!({}))])))[0];
        assert_eq!(body["client_id"], "117901063.252645135", "of the bytes 07… and 0f…");
        assert!(!body.to_string().contains("AAAAAAAAAAAAAAAAAAAAAA"));
    }

    #[test]
    fn twenty_five_events_go_at_once_in_their_order() {
        let sample = Sample::of((0..60).map(|at| item(&format!("a.{at}"), &format!("e{at}"), json!({}))));
        let bodies = bodies(&plan_of(&sample));
        let sizes: Vec<usize> = bodies.iter().map(|body| body["events"].as_array().unwrap().len()).collect();
        assert_eq!(sizes, [25, 25, 10]);
        let names: Vec<&str> = bodies
            .iter()
            .flat_map(|body| body["events"].as_array().unwrap())
            .map(|event| event["name"].as_str().unwrap())
            .collect();
        assert_eq!(names, (0..60).map(|at| format!("e{at}")).collect::<Vec<_>>());
    }

    #[test]
    fn what_google_would_drop_in_silence_is_counted_as_lost() {
        let mut old = item("a.2", "buy", json!({}));
        old.at = crate::time::Timestamp::from_millis(old.at.millis() - 72 * HOUR).unwrap();
        let plan = plan_of(&Sample::of([item("a.1", "session_start", json!({})), old, item("a.3", "buy", json!({}))]));
        assert_eq!(plan.lost, [("reserved_name", 1), ("too_old", 1)]);
        assert_eq!(plan.requests.iter().map(|request| request.events).sum::<usize>(), 1);
    }

    #[test]
    fn names_and_values_get_a_form_that_google_takes() {
        let long = "x".repeat(200);
        let props = json!({"sku.id": "A1", "1st": true, "ga_secret": 1, "deep": {"a": 1}, "list": [1], "items": [{"item_id": "A1"}],
            "long": long, "none": null});
        let body = &bodies(&plan_of(&Sample::of([item("a.1", "cart:add-item", props)])))[0];
        let event = &body["events"][0];
        assert_eq!(event["name"], "cart_add_item");
        let params = event["params"].as_object().unwrap();
        assert_eq!(
            (&params["sku_id"], &params["e_1st"], &params["items"]),
            (&json!("A1"), &json!("true"), &json!([{"item_id": "A1"}]))
        );
        assert_eq!(params["long"].as_str().unwrap().len(), 100);
        for name in ["ga_secret", "deep", "list", "none"] {
            assert!(!params.contains_key(name), "{name}");
        }
        assert_eq!(name(&"n".repeat(64)).len(), 40);
    }

    #[test]
    fn no_event_has_more_than_25_parameters() {
        let props: Map<String, Value> = (0..50).map(|at| (format!("p{at}"), json!(at))).collect();
        let mut sample = Sample::of([item("a.1", "buy", Value::Object(props))]);
        (sample.page.title, sample.page.referrer) = (Some("Cart".into()), Some("news.example".into()));
        let body = &bodies(&plan_of(&sample))[0];
        assert_eq!(body["events"][0]["params"].as_object().unwrap().len(), 25);
    }

    #[test]
    fn hashes_go_only_where_advertising_may_use_them() {
        let hash = "a".repeat(64);
        let mut sample = Sample::of([item("a.1", "buy", json!({}))]);
        sample.email = Some(hash.clone());
        assert!(bodies(&plan_of(&sample))[0].get("user_data").is_none());
        sample.ad_consent.user_data = true;
        assert_eq!(bodies(&plan_of(&sample))[0]["user_data"], json!({"sha256_email_address": [hash]}));
    }

    #[test]
    fn an_event_of_tomorrow_is_of_now() {
        let mut sample = Sample::of([item("a.1", "buy", json!({}))]);
        sample.items[0].at = crate::time::Timestamp::from_millis(sample.now.millis() + 99 * HOUR).unwrap();
        let body = &bodies(&plan_of(&sample))[0];
        assert_eq!(body["events"][0]["timestamp_micros"], json!(sample.now.millis() * 1000));
    }

    #[test]
    fn without_a_secret_nothing_can_be_sent() {
        let endpoint = Endpoint::parse("https://a.example.com", crate::destinations::Hosts::Public).unwrap();
        assert_eq!(plan(&Sample::of([]).parcel(), &endpoint, "G-ABC1", &[]).unwrap_err(), Unfit::NoSecret);
    }
}
