//! Stripe: what its objects say about people.
//!
//! A snapshot event carries the object as it is now, and what it was before where it changed: both are read through the same
//! table. A thin event names an object and says nothing about it. Its related object may be a customer, but the id of a
//! customer of whom nothing is said is no observation, so nothing is kept of it.

use crate::sorted::SortedMap;

use serde_json::Value;

use super::{
    Channel, ConsentStatement, Evidence, Ignored, Outcome, Reading, Unusable,
    stripe_tables::{CUSTOMER, OBJECTS, Object},
    table,
};
use crate::{identity::Kind, time::Timestamp, webhook::Verified};

pub(super) fn read(verified: &Verified<'_>) -> Result<Outcome, Unusable> {
    let body: Value = crate::json::read(verified.body()).ok_or(Unusable::NotJson)?;
    let named = table::text_at(&body, "type").as_deref().and_then(table::event_name);
    let name = named.ok_or(Unusable::NoEventType)?;
    match body.get("object").and_then(Value::as_str) {
        Some("event") => {}
        Some("v2.core.event") => return Ok(Outcome::Ignored { event: name, why: Ignored::NotExpanded }),
        _ => return Err(Unusable::OtherShape),
    }
    let object = body.pointer("/data/object").filter(|object| object.is_object()).ok_or(Unusable::OtherShape)?;
    let kind = object.get("object").and_then(Value::as_str).ok_or(Unusable::OtherShape)?;
    let Some(kind) = OBJECTS.iter().find(|known| known.name == kind) else {
        return Ok(Outcome::Ignored { event: name, why: Ignored::NoPersonalData });
    };
    let mut reading = Reading::new(name, table::seconds_at(&body, "created"));
    now(kind, object, &mut reading);
    if let Some(previous) = body.pointer("/data/previous_attributes") {
        before(kind, object, previous, &mut reading);
    }
    Ok(reading.into_outcome())
}

fn now(kind: &Object, object: &Value, reading: &mut Reading) {
    let at = reading.happened_at;
    table::classes(kind.classes, object, &mut reading.classes);
    reading.consents.extend(promotions(kind, object, at));
    reading.add(kind.part, at, kind.person.identifiers(object));
    // The customer may be there in full: then it is a record of its own, because others may pay for a customer.
    if let Some(customer) = object.get("customer").filter(|customer| customer.is_object()) {
        table::classes(CUSTOMER.classes, customer, &mut reading.classes);
        reading.add(CUSTOMER.part, at, CUSTOMER.person.identifiers(customer));
    }
}

/// How things were a moment before the event. The id is the object's, unless the id is what changed.
fn before(kind: &Object, object: &Value, previous: &Value, reading: &mut Reading) {
    table::classes(kind.classes, previous, &mut reading.classes);
    let mut person = kind.person.identifiers(previous);
    if person.is_empty() {
        return;
    }
    if previous.get("customer").is_none() {
        let now = kind.person.identifiers(object);
        person.extend(now.into_iter().filter(|identifier| identifier.kind == Kind::CustomerId));
    }
    let at = reading.happened_at.and_then(|at| Timestamp::from_millis(at.millis() - 1));
    reading.add("previous", at, person);
}

/// What a buyer chose about promotions at the checkout.
fn promotions(kind: &Object, object: &Value, at: Option<Timestamp>) -> Option<ConsentStatement> {
    let choice = table::text_at(object, "consent.promotions")?;
    let granted = match choice.as_str() {
        "opt_in" => true,
        "opt_out" => false,
        _ => return None,
    };
    let about = kind.person.identifiers(object);
    let evidence = SortedMap::from([("promotions", Evidence::Plain(choice))]);
    (!about.is_empty()).then_some(ConsentStatement {
        about,
        channel: Channel::Email,
        granted,
        decided_at: at,
        evidence,
    })
}
