use serde_json::{Value, json};

use super::{classes, consents, lines};
use crate::{
    intake::{
        Class, Ignored, Known, Outcome, Reading, Unusable, read,
        tests_support::{SAMPLES, SHOP, Sample, read_body, sample, useful},
    },
    webhook::{Delivery, Proof, Slot, Source, Verified, shopify::ShopDomain},
};

fn reading(name: &str) -> Reading {
    sample(name).reading()
}

fn changed(name: &str, change: impl FnOnce(&mut Value)) -> Reading {
    let mut payload = sample(name).value();
    change(&mut payload);
    sample(name).reading_of(&payload)
}

#[test]
fn a_customer_is_one_record_of_its_own_id_address_and_number() {
    let reading = reading("shopify_customers_create");
    let expected =
        "customer@2022-01-01T00:00:00.000Z: email bob@biller.com, phone +16135550143, customer_id 706405506930370084";
    assert_eq!(lines(&reading), [expected]);
    assert_eq!(reading.event, "customers/create");
    assert_eq!(reading.happened_at.unwrap().rfc3339(), "2023-03-29T18:00:27.877Z");
    assert_eq!(reading.shop, None, "the connection has met its shop before");
    assert_eq!(classes(&reading), "email phone customer_id name postal_address free_text preference");
}

#[test]
fn the_numbers_of_addresses_name_nobody() {
    let reading = changed("shopify_customers_create", |payload| payload["phone"] = json!(null));
    assert_eq!(
        lines(&reading),
        ["customer@2022-01-01T00:00:00.000Z: email bob@biller.com, customer_id 706405506930370084"]
    );
    assert!(reading.classes.contains(&Class::Phone));
}

#[test]
fn a_customers_consent_is_told_with_its_evidence() {
    let at = "email granted@2021-12-30T15:00:00.000Z: consent_updated_at=2021-12-30T10:00:00-05:00 \
              opt_in_level=single_opt_in state=subscribed";
    // The one without a date was so when the record was last changed.
    let sms = "sms withdrawn@2022-01-01T00:00:00.000Z: consent_collected_from=SHOPIFY opt_in_level=single_opt_in \
               state=unsubscribed";
    assert_eq!(consents(&reading("shopify_customers_create")), [at, sms]);
}

#[test]
fn who_has_decided_nothing_has_no_consent() {
    for state in [json!("not_subscribed"), json!("pending"), json!("invalid"), json!(null), json!(7), json!("")] {
        let reading = changed("shopify_customers_create", |payload| {
            payload["email_marketing_consent"]["state"] = state.clone();
            payload["sms_marketing_consent"] = json!(null);
        });
        assert_eq!(reading.consents, [], "{state}");
    }
    for (state, granted) in [("SUBSCRIBED", true), ("redacted", false), ("UNSUBSCRIBED", false)] {
        let reading =
            changed("shopify_customers_create", |payload| payload["email_marketing_consent"]["state"] = json!(state));
        assert_eq!(reading.consents[0].granted, granted, "{state}");
    }
}

#[test]
fn the_older_fields_say_the_same_but_an_empty_box_takes_nothing_back() {
    let name = "shopify_customers_update_older";
    let granted = "email granted@2020-01-15T15:00:00.000Z: accepts_marketing=true \
                   accepts_marketing_updated_at=2020-01-15T10:00:00-05:00 marketing_opt_in_level=confirmed_opt_in";
    assert_eq!(consents(&reading(name)), [granted]);
    let withdrawn = changed(name, |payload| payload["accepts_marketing"] = json!(false));
    assert!(!withdrawn.consents[0].granted);
    let never = changed(name, |payload| {
        payload["accepts_marketing"] = json!(false);
        payload["marketing_opt_in_level"] = json!(null);
    });
    assert_eq!(never.consents, []);
    // The object counts where there are both.
    let both = changed(name, |payload| payload["email_marketing_consent"] = json!({"state": "unsubscribed"}));
    assert_eq!(consents(&both), ["email withdrawn@2020-02-02T15:00:00.000Z: state=unsubscribed"]);
}

