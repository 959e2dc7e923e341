use crate::sorted::{SortedMap, SortedSet};

use proptest::prelude::*;

use super::{super::*, *};
use crate::{
    id::Fingerprint,
    identity::{Kind, email::tests_support::Platform, phone::tests_support::Plan},
    webhook::{Proof, Slot},
};

const SIGNED: Proof = Proof::Signature(Slot::Current);

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis).unwrap()
}

/// "Now": late enough for things to have happened before it.
const NOW: i64 = 1_700_000_000_000;

fn written(kind: Kind, value: &str) -> Identifier {
    Identifier { kind, value: Written::new(value) }
}

fn email(value: &str) -> Identifier {
    written(Kind::Email, value)
}

fn phone(value: &str) -> Identifier {
    written(Kind::Phone, value)
}

fn customer(value: &str) -> Identifier {
    written(Kind::CustomerId, value)
}

fn record<const N: usize>(part: &str, identifiers: [Identifier; N]) -> PersonRecord {
    PersonRecord {
        part: part.to_owned(),
        observed_at: Some(at(NOW - 1000)),
        authoritative: true,
        relation: Relation::Together,
        identifiers: SortedSet::from(identifiers),
    }
}

fn statement(granted: bool, decided_at: Option<i64>) -> ConsentStatement {
    ConsentStatement {
        about: SortedSet::from([email("bob@biller.com")]),
        channel: Channel::Email,
        granted,
        decided_at: decided_at.map(at),
        evidence: SortedMap::from([
            ("opt_in_level", Evidence::Plain("single_opt_in".into())),
            ("ip_signup", Evidence::Personal(Written::new("10.20.10.30"))),
        ]),
    }
}

fn reading(records: Vec<PersonRecord>) -> Reading {
    Reading {
        event: "orders/create".into(),
        happened_at: Some(at(NOW - 2000)),
        classes: SortedSet::from([Class::Email, Class::Transaction]),
        records,
        consents: vec![],
        request: None,
        purge: false,
        shop: None,
        vendor_key: None,
    }
}

fn settled_with(read: Result<Outcome, Unusable>, proof: Proof, keys: &[[u8; 32]], home: Option<&str>) -> Commit {
    let verified = Verified::replayed(Source::Shopify, proof, b"a body", None, Fingerprint::of(b"signed"));
    settled_as(read, &verified, keys, home)
}

fn settled_as(
    read: Result<Outcome, Unusable>,
    verified: &Verified<'_>,
    keys: &[[u8; 32]],
    home: Option<&str>,
) -> Commit {
    use base64ct::{Base64UrlUnpadded, Encoding as _};
    let keys: Vec<String> = keys.iter().map(|key| Base64UrlUnpadded::encode_string(key)).collect();
    let keys = MasterKeys::parse(keys.iter().map(String::as_str)).unwrap();
    let home = home.and_then(Region::parse);
    let (controller, connection) = (ControllerId::parse("demo").unwrap(), ConnectionId::from_random([1; 16]));
    let setting = Setting {
        controller: &controller,
        connection: &connection,
        source: verified.source(),
        keys: &keys,
        unicode: &Platform,
        plan: &Plan,
        home: home.as_ref(),
        received_at: at(NOW),
        delivery: DeliveryId::from_random([2; 16]),
    };
    let mut drawn = 0;
    let mut random = || {
        drawn += 1;
        [drawn; 16]
    };
    settle(read, verified, &setting, &mut random).unwrap()
}

fn settled(reading: Reading) -> Commit {
    settled_with(Ok(Outcome::Useful(reading)), SIGNED, &[[1; 32]], Some("US"))
}

fn weakly(reading: Reading) -> Commit {
    settled_with(Ok(Outcome::Useful(reading)), Proof::Address, &[[1; 32]], None)
}

fn actions(commit: &Commit) -> Vec<&'static str> {
    commit.entries.iter().map(|entry| entry.action.name()).collect()
}

#[test]
fn spellings_of_one_identifier_are_one_identity_across_the_records_of_a_delivery() {
    let commit = settled(reading(vec![
        record("order", [email("Bob@Biller.com "), email("bob@biller.com"), phone("(650) 555-1212"), customer("7")]),
        record("customer", [email("bob@biller.com"), phone("+16505551212"), customer("7")]),
    ]));
    assert_eq!(commit.identities.len(), 3);
    let rows: Vec<_> = commit.observations.iter().map(|row| (row.part.as_str(), row.identities.as_slice())).collect();
    assert_eq!(rows, [("order", [0, 1, 2].as_slice()), ("customer", &[0, 1, 2])]);
    assert_eq!(commit.observations[0].observed_at, at(NOW - 1000));
    assert!(commit.delivery.unreadable.is_empty());
}

