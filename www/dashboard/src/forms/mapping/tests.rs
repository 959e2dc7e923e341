use nod_core::intake::{Class, FieldMapping, InvalidMapping};
use serde_json::{Value, json};

use super::*;
use crate::tree::tests_support::{of, value};

/// A mapping as the rules write it: names with `_`, kinds in lower case.
fn as_rules_write_it(it: &Value) -> Value {
    match it {
        Value::Object(members) => {
            let name = |name: &str| match name {
                "occurredAt" => "occurred_at".to_owned(),
                "customerId" => "customer_id".to_owned(),
                "decidedAt" => "decided_at".to_owned(),
                name => name.to_owned(),
            };
            let member = |(of, value): (&String, &Value)| match of.as_str() {
                "channel" => (name(of), value.as_str().unwrap().to_lowercase().into()),
                _ => (name(of), as_rules_write_it(value)),
            };
            Value::Object(members.iter().map(member).collect())
        }
        Value::Array(items) => items.iter().map(as_rules_write_it).collect(),
        leaf => leaf.clone(),
    }
}

fn read(mapping: &Tree) -> Result<FieldMapping, InvalidMapping> {
    FieldMapping::parse(&as_rules_write_it(&value(mapping)).to_string())
}

/// What fits a field.
fn sample(field: &Field) -> Tree {
    match field.is {
        Is::List => Tree::texts(["a.b", "c[]"]),
        Is::YesOrNo => Tree::Truth(true),
        Is::Choice(choices) => choices[0].0.into(),
        _ => "person".into(),
    }
}

/// A mapping in which every field is filled in.
fn whole() -> Tree {
    let filled =
        |fields: &[Field]| Tree::Object(fields.iter().map(|field| (field.name.to_string(), sample(field))).collect());
    let mut mapping = filled(EVENT);
    for (list, parts) in LISTS {
        mapping.set(list, Tree::List(vec![filled(parts.first)]));
    }
    mapping
}

/// What the API answers to a trial.
fn tried(mapping: &Tree, sample: &Value) -> Tree {
    let trial = read(mapping).unwrap().try_on(sample);
    let problem = |it: &nod_core::intake::Problem| json!({"message": it.to_string(), "code": it.name().to_uppercase()});
    let found = trial.records.iter().flat_map(|record| &record.found);
    let found = found.map(|it| json!({"kind": it.kind.name(), "path": it.path.to_string(), "count": it.count}));
    let records = json!([{"found": found.collect::<Vec<_>>()}]);
    let event = trial.event.as_ref().map(ToString::to_string);
    let problems: Vec<Value> = trial.problems.iter().map(problem).collect();
    of(&json!({"event": event, "records": records, "classes": trial.classes, "problems": problems}))
}

#[test]
fn what_is_filled_into_every_field_is_taken_and_written_as_it_was() {
    let mapping = whole();
    assert_eq!(missing(&mapping), []);
    let written = serde_json::to_value(read(&mapping).unwrap()).unwrap();
    assert_eq!(written, as_rules_write_it(&value(&mapping)), "the rules know no other field");
}

#[test]
fn every_class_and_channel_of_the_rules_can_be_chosen() {
    let sorted = |mut names: Vec<&'static str>| {
        names.sort_unstable();
        names
    };
    let classes = Class::ALL.iter().map(|class| class.name()).collect();
    assert_eq!(sorted(NAMES.iter().map(|(name, _)| *name).collect()), sorted(classes));
    for (name, words) in NAMES {
        assert_eq!(readable(name), *words, "it is called the same everywhere");
    }
    for (list, member, choices) in [("classes", "class", NAMES), ("consents", "channel", CHANNELS)] {
        for (name, _) in choices {
            let mut mapping = whole();
            mapping.set(&format!("{list}[0].{member}"), (*name).into());
            read(&mapping).unwrap_or_else(|why| panic!("{name}: {why}"));
        }
    }
}

#[test]
fn a_mapping_begins_with_where_the_rules_look_without_one() {
    let FieldMapping { event, occurred_at, records, .. } = FieldMapping::standard();
    let begun = read(&begun()).unwrap();
    assert_eq!((begun.event, begun.occurred_at, begun.records), (event, occurred_at, records));
}

