use serde_json::{Value, json};

use super::tables::found;
use crate::intake::{
    Class, ClassMapping, Evidence, FieldMapping, Outcome, Path, RecordMapping, table,
    tests_support::{SAMPLES, Sample},
};

/// Every leaf's text, but for short ones and words of lower-case letters, which are bound to be found somewhere.
fn values(payload: &Value) -> Vec<String> {
    let mut open = vec![payload];
    let mut all = Vec::new();
    while let Some(value) = open.pop() {
        match value {
            Value::Object(map) => open.extend(map.values()),
            Value::Array(list) => open.extend(list),
            other => all.extend(table::text(other)),
        }
    }
    all.retain(|text| text.len() >= 4 && !text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'));
    all
}

/// What a reading shows on purpose: names and codes of the platform's.
fn shown(outcome: &Outcome) -> Vec<String> {
    let reading = match outcome {
        Outcome::Useful(reading) => reading,
        Outcome::Ignored { event, .. } => return vec![event.clone()],
    };
    let mut all = vec![reading.event.clone()];
    all.extend(reading.shop.iter().map(|shop| shop.as_str().to_owned()));
    // Times are no secret; a reading writes them in milliseconds.
    let times = reading.records.iter().filter_map(|record| record.observed_at).chain(reading.happened_at);
    all.extend(times.map(|at| at.millis().to_string()));
    if let Some(request) = &reading.request {
        all.extend(request.orders.iter().chain(&request.external_reference).cloned());
    }
    for evidence in reading.consents.iter().flat_map(|consent| consent.evidence.values()) {
        if let Evidence::Plain(text) = evidence {
            all.push(text.clone());
        }
    }
    all
}

#[test]
fn a_reading_shows_no_value_of_its_payload() {
    for sample in SAMPLES {
        let outcome = sample.read().unwrap();
        let (debug, shown) = (format!("{outcome:?}"), shown(&outcome));
        for value in values(&sample.value()) {
            assert!(
                !debug.contains(&value) || shown.iter().any(|shown| shown.contains(&value)),
                "{}: {value}",
                sample.name
            );
        }
        // Nothing that names a person is among what is shown.
        let payload = sample.value();
        for (value, class) in found(sample, &payload) {
            let naming =
                matches!(class, Class::Email | Class::Phone | Class::Name | Class::CustomerId | Class::Credential);
            let text = find(&payload, value).and_then(table::text).filter(|text| text.len() >= 4);
            assert!(!naming || text.is_none_or(|text| !shown.contains(&text)), "{}: {class:?}", sample.name);
        }
    }
}

fn find(payload: &Value, address: *const Value) -> Option<&Value> {
    let mut open = vec![payload];
    while let Some(value) = open.pop() {
        if std::ptr::eq(value, address) {
            return Some(value);
        }
        match value {
            Value::Object(map) => open.extend(map.values()),
            Value::Array(list) => open.extend(list),
            _ => {}
        }
    }
    None
}

#[test]
fn a_trial_shows_no_value_of_its_sample() {
    for sample in SAMPLES {
        let payload = sample.value();
        let everything = FieldMapping {
            records: vec![RecordMapping {
                part: "all".into(),
                root: None,
                email: vec![Path::of("*.email"), Path::of("email"), Path::of("data.*.email"), Path::of("[].msg.email")],
                phone: vec![Path::of("*.phone"), Path::of("phone")],
                customer_id: vec![Path::of("*.id"), Path::of("id")],
                authoritative: true,
            }],
            classes: vec![ClassMapping { class: Class::FreeText, path: Path::of("*.*") }],
            ..FieldMapping::standard()
        };
        let trial = everything.try_on(&payload);
        let shown = format!("{trial:?}{}", serde_json::to_string(&trial).unwrap());
        for value in values(&payload) {
            assert!(!shown.contains(&value), "{}: {value}", sample.name);
        }
    }
}

/// Changes every credential of a payload.
fn with_credentials(sample: &Sample, to: &Value) -> Value {
    let mut payload = sample.value();
    let addresses: Vec<_> = found(sample, &payload)
        .into_iter()
        .filter(|(_, class)| *class == Class::Credential)
        .map(|(value, _)| value)
        .collect();
    let mut open = vec![&mut payload];
    while let Some(value) = open.pop() {
        if addresses.contains(&std::ptr::from_ref(value)) {
            *value = to.clone();
            continue;
        }
        match value {
            Value::Object(map) => open.extend(map.values_mut()),
            Value::Array(list) => open.extend(list),
            _ => {}
        }
    }
    payload
}

#[test]
fn of_a_credential_it_is_noted_that_it_was_there_and_nothing_else() {
    let mut with = 0;
    for sample in SAMPLES {
        let Outcome::Useful(reading) = sample.read().unwrap() else { continue };
        let others = sample.reading_of(&with_credentials(sample, &json!("https://other.example/?key=another")));
        assert_eq!(reading, others, "{}", sample.name);
        if reading.classes.contains(&Class::Credential) {
            with += 1;
            let none = sample.reading_of(&with_credentials(sample, &json!(null)));
            assert!(!none.classes.contains(&Class::Credential), "{}", sample.name);
            assert_eq!(reading.records, none.records, "{}", sample.name);
        }
    }
    assert_eq!(with, 7);
}
