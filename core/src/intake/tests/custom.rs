use serde_json::{Value, json};

use super::{classes, consents, lines};
use crate::{
    intake::{
        FieldMapping, InvalidMapping, MAX_IDENTIFIERS, MAX_PEOPLE, Outcome, Problem, Unusable,
        tests_support::{read_mapped, sample, useful},
    },
    webhook::{Proof, Slot, Source},
};

/// The name of what is wrong, and how it comes about.
type Case = (&'static str, fn(&mut Value));

fn read(mapping: &FieldMapping, body: &Value) -> Result<Outcome, Unusable> {
    let body = body.to_string();
    read_mapped(Source::Custom, "", Proof::Token(Slot::Current), body.as_bytes(), Some(mapping))
}

fn shop() -> FieldMapping {
    FieldMapping::parse(
        &json!({
            "event": ["what", "kind.name"],
            "occurred_at": ["when"],
            "records": [
                {"part": "buyer", "email": ["buyer.mail", "buyer.mails[]"], "customer_id": ["buyer.no"], "authoritative": true},
                {"part": "guest", "root": "guests[]", "email": ["mail"], "phone": ["tel"], "authoritative": false},
            ],
            "classes": [{"class": "name", "path": "*.full\\.name"}],
            "consents": [
                {"channel": "email", "granted": "buyer.news", "decided_at": "buyer.news_at"},
                {"part": "guest", "channel": "sms", "granted": "texts"},
            ],
        })
        .to_string(),
    )
    .unwrap()
}

fn order() -> Value {
    json!({"kind": {"name": "Order Placed"}, "when": 1_649_367_553, "buyer":
        {"mails": ["a@b.example", "c@d.example"], "no": 18_446_744_073_709_551_615_u64, "news": "Opt-In",
         "news_at": "2022-01-01T00:00:00Z", "full.name": "A B"},
        "guests": [{"mail": "g@h.example", "texts": false}, {"name": "unnamed"}, {"tel": "+14155550100", "texts": "later"}]})
}

#[test]
fn the_usual_names_are_found_without_a_mapping() {
    let reading = sample("custom_user_created").reading();
    assert_eq!(
        lines(&reading),
        ["person@2022-11-03T20:26:10.344Z: email test@example.com, phone +14155550177, customer_id 9007199254740993"]
    );
    assert_eq!(classes(&reading), "email phone customer_id name postal_address online_identifier free_text credential");
    let flat = json!({"event": "signup", "user_id": "u1", "email": "", "data": {}, "occurred_at": 5});
    assert_eq!(
        lines(&useful(read(&FieldMapping::standard(), &flat))),
        ["person@1970-01-01T00:00:05.000Z: customer_id u1"]
    );
}

#[test]
fn a_mapping_leads_to_one_person_a_record_and_one_person_an_element() {
    let reading = useful(read(&shop(), &order()));
    assert_eq!(reading.event, "Order_Placed");
    assert_eq!(
        lines(&reading),
        [
            "buyer@2022-04-07T21:39:13.000Z: email a@b.example, email c@d.example, customer_id 18446744073709551615",
            "guest.0@2022-04-07T21:39:13.000Z (hint): email g@h.example",
            "guest.2@2022-04-07T21:39:13.000Z (hint): phone +14155550100",
        ]
    );
    assert_eq!(
        consents(&reading),
        [
            "email granted@2022-01-01T00:00:00.000Z: path=buyer.news",
            "sms withdrawn@2022-04-07T21:39:13.000Z: path=texts",
        ]
    );
    assert_eq!(classes(&reading), "email phone customer_id name preference");
}

#[test]
fn the_first_path_at_which_something_stands_counts() {
    let body = json!({"what": "x", "buyer": {"mail": "first@b.example", "mails": ["second@b.example"]}});
    assert_eq!(lines(&useful(read(&shop(), &body))), ["buyer@?: email first@b.example"]);
}

#[test]
fn who_names_nobody_or_no_event_is_a_dead_letter() {
    assert_eq!(read(&shop(), &json!({"what": "x"})), Err(Unusable::NoIdentifier));
    assert_eq!(read(&shop(), &json!({"what": "x", "buyer": {"no": 1.5, "mail": null}})), Err(Unusable::NoIdentifier));
    assert_eq!(read(&shop(), &json!({"buyer": {"no": 1}})), Err(Unusable::NoEventType));
    assert_eq!(read(&shop(), &json!({"what": "bob@biller.com", "buyer": {"no": 1}})), Err(Unusable::NoEventType));
    let tags = json!({"what": "x", "buyer": {"mails": (0..=MAX_IDENTIFIERS).collect::<Vec<_>>()}});
    assert!(read(&shop(), &tags) == Err(Unusable::TooMany));
    let guests = |count| json!({"what": "x", "guests": vec![json!({"mail": "a@b.example"}); count]});
    assert_eq!(useful(read(&shop(), &guests(MAX_PEOPLE))).records.len(), MAX_PEOPLE);
    assert!(read(&shop(), &guests(MAX_PEOPLE + 1)) == Err(Unusable::TooMany));
}

#[test]
fn times_are_text_seconds_or_milliseconds() {
    for (when, expected) in [
        (json!("2022-04-07T23:39:13+02:00"), Some(1_649_367_553_000)),
        (json!(1_649_367_553), Some(1_649_367_553_000)),
        (json!(1_649_367_553.25), Some(1_649_367_553_250)),
        (json!(1_649_367_553_250_i64), Some(1_649_367_553_250)),
        (json!("1649367553"), Some(1_649_367_553_000)),
        (json!("NaN"), None),
        (json!(-1), None),
        (json!(1e300), None),
        (json!("soon"), None),
        (json!([1]), None),
    ] {
        let reading = useful(read(&shop(), &json!({"what": "x", "when": when, "buyer": {"no": 1}})));
        assert_eq!(reading.happened_at.map(crate::time::Timestamp::millis), expected, "{when}");
    }
}

#[test]
fn a_trial_says_what_was_found_where() {
    let trial = shop().try_on(&order());
    assert!(trial.is_useful());
    assert_eq!(
        serde_json::to_value(&trial).unwrap(),
        json!({
            "event": "kind.name",
            "occurred_at": "when",
            "classes": ["email", "phone", "customer_id", "name"],
            "records": [
                {"part": "buyer", "people": 1, "found": [
                    {"kind": "email", "path": "buyer.mails[]", "count": 2},
                    {"kind": "customer_id", "path": "buyer.no", "count": 1},
                ]},
                {"part": "guest", "people": 2, "found": [
                    {"kind": "email", "path": "mail", "count": 1},
                    {"kind": "phone", "path": "tel", "count": 1},
                ]},
            ],
            "consents": [
                {"channel": "email", "path": "buyer.news", "count": 1},
                {"channel": "sms", "path": "texts", "count": 1},
            ],
            "problems": [],
        })
    );
}

#[test]
fn a_trial_says_what_was_not_found() {
    let trial = shop().try_on(&json!({}));
    assert!(!trial.is_useful());
    let named: Vec<_> = trial.problems.iter().map(Problem::name).collect();
    let expected =
        ["no_event", "no_time", "nothing_at", "no_identifier", "no_identifier", "no_decision", "no_decision"];
    assert_eq!(named, expected);
    let many = shop().try_on(&json!({"what": "x", "guests": vec![json!({"mail": "a"}); MAX_PEOPLE + 1]}));
    assert!(many.problems.contains(&Problem::TooMany) && !many.is_useful());
    for problem in trial.problems.iter().chain(&many.problems) {
        assert!(!problem.to_string().is_empty());
        assert_eq!(serde_json::to_value(problem).unwrap()["problem"], problem.name());
    }
}

#[test]
fn a_mapping_is_written_and_read_back() {
    for mapping in [shop(), FieldMapping::standard()] {
        assert_eq!(FieldMapping::parse(&serde_json::to_string(&mapping).unwrap()), Ok(mapping));
    }
}

#[test]
fn a_mapping_that_cannot_work_is_refused() {
    let changed = |change: fn(&mut Value)| {
        let mut mapping = serde_json::to_value(shop()).unwrap();
        change(&mut mapping);
        FieldMapping::parse(&mapping.to_string()).unwrap_err()
    };
    let refused: [Case; 13] = [
        ("form", |mapping| *mapping = json!([])),
        ("form", |mapping| mapping["extra"] = json!(1)),
        ("form", |mapping| mapping["event"] = json!(["a..b"])),
        ("form", |mapping| mapping["records"][0]["authoritative"] = json!(null)),
        ("form", |mapping| mapping["classes"][0]["class"] = json!("secret")),
        ("missing", |mapping| mapping["event"] = json!([])),
        ("missing", |mapping| mapping["records"] = json!([])),
        ("missing", |mapping| mapping["records"] = json!([{"part": "a", "authoritative": true}])),
        ("part", |mapping| mapping["records"][0]["part"] = json!("A.b")),
        ("part", |mapping| mapping["records"][1]["part"] = json!("buyer")),
        ("no_such_part", |mapping| mapping["consents"][0]["part"] = json!("nobody")),
        ("too_many", |mapping| mapping["event"] = vec![json!("a"); 17].into()),
        ("too_many", |mapping| mapping["event"] = json!(["a".repeat(40_000)])),
    ];
    for (expected, change) in refused {
        let invalid: InvalidMapping = changed(change);
        assert_eq!(invalid.name(), expected);
        assert!(invalid.to_string().len() > 20);
    }
}
