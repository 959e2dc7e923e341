//! Meta's Conversions API.
//!
//! Sources: developers.facebook.com/docs/marketing-api/conversions-api/using-the-api (`POST /{pixel}/events`, `data`,
//! `access_token`, at most 1000 events), …/parameters/server-event (`event_name`, `event_time` in seconds and at most seven
//! days back, or else the whole request is refused; `event_id`, by which Meta knows the pixel's event again;
//! `event_source_url` and `action_source`), …/parameters/customer-information-parameters (`em`, `ph`, `external_id`,
//! `client_user_agent`, which events of a website need).
//!
//! The visitor's address is never sent: `client_ip_address` is left out.

use serde_json::{Map, Value, json};

use super::{Endpoint, Parcel, Plan, Request, Unfit, parcel::Item};

/// Events of one request.
const MOST_EVENTS: usize = 1000;
const HOUR: i64 = 60 * 60 * 1000;
/// A little less than Meta's seven days: one event that is older by the time it arrives takes all others with it.
const OLDEST: i64 = 7 * 24 * HOUR - HOUR;

pub(super) fn plan(
    parcel: &Parcel<'_>,
    endpoint: &Endpoint,
    pixel: &str,
    test_event_code: Option<&str>,
    secrets: &[String],
) -> Result<Plan, Unfit> {
    let secret = secrets.first().ok_or(Unfit::NoSecret)?;
    let mut plan = Plan::default();
    let mut events = Vec::new();
    let user_data = Value::Object(user_data(parcel));
    for item in &parcel.items {
        if parcel.now.millis().saturating_sub(item.at.millis()) > OLDEST {
            plan.lose("too_old");
        } else {
            events.push(event(parcel, item, &user_data));
        }
    }
    for chunk in events.chunks(MOST_EVENTS) {
        let mut body = json!({"data": chunk, "access_token": secret});
        if let Some(code) = test_event_code {
            body["test_event_code"] = Value::from(code);
        }
        plan.requests.push(Request {
            url: endpoint.joined(&["/", pixel, "/events"]),
            headers: Vec::new(),
            body: body.to_string(),
            events: chunk.len(),
        });
    }
    Ok(plan)
}

fn event(parcel: &Parcel<'_>, item: &Item, user_data: &Value) -> Value {
    let mut event = json!({
        "event_name": item.name,
        "event_time": item.at.min(parcel.now).millis() / 1000,
        "event_id": item.id,
        "action_source": "website",
        "user_data": user_data,
    });
    if let Some(url) = parcel.page_url() {
        event["event_source_url"] = Value::String(url);
    }
    if !item.props.is_empty() {
        event["custom_data"] = Value::Object(item.props.clone());
    }
    event
}

fn user_data(parcel: &Parcel<'_>) -> Map<String, Value> {
    let mut data = Map::new();
    data.insert("external_id".to_owned(), json!([parcel.person.hex()]));
    for (name, hash) in [("em", parcel.hashes.email), ("ph", parcel.hashes.phone)] {
        if let Some(hash) = hash {
            data.insert(name.to_owned(), json!([hash]));
        }
    }
    if let Some(agent) = parcel.user_agent {
        data.insert("client_user_agent".to_owned(), Value::from(agent));
    }
    data
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::destinations::{
        Hosts,
        tests_support::{Sample, item},
    };

    fn plan_of(sample: &Sample, code: Option<&str>) -> Plan {
        let endpoint = Endpoint::parse("https://graph.facebook.com/v26.0", Hosts::Public).unwrap();
        plan(&sample.parcel(), &endpoint, "1234567890", code, &["EAAB".to_owned()]).unwrap()
    }

    fn body(plan: &Plan) -> Value {
        serde_json::from_str(&plan.requests[0].body).unwrap()
    }

    #[test]
    fn a_request_is_as_meta_documents_it() {
        let hash = "b".repeat(64);
        let mut sample = Sample::of([item("a.1", "Purchase", json!({"value": 9.5, "currency": "EUR"}))]);
        (sample.email, sample.user_agent) = (Some(hash.clone()), Some("Browser/1.0".to_owned()));
        let plan = plan_of(&sample, None);
        assert_eq!(plan.requests[0].url, "https://graph.facebook.com/v26.0/1234567890/events");
        let person = [["07"; 8].concat(), ["0f"; 8].concat(), ["17"; 8].concat(), ["1f"; 8].concat()].concat();
        assert_eq!(
            body(&plan),
            json!({
                "access_token": "EAAB",
                "data": [{
                    "event_name": "Purchase", "event_time": 1_763_900_000, "event_id": "a.1", "action_source": "website",
                    "event_source_url": "https://shop.example/cart",
                    "user_data": {"external_id": [person], "em": [hash], "client_user_agent": "Browser/1.0"},
                    "custom_data": {"value": 9.5, "currency": "EUR"},
                }],
            })
        );
    }

    #[test]
    fn an_event_that_is_too_old_does_not_take_the_others_with_it() {
        let mut old = item("a.1", "Purchase", json!({}));
        old.at = crate::time::Timestamp::from_millis(old.at.millis() - 7 * 24 * HOUR).unwrap();
        let plan = plan_of(&Sample::of([old, item("a.2", "Purchase", json!({}))]), None);
        assert_eq!((plan.lost.as_slice(), plan.requests[0].events), (&[("too_old", 1)][..], 1));
    }

    #[test]
    fn test_events_are_marked() {
        assert_eq!(
            body(&plan_of(&Sample::of([item("a.1", "Purchase", json!({}))]), Some("TEST1")))["test_event_code"],
            "TEST1"
        );
    }

    #[test]
    fn the_token_is_in_no_address_and_not_shown() {
        let plan = plan_of(&Sample::of([item("a.1", "Purchase", json!({}))]), None);
        assert!(!plan.requests[0].url.contains("EAAB") && !format!("{plan:?}").contains("EAAB"));
    }
}
