use proptest::prelude::*;
use serde_json::{Value, json};

use crate::sorted::SortedSet;
use crate::{
    intake::{
        Identifier, Outcome, Unusable, table,
        tests_support::{SAMPLES, read_body},
    },
    webhook::{MAX_BODY, Proof, Slot, Source},
};

const SIGNED: Proof = Proof::Signature(Slot::Current);

fn identifiers(read: &Result<Outcome, Unusable>) -> SortedSet<Identifier> {
    match read {
        Ok(Outcome::Useful(reading)) => {
            let records = reading.records.iter().flat_map(|record| record.identifiers.clone());
            let request = reading.request.iter().flat_map(|request| request.about.clone());
            records.chain(request).collect()
        }
        _ => SortedSet::new(),
    }
}

/// The payload once for each of its values, which is changed in it.
fn each(payload: &Value, change: impl Fn(&mut Value)) -> Vec<Value> {
    let count = |value: &Value| {
        let (mut open, mut count) = (vec![value], 0);
        while let Some(value) = open.pop() {
            count += 1;
            match value {
                Value::Object(map) => open.extend(map.values()),
                Value::Array(list) => open.extend(list),
                _ => {}
            }
        }
        count
    };
    let at = |number: usize| {
        let mut changed = payload.clone();
        let mut open = vec![&mut changed];
        let mut seen = 0;
        while let Some(value) = open.pop() {
            if seen == number {
                change(value);
                break;
            }
            seen += 1;
            match value {
                Value::Object(map) => open.extend(map.values_mut()),
                Value::Array(list) => open.extend(list),
                _ => {}
            }
        }
        changed
    };
    (0..count(payload)).map(at).collect()
}

#[test]
fn a_field_that_is_null_or_of_another_type_names_nobody_new() {
    for sample in SAMPLES {
        let whole = identifiers(&sample.read());
        for instead in [json!(null), json!(true), json!([{}])] {
            for payload in each(&sample.value(), |value| *value = instead.clone()) {
                let read = identifiers(&sample.read_as(&payload));
                // A form has nothing but text, so anything in place of an address is one.
                assert!(read.is_subset(&whole) || sample.source == Source::Mailchimp, "{}: {payload}", sample.name);
            }
        }
    }
}

#[test]
fn a_payload_of_nulls_is_of_no_use_and_no_harm() {
    for sample in SAMPLES {
        let mut payload = sample.value();
        let mut open = vec![&mut payload];
        while let Some(value) = open.pop() {
            match value {
                Value::Object(map) => open.extend(map.values_mut()),
                Value::Array(list) => open.extend(list),
                leaf => *leaf = Value::Null,
            }
        }
        let read = sample.read_as(&payload);
        assert!(identifiers(&read).is_empty() && !matches!(read, Ok(Outcome::Useful(_))), "{}: {read:?}", sample.name);
    }
}

#[test]
fn deep_and_wide_bodies_are_read_or_refused() {
    let deep = format!("{}1{}", "[".repeat(10_000), "]".repeat(10_000));
    let nested = format!("{}1{}", r#"{"customer":"#.repeat(10_000), "}".repeat(10_000));
    let lists = ["addresses", "line_items", "note_attributes", "fulfillments"];
    let wide: String = lists.map(|list| format!(r#""{list}":[{}{{}}]"#, "{},".repeat(MAX_BODY / 16))).join(",");
    let wide = format!(r#"{{"id":1,"email":"a@b.example",{wide}}}"#);
    for source in [Source::Shopify, Source::Stripe, Source::Custom] {
        for body in [&deep, &nested] {
            assert_eq!(read_body(source, "orders/create", SIGNED, body.as_bytes()), Err(Unusable::NotJson));
        }
        let _ = read_body(source, "orders/updated", SIGNED, wide.as_bytes());
    }
    for events in [&deep, &nested] {
        let body = format!("mandrill_events={events}");
        assert_eq!(read_body(Source::Mandrill, "", SIGNED, body.as_bytes()), Err(Unusable::NotJson));
    }
}

#[test]
fn an_event_has_a_name_or_none() {
    for (text, name) in [
        ("customers/create", Some("customers/create")),
        ("Order Placed", Some("Order_Placed")),
        ("v1.billing.meter", Some("v1.billing.meter")),
        ("", None),
        ("a@b.example", None),
        ("größe", None),
        ("a\nb", None),
    ] {
        assert_eq!(table::event_name(text).as_deref(), name, "{text}");
    }
    assert!(table::event_name(&"a".repeat(100)).is_some() && table::event_name(&"a".repeat(101)).is_none());
}

#[test]
fn evidence_in_the_clear_is_words_and_times() {
    for (text, kept) in [
        ("single_opt_in", true),
        ("2021-12-31T19:00:00-05:00", true),
        ("bob@biller.com", false),
        ("Bob Biller", false),
        ("", false),
        (&"a".repeat(65), false),
    ] {
        assert_eq!(table::plain(Some(text.to_owned())).is_some(), kept, "{text}");
    }
}

fn json_value() -> impl Strategy<Value = Value> {
    let key = prop::sample::select(vec![
        "id",
        "object",
        "type",
        "event",
        "data",
        "customer",
        "email",
        "phone",
        "msg",
        "merges",
        "created",
        "consent",
        "email_marketing_consent",
        "state",
        "previous_attributes",
        "timestamp",
        "updated_at",
        "addresses",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
        prop::sample::select(vec!["event", "customer", "charge", "subscribed", "opt_in", "unsub"])
            .prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((key.clone(), inner), 0..6)
                .prop_map(|fields| fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()),
        ]
    })
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_a_panic(
        body: Vec<u8>,
        source in prop::sample::select(&Source::ALL[..]),
        topic in prop::sample::select(vec!["customers/update", "orders/create", "customers/redact", "other"]),
    ) {
        let _ = read_body(source, topic, SIGNED, &body);
    }

    #[test]
    fn any_json_is_read_without_a_panic(payload in json_value(), number in 0..SAMPLES.len()) {
        let _ = SAMPLES[number].read_as(&payload);
    }

    #[test]
    fn a_record_has_a_part_of_its_own(payload in json_value(), number in 0..SAMPLES.len()) {
        if let Ok(Outcome::Useful(reading)) = SAMPLES[number].read_as(&payload) {
            let parts: SortedSet<_> = reading.records.iter().map(|record| &record.part).collect();
            prop_assert_eq!(parts.len(), reading.records.len());
            for record in &reading.records {
                prop_assert!(!record.identifiers.is_empty());
                prop_assert!(record.part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"_.".contains(&b)));
            }
        }
    }
}
