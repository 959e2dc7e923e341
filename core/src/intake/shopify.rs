//! Shopify: what its topics say about people.
//!
//! A customer's own `phone` names the customer. The numbers of addresses do not: a parcel goes to a neighbour, a gift to a
//! friend. An order speaks of whoever ordered and, apart from that, of the shop's customer: two records, because the
//! two may be different people.

use crate::sorted::SortedSet;

use serde_json::Value;

use super::{
    Identifier, Ignored, Known, Outcome, Reading, RightsRequest, Unusable, shopify_consent as consent,
    shopify_tables::{CONSENT, CUSTOMER, IN_ORDER, IN_REQUEST, ORDER, PERSON, PERSON_OF_CONSENT, REQUEST, WHO_ORDERED},
    table,
};
use crate::{
    time::Timestamp,
    webhook::{
        Delivery, Verified,
        shopify::{Event, Topic},
    },
};

pub(super) fn read(delivery: &Delivery<'_>, verified: &Verified<'_>, known: &Known<'_>) -> Result<Outcome, Unusable> {
    let event = Event::read(delivery, verified, known.shop)?;
    let name = table::event_name(event.name).ok_or(Unusable::Unlabelled)?;
    let mut reading = Reading::new(name, event.triggered_at);
    reading.vendor_key = event.vendor_key();
    reading.shop = known.shop.is_none().then_some(event.shop);
    let body = Value::Object(event.body);
    match event.topic {
        Topic::Customer => customer(&body, &mut reading),
        Topic::CustomerDeleted => {
            table::classes(CUSTOMER, &body, &mut reading.classes);
            reading.add("customer", reading.happened_at, PERSON.identifiers(&body));
        }
        Topic::EmailConsent | Topic::SmsConsent => marketing(&body, &mut reading),
        Topic::Order => order(&body, &mut reading),
        Topic::CustomersDataRequest => reading.request = Some(request(&body, &mut reading.classes, false)?),
        Topic::CustomersRedact => reading.request = Some(request(&body, &mut reading.classes, true)?),
        Topic::ShopRedact => reading.purge = true,
        Topic::OrderDeleted | Topic::Other => {
            return Ok(Outcome::Ignored { event: reading.event, why: Ignored::NoPersonalData });
        }
    }
    Ok(reading.into_outcome())
}

/// When the record became what it is. The label's time is not signed, so it is second.
fn updated(record: &Value, otherwise: Option<Timestamp>) -> Option<Timestamp> {
    table::moment_at(record, "updated_at").or(otherwise)
}

fn customer(body: &Value, reading: &mut Reading) {
    table::classes(CUSTOMER, body, &mut reading.classes);
    let at = updated(body, reading.happened_at);
    let person = PERSON.identifiers(body);
    reading.consents.extend(consent::of_customer(body, &person, at));
    reading.add("customer", at, person);
}

fn order(body: &Value, reading: &mut Reading) {
    table::classes(ORDER, body, &mut reading.classes);
    let at = updated(body, reading.happened_at);
    reading.add("order", at, WHO_ORDERED.identifiers(body));
    if let Some(customer) = body.get("customer") {
        let at = updated(customer, at);
        let person = IN_ORDER.identifiers(body);
        reading.consents.extend(consent::of_customer(customer, &person, at));
        reading.add("customer", at, person);
    }
}

fn marketing(body: &Value, reading: &mut Reading) {
    table::classes(CONSENT, body, &mut reading.classes);
    let person = PERSON_OF_CONSENT.identifiers(body);
    // The body has no time but the decision's, and that one is signed.
    let decided = table::moment_at(body, "*.consent_updated_at").or(reading.happened_at);
    reading.consents.extend(consent::of_customer(body, &person, decided));
    reading.add("customer", decided, person);
}

/// A request adds nothing to what is known: it names people and observes nobody.
fn request(body: &Value, classes: &mut SortedSet<super::Class>, deletes: bool) -> Result<RightsRequest, Unusable> {
    table::classes(REQUEST, body, classes);
    let about: SortedSet<Identifier> = IN_REQUEST.identifiers(body);
    if about.is_empty() {
        return Err(Unusable::NoIdentifier);
    }
    let orders = if deletes { "orders_to_redact[]" } else { "orders_requested[]" };
    Ok(RightsRequest {
        deletes,
        external_reference: table::text_at(body, "data_request.id"),
        orders: super::Path::of(orders).find(body).filter_map(table::text).collect(),
        about,
    })
}
