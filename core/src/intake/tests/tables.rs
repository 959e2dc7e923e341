use crate::sorted::SortedSet;

use serde_json::{Value, json};

use crate::{
    intake::{
        Class, FieldMapping, Path, mailchimp, mandrill, shopify_tables, stripe_tables,
        table::{self, Person, Table},
        tests_support::{SAMPLES, Sample},
    },
    webhook::Source,
};

fn tables() -> Vec<Table> {
    use shopify_tables::{CONSENT, CUSTOMER, ORDER, REQUEST};
    let stripe = stripe_tables::OBJECTS.iter().map(|object| object.classes);
    [CUSTOMER, ORDER, CONSENT, REQUEST, mailchimp::MEMBER, mandrill::EVENT].into_iter().chain(stripe).collect()
}

fn people() -> Vec<Person> {
    use shopify_tables::{IN_ORDER, IN_REQUEST, PERSON, PERSON_OF_CONSENT, WHO_ORDERED};
    let stripe = stripe_tables::OBJECTS.iter().map(|object| object.person);
    let others = [mailchimp::PERSON, mailchimp::SUCCESSION, mandrill::RECIPIENT, mandrill::WRITER];
    [PERSON, WHO_ORDERED, IN_ORDER, IN_REQUEST, PERSON_OF_CONSENT].into_iter().chain(others).chain(stripe).collect()
}

#[test]
fn every_path_of_every_table_is_one() {
    let fields = tables().into_iter().flat_map(table::paths).map(|(path, _)| path);
    let identifiers = people().into_iter().flat_map(|person| [person.email, person.phone, person.customer_id].concat());
    for path in fields.chain(identifiers.map(str::to_owned)) {
        assert!(Path::parse(&path).is_ok(), "{path}");
    }
    assert_eq!(FieldMapping::standard().check(), Ok(()));
    for mapped in FieldMapping::standard().classes {
        assert!(Path::parse(mapped.path.as_str()).is_ok(), "{}", mapped.path);
    }
}

