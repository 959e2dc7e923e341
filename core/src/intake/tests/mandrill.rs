use serde_json::{Value, json};

use super::{classes, consents, lines};
use crate::{
    intake::{
        Ignored, MAX_PEOPLE, Outcome, Unusable,
        tests_support::{read_body, sample, useful},
    },
    webhook::{Proof, Slot, Source},
};

fn read(events: &Value) -> Result<Outcome, Unusable> {
    sample("mandrill_events").read_as(events)
}

#[test]
fn each_person_of_a_delivery_is_one_record_as_of_the_last_event() {
    let reading = sample("mandrill_events").reading();
    assert_eq!(reading.event, "several");
    assert_eq!(reading.happened_at.unwrap().rfc3339(), "2013-04-04T21:13:40.000Z");
    assert_eq!(
        lines(&reading),
        [
            "event.0@2013-04-04T21:13:20.000Z: email example.webhook@mandrillapp.com",
            "event.2@2013-04-04T21:13:30.000Z: email second.reader@mandrillapp.com",
            "event.3@2013-04-04T21:13:40.000Z: email writer@mail.example",
        ]
    );
    assert_eq!(consents(&reading), ["email withdrawn@2013-04-04T21:13:30.000Z: event=unsub ip=(203.0.113.11)"]);
    assert_eq!(classes(&reading), "email name postal_address online_identifier free_text credential");
}

#[test]
fn a_withdrawal_said_twice_is_said_once() {
    let unsub = |ts: i64| json!({"event": "unsub", "ts": ts, "msg": {"email": "a@b.example"}});
    let reading = useful(read(&json!([unsub(20), unsub(30), unsub(10)])));
    assert_eq!(reading.event, "unsub");
    assert_eq!(lines(&reading), ["event.0@1970-01-01T00:00:30.000Z: email a@b.example"]);
    assert_eq!(consents(&reading), ["email withdrawn@1970-01-01T00:00:30.000Z: event=unsub"]);
}

#[test]
fn a_change_of_a_list_has_a_type_and_a_person() {
    let event = json!([{"type": "blacklist", "action": "add", "ts": 7, "reject": {"email": "a@b.example"}}]);
    let reading = useful(read(&event));
    assert_eq!(
        (reading.event.as_str(), &lines(&reading)[..]),
        ("blacklist", &["event.0@1970-01-01T00:00:07.000Z: email a@b.example".to_owned()][..])
    );
}

#[test]
fn what_is_no_list_of_events_is_refused_and_an_empty_one_ignored() {
    assert_eq!(read(&json!([])), Ok(Outcome::Ignored { event: "none".into(), why: Ignored::Empty }));
    assert_eq!(read(&json!({})), Err(Unusable::OtherShape));
    assert_eq!(read(&json!([{}])), Err(Unusable::NoEventType));
    assert_eq!(read(&json!([7])), Err(Unusable::NoEventType));
    let open = json!({"event": "open", "msg": {"email": "a@b.example"}});
    assert!(read(&vec![open.clone(); MAX_PEOPLE].into()).is_ok());
    assert_eq!(read(&vec![open; MAX_PEOPLE + 1].into()), Err(Unusable::TooMany));
    for (body, expected) in
        [("mandrill_events=[", Unusable::NotJson), ("a=b", Unusable::NotAForm), ("%", Unusable::NotAForm)]
    {
        let read = read_body(Source::Mandrill, "", Proof::Signature(Slot::Current), body.as_bytes());
        assert_eq!(read, Err(expected), "{body}");
    }
}