#[test]
fn the_consent_topics_are_statements_about_their_customer() {
    for (name, line, statement) in [
        (
            "shopify_email_consent",
            "customer@2023-03-29T18:00:00.000Z: email bob@biller.com, customer_id 706405506930370084",
            "email withdrawn@2023-03-29T18:00:00.000Z: consent_updated_at=2023-03-29T14:00:00-04:00 \
             opt_in_level=single_opt_in state=unsubscribed",
        ),
        (
            "shopify_sms_consent",
            "customer@2023-03-29T18:00:00.000Z: phone +16135550143, customer_id 706405506930370084",
            "sms granted@2023-03-29T18:00:00.000Z: consent_collected_from=OTHER \
             consent_updated_at=2023-03-29T14:00:00-04:00 opt_in_level=single_opt_in state=subscribed",
        ),
    ] {
        let reading = reading(name);
        assert_eq!(lines(&reading), [line], "{name}");
        assert_eq!(consents(&reading), [statement], "{name}");
        assert_eq!(reading.consents[0].about, reading.records[0].identifiers, "{name}");
    }
}

#[test]
fn an_order_speaks_of_whoever_ordered_and_of_the_customer_apart() {
    let reading = reading("shopify_orders_create");
    let ordered = "order@2022-01-01T00:05:00.000Z: email jon@doe.ca, phone +16135550199";
    let customer = "customer@2022-01-01T00:05:00.000Z: email john@test.com, phone +16135550188, \
                    customer_id 115310627314723954";
    assert_eq!(lines(&reading), [ordered, customer]);
    assert_eq!(reading.consents.len(), 1);
    assert_eq!(reading.consents[0].about, reading.records[1].identifiers);
    assert_eq!(reading.classes.len(), Class::ALL.len());
}

#[test]
fn two_addresses_on_an_order_stay_in_one_record() {
    let reading = changed("shopify_orders_create", |payload| payload["contact_email"] = json!("gift@doe.ca"));
    let expected = "order@2022-01-01T00:05:00.000Z: email gift@doe.ca, email jon@doe.ca, phone +16135550199";
    assert_eq!(lines(&reading)[0], expected);
}

#[test]
fn requests_name_their_customer_and_observe_nobody() {
    for (name, deletes, reference) in
        [("shopify_customers_data_request", false, Some("9999")), ("shopify_customers_redact", true, None)]
    {
        let reading = reading(name);
        let request = reading.request.unwrap();
        assert_eq!((request.deletes, request.external_reference.as_deref()), (deletes, reference));
        assert_eq!(request.orders, ["299938", "280263", "220458"]);
        let about: Vec<_> = request.about.iter().map(|found| found.value.expose()).collect();
        assert_eq!(about, ["john@example.com", "555-625-1199", "191167"]);
        assert_eq!(reading.records, []);
        assert!(!reading.purge);
        let mut nobody = sample(name).value();
        nobody["customer"] = json!({});
        assert_eq!(sample(name).read_as(&nobody), Err(Unusable::NoIdentifier));
    }
}

#[test]
fn a_shop_that_has_left_is_purged() {
    let reading = reading("shopify_shop_redact");
    assert!(reading.purge && reading.records.is_empty() && reading.classes.is_empty());
}