#[test]
fn parts_are_named_as_records_are() {
    for object in stripe_tables::OBJECTS {
        assert!(object.part.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{}", object.part);
    }
}

/// Where the tables look in a sample: what they find, as addresses of the values.
pub(super) fn found(sample: &Sample, payload: &Value) -> Vec<(*const Value, Class)> {
    let prefixed = |table: Table, prefix: &str| -> Vec<_> {
        table::paths(table).into_iter().map(|(path, class)| (format!("{prefix}{path}"), class)).collect()
    };
    let paths = match sample.source {
        Source::Shopify => {
            let table = match sample.topic {
                "orders/create" => shopify_tables::ORDER,
                "customers/redact" | "customers/data_request" => shopify_tables::REQUEST,
                topic if topic.contains("consent") => shopify_tables::CONSENT,
                _ => shopify_tables::CUSTOMER,
            };
            prefixed(table, "")
        }
        Source::Stripe => {
            let name = payload["data"]["object"]["object"].as_str().unwrap_or_default();
            let table =
                stripe_tables::OBJECTS.iter().find(|object| object.name == name).map_or(&[][..], |it| it.classes);
            let places = ["data.object.", "data.previous_attributes."];
            let mut all: Vec<_> = places.iter().flat_map(|place| prefixed(table, place)).collect();
            all.extend(prefixed(stripe_tables::CUSTOMER.classes, "data.object.customer."));
            all
        }
        Source::Mailchimp => prefixed(mailchimp::MEMBER, ""),
        Source::Mandrill => prefixed(mandrill::EVENT, "[]."),
        Source::Custom => {
            let standard = FieldMapping::standard();
            let record = &standard.records[0];
            let classes = standard.classes.iter().map(|mapped| (mapped.path.to_string(), mapped.class));
            let lists = [
                (&record.email, Class::Email),
                (&record.phone, Class::Phone),
                (&record.customer_id, Class::CustomerId),
            ];
            let people =
                lists.into_iter().flat_map(|(list, class)| list.iter().map(move |path| (path.to_string(), class)));
            classes.chain(people).collect()
        }
    };
    let mut all = Vec::new();
    for (path, class) in paths {
        all.extend(Path::parse(&path).unwrap().find(payload).map(|value| (std::ptr::from_ref(value), class)));
    }
    all
}

/// Every leaf with its key and the values that it stands in, itself the last.
fn leaves(payload: &Value) -> Vec<(String, Vec<&Value>)> {
    let mut open = vec![(String::new(), vec![payload])];
    let mut all = Vec::new();
    while let Some((key, way)) = open.pop() {
        let below = |key: &String, value| (key.clone(), way.iter().copied().chain([value]).collect());
        match way.last().unwrap() {
            Value::Object(map) => open.extend(map.iter().map(|(key, value)| below(key, value))),
            Value::Array(list) => open.extend(list.iter().map(|value| below(&key, value))),
            Value::Null => {}
            _ => all.push((key, way)),
        }
    }
    all
}

fn looks_personal(key: &str, value: &Value) -> bool {
    const NAMES: &[&str] = &[
        "first_name",
        "last_name",
        "FNAME",
        "LNAME",
        "address1",
        "line1",
        "city",
        "zip",
        "postal_code",
        "from_name",
        "credit_card_name",
        "customer_name",
        "customer_id",
        "client_secret",
        "last4",
        "note",
        "description",
        "latitude",
    ];
    let text = table::text(value).unwrap_or_default();
    let is_phone =
        |text: &str| text.starts_with('+') && text.len() > 7 && text[1..].bytes().all(|byte| byte.is_ascii_digit());
    let is_ip = |text: &str| text.parse::<std::net::IpAddr>().is_ok();
    let is_link = |text: &str| text.starts_with("http") || text.contains("?key=");
    NAMES.contains(&key)
        || key.contains("phone")
        || text.contains('@')
        || is_phone(&text)
        || is_ip(&text)
        || is_link(&text)
}

#[test]
fn every_leaf_of_the_samples_that_looks_personal_is_in_a_table() {
    let mut seen = 0;
    for sample in SAMPLES.iter().filter(|sample| !matches!(sample.name, "stripe_thin" | "mailchimp_campaign")) {
        let payload = sample.value();
        let known: SortedSet<*const Value> = found(sample, &payload).into_iter().map(|(value, _)| value).collect();
        for (key, way) in leaves(&payload) {
            let leaf = way.last().unwrap();
            if looks_personal(&key, leaf) {
                seen += 1;
                let covered = way.iter().any(|value| known.contains(&std::ptr::from_ref(*value)));
                assert!(covered, "{}: {key} {leaf}", sample.name);
            }
        }
    }
    assert!(seen > 100, "{seen}");
}

#[test]
fn links_with_keys_and_secrets_are_credentials() {
    for sample in SAMPLES.iter().filter(|sample| sample.name != "stripe_thin") {
        let payload = sample.value();
        let found = found(sample, &payload);
        for (key, way) in leaves(&payload) {
            let leaf = way.last().unwrap();
            let text = leaf.as_str().unwrap_or_default();
            let opens = text.starts_with("https://") && key != "referring_site"
                || text.contains("?key=")
                || text.contains("_secret_");
            let marked = found.contains(&(std::ptr::from_ref(*leaf), Class::Credential));
            assert!(!opens || marked, "{}: {key}", sample.name);
        }
    }
}

/// The smallest payload in which something stands at a path of a table.
fn only(path: &str, leaf: &Value) -> Value {
    path.rsplit('.').fold(leaf.clone(), |below, step| {
        let key = step.trim_end_matches("[]");
        let listed = (key.len()..step.len()).step_by(2).fold(below, |below, _| json!([below]));
        json!({ (if key == "*" { "anything" } else { key }): listed })
    })
}

#[test]
fn every_path_of_every_table_finds_its_class_and_nothing_where_nothing_is() {
    for table in tables() {
        for (path, class) in table::paths(table) {
            for (leaf, expected) in
                [(json!("https://a.example/?key=b"), true), (json!(null), false), (json!(" "), false)]
            {
                let mut found = SortedSet::new();
                table::classes(table, &only(&path, &leaf), &mut found);
                assert_eq!(found.contains(&class), expected, "{path} {leaf}");
            }
        }
    }
}

#[test]
fn no_credential_is_taken_for_a_person() {
    let credentials = tables().into_iter().flat_map(table::paths).filter(|(_, class)| *class == Class::Credential);
    let credentials: Vec<_> = credentials.map(|(path, _)| path).collect();
    assert!(credentials.len() > 20, "{}", credentials.len());
    for path in credentials {
        let payload = only(&path, &json!("https://a.example/?key=b"));
        assert!(people().iter().all(|person| person.identifiers(&payload).is_empty()), "{path}");
    }
}
