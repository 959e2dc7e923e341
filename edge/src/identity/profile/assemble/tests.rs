use nod_core::{
    id::{DeliveryId, RecordId},
    identity::{
        Kind,
        neighbourhood::Neighbourhood,
        pseudonym::{KeyVersion, Pseudonym},
    },
    intake::Class,
    time::Timestamp,
};

use super::*;

const SHOP: u8 = 100;
const BANK: u8 = 101;

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis).unwrap_or_else(|| unreachable!("a time of the tests"))
}

fn id(bits: u8) -> IdentityId {
    IdentityId::from_random([bits; 16])
}

fn connection(bits: u8) -> ConnectionId {
    ConnectionId::from_random([bits; 16])
}

fn delivery(name: &str) -> DeliveryId {
    DeliveryId::from_random([name.bytes().next().unwrap_or_default(); 16])
}

/// Identities below 10 are e-mail addresses, the others customer ids; the greater the number, the older the row.
fn around(observations: &[(&str, u8, i64, &[u8])]) -> Around {
    let all: SortedSet<u8> = observations.iter().flat_map(|(.., identities)| identities.iter().copied()).collect();
    let pseudonym = |bits| {
        let kind = if bits < 10 { Kind::Email } else { Kind::CustomerId };
        Pseudonym::from_parts(kind, KeyVersion::FIRST, [bits; 32])
    };
    let fact = |(name, from, when, identities): &(&str, u8, i64, &[u8])| ObservationFact {
        id: (*name).to_owned(),
        seq: 1,
        connection: connection(*from),
        observed_at: at(*when),
        authoritative: true,
        succession: false,
        identities: identities.iter().map(|bits| id(*bits)).collect(),
    };
    let stored = |bits: &u8| {
        let created_at = at(1000_i64.saturating_sub(i64::from(*bits)));
        (id(*bits), Stored { pseudonym: pseudonym(*bits), created_at })
    };
    Around {
        facts: Neighbourhood {
            identities: all.iter().map(|bits| (id(*bits), pseudonym(*bits))).collect(),
            observations: observations.iter().map(fact).collect(),
            splits: Vec::new(),
        },
        stored: all.iter().map(stored).collect(),
        deliveries: observations.iter().map(|(name, ..)| ((*name).to_owned(), delivery(name))).collect(),
        is_partial: false,
    }
}

fn profile(around: &Around, of: u8) -> Option<Profile> {
    let classes = [
        ClassesRow { connection: connection(SHOP), classes: r#"["email","name"]"#.to_owned() },
        ClassesRow { connection: connection(SHOP), classes: r#"["phone","of another time"]"#.to_owned() },
    ];
    Person::of(around, &id(of))?.profile(&classes, Vec::new(), Vec::new(), Vec::new())
}

fn ids(profile: Option<&Profile>) -> Vec<IdentityId> {
    profile.map(|profile| profile.identities.iter().map(|one| one.id.clone()).collect()).unwrap_or_default()
}

#[test]
fn a_person_is_named_by_the_oldest_identity_and_found_by_any() {
    let around = around(&[("a", SHOP, 10, &[1, 10]), ("b", BANK, 5, &[1, 11])]);
    for of in [1, 10, 11] {
        let profile = profile(&around, of);
        assert_eq!(ids(profile.as_ref()), [id(11), id(10), id(1)], "{of}");
        assert_eq!(profile.map(|profile| profile.id), Some(id(11)));
    }
    assert!(profile(&around, 9).is_none());
}

#[test]
fn platforms_say_since_when_and_with_which_classes_they_know_the_person() {
    let around = around(&[("a", SHOP, 10, &[1, 10]), ("b", SHOP, 30, &[10]), ("c", BANK, 5, &[1])]);
    let person = profile(&around, 1);
    let platforms: Vec<_> = person.iter().flat_map(|person| &person.platforms).collect();
    let spans: Vec<_> = platforms.iter().map(|one| (&one.connection, one.first_seen_at, one.last_seen_at)).collect();
    assert_eq!(spans, [(&connection(BANK), at(5), at(5)), (&connection(SHOP), at(10), at(30))]);
    let classes: Vec<_> = platforms.iter().map(|one| one.classes.clone()).collect();
    assert_eq!(classes, [[].into(), [Class::Email, Class::Name, Class::Phone].into()]);
    let seen = person.iter().flat_map(|person| &person.identities).map(|one| (one.first_seen_at, one.last_seen_at));
    assert_eq!(seen.collect::<Vec<_>>(), [(Some(at(10)), Some(at(30))), (Some(at(5)), Some(at(10)))]);
}

#[test]
fn what_was_not_joined_is_shown_to_whom_it_touches() {
    let around = around(&[("a", SHOP, 10, &[1, 2]), ("b", SHOP, 20, &[3])]);
    let withheld = |of| profile(&around, of).map(|one| one.withheld.len());
    assert_eq!([1, 2, 3].map(withheld), [Some(1), Some(1), Some(0)]);
    let first = profile(&around, 1).and_then(|person| person.withheld.into_iter().next());
    assert_eq!(first.map(|one| (one.reason, one.identities)), Some((Reason::TwoEmails, vec![id(1), id(2)])));
}

#[test]
fn an_earlier_holders_record_tells_nothing_of_the_present_one() {
    // The customer id 10 had the address 1, and has 2 since.
    let around = around(&[("a", SHOP, 10, &[1, 10]), ("b", BANK, 20, &[2, 10])]);
    let person = profile(&around, 2);
    assert_eq!(ids(person.as_ref()), [id(10), id(2)]);
    let of: Vec<_> = person.iter().flat_map(|person| &person.platforms).map(|one| one.connection.clone()).collect();
    assert_eq!(of, [connection(BANK)]);
    assert_eq!(
        Person::of(&around, &id(2)).map(|person| person.deliveries().into_iter().cloned().collect()),
        Some(vec![delivery("b")])
    );
}

#[test]
fn of_half_of_the_facts_a_person_is_one_identity() {
    let partial = Around { is_partial: true, ..around(&[("a", SHOP, 10, &[1, 10])]) };
    let person = profile(&partial, 1);
    assert_eq!(ids(person.as_ref()), [id(1)]);
    assert!(person.is_some_and(|person| person.is_partial && person.platforms.len() == 1));
}

#[test]
fn the_newest_decision_for_a_channel_stands() {
    let row = |bits, granted, when| rows::ConsentRow {
        id: RecordId::from_random([bits; 16]),
        connection: connection(SHOP),
        channel: "email".to_owned(),
        purpose: "marketing".to_owned(),
        granted,
        weak: 0,
        decided_at: at(when),
        recorded_at: at(when),
        evidence: "{}".to_owned(),
    };
    let consents = rows::consents(vec![row(1, 0, 20), row(2, 1, 10)]).unwrap_or_default();
    assert_eq!(
        consents.iter().map(|one| (one.granted, one.is_standing)).collect::<Vec<_>>(),
        [(false, true), (true, false)]
    );
    assert!(rows::consents(vec![rows::ConsentRow { channel: "fax".to_owned(), ..row(1, 0, 20) }]).is_none());
}