#[test]
fn the_platforms_own_id_of_a_delivery_is_kept_from_the_labels_or_else_from_the_body() {
    assert_eq!(settled(reading(vec![])).delivery.vendor_key, None);
    let labelled = Reading { vendor_key: Some(Fingerprint::of(b"label")), ..reading(vec![]) };
    assert_eq!(settled(labelled).delivery.vendor_key, Some(Fingerprint::of(b"label")));
    let read = || Ok(Outcome::Useful(reading(vec![])));
    let commit = |id| {
        let verified = Verified::replayed(Source::Custom, SIGNED, b"{}", Some(id), Fingerprint::of(id.as_bytes()));
        settled_as(read(), &verified, &[[1; 32]], None)
    };
    assert!(commit("1").delivery.vendor_key.is_some());
    assert_ne!(commit("1").delivery.vendor_key, commit("2").delivery.vendor_key);
}

#[test]
fn what_names_nobody_is_counted_once_and_dropped() {
    let commit = settled(reading(vec![
        record("order", [phone("555-555-BILL"), email("bob"), customer("7")]),
        record("customer", [phone("555-555-BILL"), phone("1"), email("")]),
    ]));
    assert_eq!(commit.delivery.unreadable, SortedMap::from([(Kind::Email, 2), (Kind::Phone, 2)]));
    assert_eq!(commit.observations.len(), 1);
    assert_eq!(commit.identities.len(), 1);
    assert_eq!(commit.entries[0].detail["unreadable"], 4);
}

#[test]
fn without_a_region_a_number_that_does_not_say_its_country_names_nobody() {
    let numbers =
        || Ok(Outcome::Useful(reading(vec![record("order", [phone("(650) 555-1212"), phone("+49 30 901820")])])));
    assert_eq!(settled_with(numbers(), SIGNED, &[[1; 32]], None).identities.len(), 1);
    assert_eq!(settled_with(numbers(), SIGNED, &[[1; 32]], Some("US")).identities.len(), 2);
}

#[test]
fn an_identity_is_looked_for_under_every_key_and_stored_under_the_newest() {
    let one = || Ok(Outcome::Useful(reading(vec![record("order", [email("bob@biller.com")])])));
    let old = settled_with(one(), SIGNED, &[[1; 32]], None);
    let new = settled_with(one(), SIGNED, &[[1; 32], [2; 32]], None);
    assert_eq!(new.identities[0].candidates.len(), 2);
    assert_eq!(new.identities[0].candidates[1], old.identities[0].pseudonym().unwrap());
    assert_eq!(new.identities[0].pseudonym().unwrap().version().number(), 2);
}

#[test]
fn of_two_customer_ids_in_one_record_neither_is_believed_unless_one_followed_the_other() {
    let two = || record("order", [email("bob@biller.com"), customer("7"), customer("8")]);
    let commit = settled(reading(vec![two()]));
    assert_eq!(commit.observations[0].identities.len(), 1);
    assert!(commit.delivery.unreadable.is_empty());
    let commit = settled(reading(vec![PersonRecord { relation: Relation::Succession, ..two() }]));
    assert!(commit.observations[0].succession);
    assert_eq!(commit.observations[0].identities.len(), 3);
}

#[test]
fn what_claims_to_be_from_the_future_is_of_now() {
    let mut claims = reading(vec![
        PersonRecord { observed_at: Some(at(NOW + AHEAD)), ..record("a", [customer("7")]) },
        PersonRecord { observed_at: Some(at(NOW + AHEAD + 1)), ..record("b", [customer("7")]) },
        PersonRecord { observed_at: None, ..record("c", [customer("7")]) },
    ]);
    claims.consents = vec![statement(true, Some(NOW * 2)), statement(true, None)];
    let commit = settled(claims);
    let times: Vec<_> = commit.observations.iter().map(|row| row.observed_at.millis() - NOW).collect();
    assert_eq!(times, [AHEAD, 0, -2000]);
    let times: Vec<_> = commit.consents.iter().map(|row| row.decided_at.millis() - NOW).collect();
    assert_eq!(times, [0, -2000]);
}

#[test]
fn evidence_that_is_personal_is_kept_as_a_keyed_hash() {
    let commit = settled(Reading { consents: vec![statement(true, None)], ..reading(vec![]) });
    let evidence = &commit.consents[0].evidence;
    assert_eq!(evidence["opt_in_level"], "single_opt_in");
    let hash = evidence["ip_signup"]["keyed_hash"].as_str().unwrap();
    assert!(hash.starts_with("1.") && hash.len() == 45, "{hash}");
}

#[test]
fn a_consent_of_nobody_is_not_kept() {
    let nobody = ConsentStatement { about: SortedSet::from([email("bob")]), ..statement(true, None) };
    let commit = settled(Reading { consents: vec![nobody], ..reading(vec![]) });
    assert!(commit.consents.is_empty());
    assert_eq!(commit.delivery.unreadable[&Kind::Email], 1);
}

