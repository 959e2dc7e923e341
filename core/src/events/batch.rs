//! What a page sends, read with a bound on everything.
//!
//! A batch is good or bad as a whole: a page that sends one bad event has a fault that its author should hear of, in a
//! sentence that names the event.

use serde_json::{Map, Value};

use super::{
    Event, EventId, Identity, Place,
    fit::{MAX_DEPTH, MAX_PROPS, MAX_PROPS_BYTES, is_name},
};
use crate::{
    consent::Malformed,
    id::{PurposeId, SiteKey, VisitorId},
    time::Timestamp,
};

/// How far a browser's clock may be off before its times are put right, in milliseconds.
const TOLERANCE: i64 = 60_000;

/// Events of one page, as the page claims them.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// The site they happened on.
    pub site: SiteKey,
    /// Who did it, if the visitor has chosen.
    pub visitor: Option<VisitorId>,
    /// How many events the page dropped for want of room.
    pub dropped: u32,
    /// Where they happened.
    pub page: Place,
    /// Who the visitor is.
    pub identity: Option<Identity>,
    /// What happened, in order.
    pub events: Vec<Event>,
}

impl Batch {
    /// The largest body that is read, in bytes.
    pub const MAX_BYTES: usize = 64 * 1024;

    /// The most events in a batch.
    pub const MAX_EVENTS: usize = 100;

    /// Reads a request's body. `now`, the server's clock, stands in for times that are missing or not yet; if the page's
    /// clock is wrong by what it says the time is, its times are put right.
    pub fn parse(body: &[u8], now: Timestamp) -> Result<Self, Malformed> {
        let value: Value = crate::json::read(body).ok_or(Malformed::Syntax)?;
        read(value, now).map_err(Malformed::Field)
    }
}

fn read(value: Value, now: Timestamp) -> Result<Batch, String> {
    let Value::Object(mut members) = value else { return Err("it is not an object".to_owned()) };
    let site = members.get("site").and_then(Value::as_str).and_then(SiteKey::parse).ok_or("site is not a site key")?;
    let visitor = match members.get("visitor") {
        None | Some(Value::Null) => None,
        Some(visitor) => Some(visitor.as_str().and_then(VisitorId::parse).ok_or("visitor is not a visitor's id")?),
    };
    let dropped = match members.get("dropped") {
        None => 0,
        Some(count) => count.as_u64().and_then(|count| u32::try_from(count).ok()).ok_or("dropped is not a count")?,
    };
    let skew = match members.get("sent") {
        None => 0,
        Some(sent) => now.millis() - time(sent).ok_or("sent is not a time in milliseconds")?.millis(),
    };
    let page = match members.get("page") {
        None => Place::default(),
        Some(page @ Value::Object(_)) => Place::read(page),
        Some(_) => return Err("page is not an object".to_owned()),
    };
    let identity = members.get("identity").map(Identity::read).transpose()?;
    let Some(Value::Array(events)) = members.remove("events") else { return Err("events is not a list".to_owned()) };
    if events.len() > Batch::MAX_EVENTS {
        return Err("events has more than 100".to_owned());
    }
    let clock = Clock { now, skew: if skew.abs() > TOLERANCE { skew } else { 0 } };
    let events = events
        .into_iter()
        .enumerate()
        .map(|(number, event)| {
            self::event(event, clock).map_err(|why| ["event ", &(number + 1).to_string(), ": ", why].concat())
        })
        .collect::<Result<_, _>>()?;
    Ok(Batch { site, visitor, dropped, page, identity, events })
}

#[derive(Clone, Copy)]
struct Clock {
    now: Timestamp,
    /// What the page's clock lacks.
    skew: i64,
}

fn time(value: &Value) -> Option<Timestamp> {
    value.as_i64().and_then(Timestamp::from_millis)
}

fn event(value: Value, clock: Clock) -> Result<Event, &'static str> {
    let Value::Object(mut members) = value else { return Err("it is not an object") };
    let name = members.get("name").and_then(Value::as_str).filter(|name| is_name(name));
    let name = name.ok_or("name is not 1 to 64 of A-Z, a-z, 0-9, _, ., : and -")?.to_owned();
    let id = match members.get("id") {
        None => None,
        Some(id) => Some(id.as_str().and_then(EventId::parse).ok_or("id is not a token with a number")?),
    };
    let at = match members.get("at") {
        None => clock.now,
        Some(at) => {
            let at = time(at).ok_or("at is not a time in milliseconds")?.millis() + clock.skew;
            Timestamp::from_millis(at.max(0)).map_or(clock.now, |at| at.min(clock.now))
        }
    };
    let purpose = match members.get("purpose") {
        None => PurposeId::parse("analytics"),
        Some(purpose) => purpose.as_str().and_then(PurposeId::parse),
    };
    let purpose = purpose.ok_or("purpose is not the id of a purpose")?;
    let props = match members.remove("props") {
        None => Map::new(),
        Some(Value::Object(props)) => props,
        Some(_) => return Err("props is not an object"),
    };
    check(&props)?;
    Ok(Event { id, name, at, purpose, props })
}

fn check(props: &Map<String, Value>) -> Result<(), &'static str> {
    if props.len() > MAX_PROPS {
        return Err("props has more than 50 members");
    }
    if props.values().any(|value| depth(value) >= MAX_DEPTH) {
        return Err("props is nested more than 4 deep");
    }
    match serde_json::to_vec(props) {
        Ok(bytes) if bytes.len() <= MAX_PROPS_BYTES => Ok(()),
        _ => Err("props is larger than 4 KB"),
    }
}

