use serde_json::{Value, json};

use super::{classes, consents, lines};
use crate::intake::{
    Class, Ignored, Outcome, Reading, Unusable,
    tests_support::{sample, useful},
};

fn reading(name: &str) -> Reading {
    sample(name).reading()
}

fn changed(name: &str, change: impl FnOnce(&mut Value)) -> Result<Outcome, Unusable> {
    let mut payload = sample(name).value();
    change(&mut payload);
    sample(name).read_as(&payload)
}

#[test]
fn a_customer_is_one_record() {
    let reading = reading("stripe_customer_created");
    let expected = "customer@2009-02-13T23:31:30.000Z: email jenny.rosen@example.com, phone +14155550100, \
                    customer_id cus_QXg1o8vcGmoR32";
    assert_eq!(lines(&reading), [expected]);
    assert_eq!(reading.event, "customer.created");
    assert_eq!(classes(&reading), "email phone customer_id name postal_address free_text preference");
}

#[test]
fn what_was_before_is_a_record_of_a_moment_earlier() {
    let reading = reading("stripe_customer_updated");
    assert_eq!(
        lines(&reading),
        [
            "customer@2009-02-13T23:31:39.000Z: email jenny@rosen.example, customer_id cus_QXg1o8vcGmoR32",
            "previous@2009-02-13T23:31:38.999Z: email jenny.rosen@example.com, phone +14155550100, \
             customer_id cus_QXg1o8vcGmoR32",
        ]
    );
    assert!(reading.classes.contains(&Class::PostalAddress), "the earlier city");
}

#[test]
fn an_earlier_customer_is_not_the_present_one() {
    let read = changed("stripe_charge_succeeded", |payload| {
        payload["data"]["previous_attributes"] = json!({"customer": "cus_other"});
    });
    assert_eq!(lines(&useful(read))[1], "previous@2009-02-13T23:33:10.999Z: customer_id cus_other");
    let read = changed("stripe_charge_succeeded", |payload| {
        payload["data"]["previous_attributes"] = json!({"customer": null, "receipt_email": "a@b.example"});
    });
    assert_eq!(lines(&useful(read))[1], "previous@2009-02-13T23:33:10.999Z: email a@b.example");
    let read = changed("stripe_charge_succeeded", |payload| {
        payload["data"]["previous_attributes"] = json!({"description": "an older text"});
    });
    assert_eq!(useful(read).records.len(), 1);
}

#[test]
fn a_session_speaks_of_the_buyer_and_of_the_customer_apart() {
    let reading = reading("stripe_checkout_session_completed");
    assert_eq!(
        lines(&reading),
        [
            "session@2009-02-13T23:33:10.000Z: email example@example.com, phone +14155550122, \
             customer_id cus_QXg1o8vcGmoR32",
            "customer@2009-02-13T23:33:10.000Z: email jenny.rosen@example.com, phone +14155550100, \
             customer_id cus_QXg1o8vcGmoR32",
        ]
    );
    assert!(reading.classes.contains(&Class::Credential));
}

#[test]
fn a_customer_is_null_an_id_or_an_object() {
    let id = " customer_id cus_QXg1o8vcGmoR32";
    for (customer, has_id, records) in [
        (json!(null), false, 1),
        (json!("cus_QXg1o8vcGmoR32"), true, 1),
        (json!({"id": "cus_QXg1o8vcGmoR32", "object": "customer"}), true, 2),
    ] {
        let read = changed("stripe_charge_succeeded", |payload| payload["data"]["object"]["customer"] = customer);
        let lines = lines(&useful(read));
        assert_eq!((lines[0].contains(id), lines.len()), (has_id, records));
        assert!(lines[0].contains("email billing@rosen.example, email jenny.rosen@example.com"), "{}", lines[0]);
    }
}

#[test]
fn promotions_are_consent_to_mail() {
    for (choice, expected) in [
        (json!("opt_in"), &["email granted@2009-02-13T23:33:10.000Z: promotions=opt_in"][..]),
        (json!("opt_out"), &["email withdrawn@2009-02-13T23:33:10.000Z: promotions=opt_out"]),
        (json!(null), &[]),
        (json!("maybe"), &[]),
    ] {
        let read = changed("stripe_checkout_session_completed", |payload| {
            payload["data"]["object"]["consent"]["promotions"] = choice;
        });
        assert_eq!(consents(&useful(read)), expected);
    }
}

#[test]
fn other_objects_name_their_payer() {
    for (name, line) in [
        ("stripe_payment_intent_succeeded", "payment@2009-02-13T23:33:12.000Z: email jenny.rosen@example.com, "),
        (
            "stripe_invoice_paid",
            "invoice@2009-02-13T23:33:13.000Z: email jenny.rosen@example.com, phone +14155550100, ",
        ),
    ] {
        let reading = reading(name);
        assert_eq!(lines(&reading), [format!("{line}customer_id cus_QXg1o8vcGmoR32")]);
        assert!(reading.classes.contains(&Class::Credential), "{name}");
    }
}

#[test]
fn what_says_nothing_of_people_is_ignored_and_what_is_no_event_refused() {
    let ignored = |event: &str, why| Ok(Outcome::Ignored { event: event.to_owned(), why });
    let thin = "v1.billing.meter.error_report_triggered";
    assert_eq!(sample("stripe_thin").read(), ignored(thin, Ignored::NotExpanded));
    let of = |object: Value| {
        changed("stripe_customer_created", |payload| {
            payload["type"] = json!("product.updated");
            payload["data"]["object"] = object;
        })
    };
    assert_eq!(of(json!({"object": "product"})), ignored("product.updated", Ignored::NoPersonalData));
    assert_eq!(of(json!({"object": "customer"})), ignored("product.updated", Ignored::NoPersonalData));
    assert_eq!(of(json!(null)), Err(Unusable::OtherShape));
    assert_eq!(of(json!({})), Err(Unusable::OtherShape));
    let with = |field: &str, value: Value| changed("stripe_customer_created", |payload| payload[field] = value);
    assert_eq!(with("object", json!("list")), Err(Unusable::OtherShape));
    assert_eq!(with("type", json!(null)), Err(Unusable::NoEventType));
    assert_eq!(with("type", json!("a".repeat(101))), Err(Unusable::NoEventType));
    assert_eq!(useful(with("created", json!("soon"))).happened_at, None);
}