#[test]
fn a_request_has_thirty_days_and_stands_even_where_nobody_can_be_named() {
    let request = |about| RightsRequest {
        deletes: true,
        external_reference: Some("9999".into()),
        orders: vec!["1".into()],
        about,
    };
    let of = |about| settled(Reading { request: Some(request(about)), ..reading(vec![]) });
    let commit = of(SortedSet::from([customer("7")]));
    let row = commit.request.clone().unwrap();
    assert_eq!((row.kind, row.identities.len()), ("deletion", 1));
    // The end of the thirtieth day.
    let days = (row.due_at.millis() - row.received_at.millis()) / 86_400_000;
    assert!((28..=30).contains(&days), "{days} days");
    assert_eq!(actions(&commit), ["delivery.processed", "rights_request.received"]);
    assert!(of(SortedSet::new()).request.unwrap().identities.is_empty());
}

#[test]
fn what_anybody_could_have_sent_only_takes_back() {
    let all = Reading {
        consents: vec![statement(true, None), statement(false, None)],
        request: Some(RightsRequest {
            deletes: true,
            external_reference: None,
            orders: vec![],
            about: SortedSet::new(),
        }),
        purge: true,
        ..reading(vec![record("order", [email("bob@biller.com"), customer("7")])])
    };
    let commit = weakly(all.clone());
    assert_eq!(commit.consents.iter().map(|row| (row.granted, row.weak)).collect::<Vec<_>>(), [(false, true)]);
    assert!(!commit.observations[0].authoritative && commit.request.is_none() && !commit.purge);
    assert_eq!(actions(&commit), ["delivery.processed"]);
    let commit = settled(all);
    assert!(commit.observations[0].authoritative && commit.request.is_some() && commit.purge);
    assert_eq!(commit.consents.len(), 2);
}

#[test]
fn what_is_ignored_leaves_its_row_and_nothing_else() {
    let ignored = Outcome::Ignored { event: "products/update".into(), why: Ignored::NoPersonalData };
    let commit = settled_with(Ok(ignored), SIGNED, &[[1; 32]], None);
    let row = &commit.delivery;
    assert_eq!(
        (row.status, row.reason, row.event.as_str()),
        (Status::Ignored, Some("no_personal_data"), "products/update")
    );
    assert!(commit.entries.is_empty() && commit.identities.is_empty());
}

#[test]
fn a_dead_letter_leaves_its_row_and_an_entry() {
    let commit = settled_with(Err(Unusable::NotJson), SIGNED, &[[1; 32]], None);
    let row = &commit.delivery;
    assert_eq!((row.status, row.reason, row.event.as_str()), (Status::DeadLettered, Some("not_json"), ""));
    assert_eq!((row.bytes, &row.body), (6, &Fingerprint::of(b"a body")));
    assert_eq!(actions(&commit), ["delivery.dead_lettered"]);
}

#[test]
fn the_journal_of_a_replay_says_who_and_when() {
    let token = crate::id::ActorId::from_random([3; 16]);
    let commit = settled(reading(vec![record("order", [customer("7")])])).replayed_by(&token, at(NOW + 5000));
    let entry = serde_json::to_value(&commit.entries[0]).unwrap();
    assert_eq!((&entry["action"], &entry["actor"]), (&json!("delivery.replayed"), &json!("staff")));
    assert_eq!(entry["detail"]["by"], token.as_str());
    assert_eq!(commit.entries[0].at, at(NOW + 5000));
    assert_eq!(commit.delivery.received_at, at(NOW));
}

#[test]
fn every_attempt_makes_the_same_observations() {
    let one = || settled(reading(vec![record("order", [customer("7")])])).observations[0].id.clone();
    assert_eq!(one(), one());
    let id = one();
    let (delivery, part) = id.split_once('.').unwrap();
    assert_eq!((delivery.len(), part), (32, "order"));
}

#[test]
fn statuses_have_one_name() {
    for status in Status::ALL {
        assert_eq!(Status::parse(status.name()), Some(status));
        assert_eq!(serde_json::to_value(status).unwrap(), status.name());
    }
}

proptest! {
    /// Whatever the values are: what is stored shows none of them.
    #[test]
    fn nothing_that_is_stored_holds_a_value(name in "[a-z]{8,12}", number in 1_000_000_000_u64..10_000_000_000) {
        let mut all = reading(vec![record("order", [
            email(&format!("{name}@{name}.com")), phone(&format!("+49{number}")), customer(&number.to_string()),
            phone(&format!("{name} {number}")),
        ])]);
        all.consents = vec![ConsentStatement {
            evidence: SortedMap::from([("ip", Evidence::Personal(Written::new(format!("{name}{number}"))))]),
            ..statement(true, None)
        }];
        all.request = Some(RightsRequest {
            deletes: false, external_reference: None, orders: vec![], about: SortedSet::from([email(&format!("{name}@x.org"))]),
        });
        let shown = format!("{:?}", settled(all));
        prop_assert!(!shown.contains(&name) && !shown.contains(&number.to_string()), "{}", shown);
    }
}