#[test]
fn a_deleted_customer_is_named_and_a_deleted_order_is_nothing() {
    let deleted = reading("shopify_customers_delete");
    assert_eq!(lines(&deleted), ["customer@2023-03-29T18:00:27.877Z: customer_id 706405506930370084"]);
    assert_eq!(classes(&deleted), "customer_id");
    for (topic, body) in [("orders/delete", r#"{"id":1}"#), ("products/update", r#"{"id":1}"#)] {
        let read = read_body(Source::Shopify, topic, Proof::Signature(Slot::Current), body.as_bytes());
        assert_eq!(read, Ok(Outcome::Ignored { event: topic.to_owned(), why: Ignored::NoPersonalData }));
    }
}

#[test]
fn ids_keep_every_digit() {
    for (id, expected) in [
        (json!(u64::MAX), "18446744073709551615"),
        (json!(9_007_199_254_740_993_u64), "9007199254740993"),
        (json!("gid://shopify/Customer/7"), "7"),
    ] {
        let reading = changed("shopify_orders_create", |payload| {
            payload["customer"] = json!({"id": id, "updated_at": "2020-01-01T00:00:00Z"});
        });
        let expected = format!("customer@2020-01-01T00:00:00.000Z: customer_id {expected}");
        assert_eq!(lines(&reading)[1], expected);
    }
    let rounded = changed("shopify_orders_create", |payload| payload["customer"] = json!({"id": 7.5}));
    assert_eq!(lines(&rounded).len(), 1);
}

#[test]
fn a_body_does_another_topics_work_nowhere() {
    let topics: Vec<_> = shopify().map(|sample| sample.topic).collect();
    for sample in shopify() {
        for topic in &topics {
            let read = Sample { topic, ..sample }.read();
            let erases = matches!(&read, Ok(Outcome::Useful(reading)) if reading.purge || reading.request.is_some());
            let own = topic == &sample.topic;
            assert!(!erases || own, "{} as {topic}", sample.name);
            if !own && matches!(sample.topic, "customers/redact" | "customers/data_request" | "shop/redact") {
                assert_eq!(read, Err(Unusable::OtherShape), "{} as {topic}", sample.name);
            }
        }
    }
}

fn shopify() -> impl Iterator<Item = Sample> {
    SAMPLES.iter().copied().filter(|sample| sample.source == Source::Shopify)
}

#[test]
fn another_shops_or_an_unlabelled_delivery_is_a_dead_letter() {
    let body = sample("shopify_customers_create").text.as_bytes();
    let connection = crate::id::ConnectionId::from_random([7; 16]);
    let ours = ShopDomain::parse(SHOP).unwrap();
    let shop = ("x-shopify-shop-domain", "other.myshopify.com");
    let named = |topic| vec![("x-shopify-hmac-sha256", "checked"), ("x-shopify-topic", topic), shop];
    let verified = Verified::for_tests(Source::Shopify, Proof::Signature(Slot::Current), body);
    for (headers, known, expected) in [
        (named("customers/create"), Some(&ours), Err(Unusable::OtherShop)),
        (named("bob@biller.com"), None, Err(Unusable::Unlabelled)),
        (vec![("x-shopify-hmac-sha256", "checked"), shop], None, Err(Unusable::Unlabelled)),
    ] {
        let delivery = Delivery { body, headers };
        let known = Known { connection: &connection, shop: known, mapping: None };
        assert_eq!(read(&delivery, &verified, &known), expected);
    }
    // The first delivery tells the connection its shop. Without an id there is no second key.
    let delivery = Delivery { body, headers: named("customers/create") };
    let reading = useful(read(&delivery, &verified, &Known { connection: &connection, shop: None, mapping: None }));
    assert_eq!(reading.shop, ShopDomain::parse("other.myshopify.com"));
    assert_eq!(reading.vendor_key, None);
    assert!(self::reading("shopify_customers_create").vendor_key.is_some());
}

#[test]
fn subscriptions_that_leave_fields_out_are_read_as_far_as_they_go() {
    for (topic, body, expected) in [
        ("customers/update", r#"{"id":7}"#, &["customer@2023-03-29T18:00:27.877Z: customer_id 7"][..]),
        ("orders/updated", r#"{"id":7,"email":"a@b.example"}"#, &["order@2023-03-29T18:00:27.877Z: email a@b.example"]),
        (
            "orders/updated",
            r#"{"id":7,"customer":{"admin_graphql_api_id":"gid://shopify/Customer/8"}}"#,
            &["customer@2023-03-29T18:00:27.877Z: customer_id 8"],
        ),
        ("orders/updated", r#"{"id":7,"note":"x","customer":null}"#, &[]),
    ] {
        let read = read_body(Source::Shopify, topic, Proof::Signature(Slot::Current), body.as_bytes());
        assert_eq!(lines(&useful(read)), expected, "{body}");
    }
}