/// How many objects and lists are inside one another.
fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    const NOW: i64 = 1_763_900_000_000;

    fn now() -> Timestamp {
        Timestamp::from_millis(NOW).unwrap()
    }

    fn parsed(change: impl FnOnce(&mut Value)) -> Result<Batch, Malformed> {
        let mut body = json!({
            "site": "shop", "visitor": "AAAAAAAAAAAAAAAAAAAAAA", "sent": NOW, "dropped": 3, "page": {"path": "/cart"},
            "events": [{"id": "source.7", "name": "add_to_cart", "at": NOW - 5, "purpose": "marketing", "props": {"sku": "A1"}}],
        });
        change(&mut body);
        Batch::parse(body.to_string().as_bytes(), now())
    }

    #[test]
    fn what_is_missing_has_a_value() {
        let batch = Batch::parse(br#"{"site": "shop", "events": [{"name": "a"}]}"#, now()).unwrap();
        let event = &batch.events[0];
        assert_eq!((batch.visitor, batch.dropped, batch.identity), (None, 0, None));
        assert_eq!((&event.id, event.at, event.purpose.as_str(), event.props.len()), (&None, now(), "analytics", 0));
        assert!(Batch::parse(br#"{"site": "shop", "events": []}"#, now()).unwrap().events.is_empty());
    }

    #[test]
    fn what_is_said_is_read() {
        let batch = parsed(|_| ()).unwrap();
        let event = &batch.events[0];
        assert_eq!((batch.dropped, batch.page.path.as_deref()), (3, Some("/cart")));
        assert_eq!((event.at.millis(), event.purpose.as_str()), (NOW - 5, "marketing"));
        assert_eq!((event.id.as_ref().unwrap().to_string(), &event.props["sku"]), ("source.7".into(), &json!("A1")));
    }

    #[test]
    fn a_clock_that_is_wrong_is_put_right_and_nothing_happens_in_the_future() {
        let at = |sent: i64, at: i64| {
            let batch = parsed(|body| {
                body["sent"] = json!(sent);
                body["events"][0]["at"] = json!(at);
            });
            batch.unwrap().events[0].at.millis() - NOW
        };
        let hour = 3_600_000;
        assert_eq!(at(NOW - hour, NOW - hour - 10), -10);
        assert_eq!(at(NOW + hour, NOW + hour - 10), -10);
        assert_eq!(at(NOW - 2000, NOW - 2010), -2010);
        assert_eq!(at(NOW, NOW + hour), 0);
        assert_eq!(at(253_402_300_799_999, 0), -NOW);
    }

    #[test]
    fn one_bad_event_spoils_the_batch_in_a_sentence_that_names_it() {
        type Change = fn(&mut Value);
        let long = |length: usize| json!({"a": "x".repeat(length)});
        assert!(parsed(|body| body["events"][0]["props"] = long(4000)).is_ok());
        assert!(matches!(parsed(|body| body["events"][0]["props"] = long(4096)), Err(Malformed::Field(_))));
        let cases: [(&str, Change); 17] = [
            ("it is not an object", |body| *body = json!([])),
            ("site is not", |body| body["site"] = json!("A b")),
            ("visitor is not", |body| body["visitor"] = json!("short")),
            ("dropped is not", |body| body["dropped"] = json!(-1)),
            ("sent is not", |body| body["sent"] = json!("now")),
            ("page is not", |body| body["page"] = json!("/")),
            ("identity.email is not", |body| body["identity"] = json!({"email": "bob@biller.com"})),
            ("events is not a list", |body| body["events"] = json!({})),
            ("events has more", |body| body["events"] = json!(vec![json!({"name": "a"}); 101])),
            ("event 1: it is not", |body| body["events"][0] = json!(1)),
            ("event 2: name is", |body| body["events"] = json!([{"name": "a"}, {"name": "a b"}])),
            ("event 1: name is", |body| body["events"][0]["name"] = json!("x".repeat(65))),
            ("event 1: id is", |body| body["events"][0]["id"] = json!("a.b")),
            ("event 1: at is", |body| body["events"][0]["at"] = json!(-1)),
            ("event 1: purpose is", |body| body["events"][0]["purpose"] = json!(null)),
            ("event 1: props is not", |body| body["events"][0]["props"] = json!([])),
            ("event 1: props is nested", |body| body["events"][0]["props"] = json!({"a": [[[[]]]]})),
        ];
        for (sentence, change) in cases {
            let Err(Malformed::Field(why)) = parsed(change) else { panic!("{sentence}") };
            assert!(why.starts_with(sentence), "{why}");
            assert!(!why.contains("biller"), "{why}");
        }
        assert_eq!(Batch::parse(b"{", now()), Err(Malformed::Syntax));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_a_panic(body: Vec<u8>) {
            let _ = Batch::parse(&body, now());
        }

        #[test]
        fn no_event_is_after_its_arrival(sent in 0..=253_402_300_799_999_i64, at in 0..=253_402_300_799_999_i64) {
            let batch = parsed(|body| {
                body["sent"] = json!(sent);
                body["events"][0]["at"] = json!(at);
            });
            prop_assert!(batch.unwrap().events[0].at <= now());
        }
    }
}
