use serde_json::{Value, json};

use super::{classes, consents, lines};
use crate::{
    intake::{
        Ignored, Outcome, Reading, Unusable,
        tests_support::{read_body, sample, useful},
    },
    webhook::{Proof, Slot, Source},
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
fn subscribing_is_consent_with_the_addresses_it_came_from_as_evidence() {
    let reading = reading("mailchimp_subscribe");
    assert_eq!(reading.event, "subscribe");
    assert_eq!(
        lines(&reading),
        ["member@2009-03-26T21:35:57.000Z: email api@mailchimp.com, phone +14045550123, customer_id 8a25ff1d98"]
    );
    let expected = "email granted@2009-03-26T21:35:57.000Z: fired_at=2009-03-26T21:35:57.000Z ip_opt=(10.20.10.30) \
                    ip_signup=(10.20.10.31) list_id=a6b5da1054";
    assert_eq!(consents(&reading), [expected]);
    assert_eq!(classes(&reading), "email phone customer_id name postal_address online_identifier free_text preference");
}

#[test]
fn the_vendors_own_body_is_read() {
    let body = crate::webhook::MAILCHIMP_BODY.as_bytes();
    let reading = useful(read_body(Source::Mailchimp, "", Proof::Signature(Slot::Current), body));
    assert_eq!(lines(&reading), ["member@2009-03-26T21:35:57.000Z: email api@mailchimp.com, customer_id 8a25ff1d98"]);
}

#[test]
fn unsubscribing_takes_consent_back() {
    let expected = "email withdrawn@2009-03-26T21:40:57.000Z: action=unsub campaign_id=cb398d21d2 \
                    fired_at=2009-03-26T21:40:57.000Z ip_opt=(10.20.10.30) list_id=a6b5da1054 reason=manual";
    assert_eq!(consents(&reading("mailchimp_unsubscribe")), [expected]);
}

#[test]
fn a_profile_and_a_bounce_are_seen_and_decide_nothing() {
    for (name, line) in [
        ("mailchimp_profile", "member@2009-03-26T21:31:21.000Z: email api@mailchimp.com, customer_id 8a25ff1d98"),
        ("mailchimp_cleaned", "member@2009-03-26T22:01:00.000Z: email api+cleaned@mailchimp.com"),
    ] {
        let reading = reading(name);
        assert_eq!(lines(&reading), [line]);
        assert_eq!(reading.consents, []);
    }
}

#[test]
fn a_change_of_address_is_a_succession() {
    let expected = "member@2009-03-26T22:15:09.000Z (succession): email api+new@mailchimp.com, \
                    email api+old@mailchimp.com, customer_id 51da8c3259";
    assert_eq!(lines(&reading("mailchimp_upemail")), [expected]);
}

#[test]
fn an_unsigned_delivery_is_a_hint() {
    for name in ["mailchimp_subscribe", "mailchimp_unsubscribe", "mailchimp_upemail"] {
        let sample = sample(name);
        let weak = useful(read_body(Source::Mailchimp, "", Proof::Address, &sample.body(&sample.value())));
        let mut expected = sample.reading();
        expected.records.iter_mut().for_each(|record| record.authoritative = false);
        assert_eq!(weak, expected);
    }
}

#[test]
fn a_campaign_and_what_comes_later_are_ignored() {
    let ignored = |event: &str| Ok(Outcome::Ignored { event: event.to_owned(), why: Ignored::NoPersonalData });
    assert_eq!(sample("mailchimp_campaign").read(), ignored("campaign"));
    assert_eq!(changed("mailchimp_profile", |payload| payload["type"] = json!("sms")), ignored("sms"));
}

#[test]
fn what_is_no_event_is_a_dead_letter() {
    let read = |body: &[u8]| read_body(Source::Mailchimp, "", Proof::Signature(Slot::Current), body);
    for (body, expected) in [
        (&b""[..], Unusable::NoEventType),
        (b"type=", Unusable::NoEventType),
        (b"type=bob%40biller.com", Unusable::NoEventType),
        (b"type=subscribe&type=unsubscribe", Unusable::NotAForm),
        (b"type=subscribe&data[email]=%ff", Unusable::NotAForm),
        (b"type=%", Unusable::NotAForm),
    ] {
        assert_eq!(read(body), Err(expected));
    }
    let timeless = useful(read(b"type=subscribe&data[email]=a%40b.example&fired_at=yesterday"));
    assert_eq!(lines(&timeless), ["member@?: email a@b.example"]);
    assert_eq!(consents(&timeless), ["email granted@?: "]);
}
