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
        let value: Value = serde_json::from_slice(body).map_err(|_| Malformed::Syntax)?;
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