#[test]
fn what_is_needed_is_told_at_its_field_and_the_rules_refuse_it_too() {
    for (list, parts) in LISTS {
        for field in parts.first {
            let place = format!("{list}[0].{}", field.name);
            let mut mapping = whole();
            mapping.set(&place, Tree::Nothing);
            let wanted: Vec<&str> = if field.is_needed { vec![&place] } else { Vec::new() };
            let found = missing(&mapping);
            assert_eq!(found.iter().map(|problem| &*problem.place).collect::<Vec<_>>(), wanted);
            assert_eq!(read(&mapping).is_err(), field.is_needed, "{place}");
        }
    }
    let found = missing(&Tree::Object(Vec::new()));
    assert_eq!(found.iter().map(|problem| &*problem.place).collect::<Vec<_>>(), ["event", "records"]);
}

#[test]
fn another_one_is_named_as_the_rules_take_it_and_needs_its_path_at_most() {
    let mut mapping = begun();
    for name in ["Größe & co", "", "person", "a very long name of a record that ends somewhere"] {
        let made = another("records", "", name, mapping.at("records").items());
        mapping.list_mut("records").unwrap().push(made);
    }
    read(&mapping).unwrap();
    for (list, kind, place) in [("classes", "name", "classes[0].path"), ("consents", "SMS", "consents[0].granted")] {
        let mut mapping = begun();
        mapping.set(list, Tree::List(vec![another(list, kind, "", &[])]));
        assert_eq!(missing(&mapping).iter().map(|problem| &*problem.place).collect::<Vec<_>>(), [place]);
    }
}

#[test]
fn what_a_trial_misses_is_told_where_it_is_to_be_mended() {
    let mut mapping = begun();
    mapping.set("classes", of(&json!([{"class": "email", "path": "user.mail"}, {"class": "name", "path": "name"}])));
    mapping.set(
        "consents",
        of(&json!([{"channel": "SMS", "granted": "sms"}, {"channel": "EMAIL", "granted": "mail.ok"}])),
    );
    mapping.list_mut("records").unwrap().push(another("records", "", "guest", &[]));
    let sample = json!({"user": {"mail": "ada@example.com"}, "sms": "maybe", "email": "ada@example.com"});
    let problems = problems(&mapping, &tried(&mapping, &sample));
    let places: Vec<&str> = problems.iter().map(|problem| &*problem.place).collect();
    let wanted = ["event", "occurredAt", "classes[1].path", "records[1]", "consents[0].granted", "consents[1].granted"];
    assert_eq!(places, wanted);
    assert!(problems[3].message.starts_with("The record 'guest' names nobody in this sample. Say where"));
    let many = json!({"type": "a", "timestamp": 1, "users": vec![json!({"email": "a@b.example"}); 1001]});
    let mut mapping = begun();
    mapping.set("records[0].root", "users[]".into());
    let problems = super::problems(&mapping, &tried(&mapping, &many));
    assert_eq!(problems.iter().map(|problem| &*problem.place).collect::<Vec<_>>(), [""]);
    assert!(problems[0].message.ends_with("Try a smaller sample, and send fewer at once."));
}

#[test]
fn a_mapping_and_what_it_finds_are_said_in_words() {
    let mapping = of(&json!({
        "event": ["kind", "type"],
        "occurredAt": [],
        "records": [{"part": "user", "root": "users[]", "email": ["mail"], "phone": [], "customerId": ["id"], "authoritative": true}],
        "classes": [{"class": "postal_address", "path": "users[].city"}],
        "consents": [{"part": "user", "channel": "EMAIL", "granted": "ok"}],
    }));
    let wanted = [
        "The event's name: kind or type.",
        "user: e-mail at mail, customer id at id, in users[].",
        "Postal address at users[].city.",
        "E-mail of user: yes or no at ok.",
    ];
    assert_eq!(words(&mapping), wanted);
    let found =
        found(&tried(&mapping, &json!({"kind": "a", "users": [{"mail": "a@b.example"}, {"mail": "c@d.example"}]})));
    let said = found.iter().map(|(_, words)| words.as_str()).collect::<Vec<_>>();
    assert_eq!(said, ["At kind", "Not found", "Email at mail (2)", "Email", "Nothing"]);
}
