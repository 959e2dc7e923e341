use nod_core::{
    id::{ConnectionId, SplitId},
    identity::{Kind, matching::Policy, pseudonym::KeyVersion},
};

use super::{rows::around, *};

fn identity(bits: u8) -> IdentityId {
    IdentityId::from_random([bits; 16])
}

fn list(all: &[u8]) -> String {
    serde_json::to_string(&all.iter().map(|bits| identity(*bits)).collect::<Vec<_>>()).unwrap_or_default()
}

fn observation(id: &str, at: i64, identities: &[u8]) -> ObservationRow {
    ObservationRow {
        id: id.to_owned(),
        seq: 1,
        connection: ConnectionId::from_random([1; 16]),
        delivery: DeliveryId::from_random([2; 16]),
        observed_at: Timestamp::from_millis(at).unwrap_or_else(|| unreachable!("a time of the tests")),
        authoritative: 1,
        succession: 0,
        identities: list(identities),
    }
}

/// An e-mail address, where `bits` is odd, and else a customer id, under the first key.
fn row(bits: u8) -> IdentityRow {
    let kind = if bits % 2 == 1 { Kind::Email } else { Kind::CustomerId };
    let version = KeyVersion::FIRST;
    let created_at = Timestamp::from_millis(0).unwrap_or_else(|| unreachable!("a time of the tests"));
    IdentityRow { id: identity(bits), pseudonym: Pseudonym::from_parts(kind, version, [bits; 32]), created_at }
}

fn same(stored: &Pseudonym) -> Pseudonym {
    *stored
}

#[test]
fn rows_become_facts_that_can_be_reckoned() {
    let observations = vec![observation("a", 1, &[1, 2]), observation("b", 2, &[2])];
    assert_eq!(rows::named(&observations, &[identity(3)]), [1, 2, 3].map(identity).into());
    let sides = serde_json::to_string(&[(1, identity(2)), (0, identity(1))]).unwrap_or_default();
    let split = SplitRow { id: SplitId::from_random([4; 16]), seq: 3, undoes: Some("a".to_owned()), sides };

    let joined = around(observations.clone(), Vec::new(), vec![row(1), row(2)], same).unwrap_or_default();
    assert_eq!(joined.facts.subjects(Policy::default()).subjects.len(), 1);
    assert!(!joined.is_partial);
    let parted = around(observations, vec![split], vec![row(1), row(2)], same).unwrap_or_default();
    assert_eq!(
        parted.facts.splits.first().map(|split| split.sides.clone()),
        Some(vec![[identity(1)].into(), [identity(2)].into()])
    );
    assert_eq!(parted.facts.subjects(Policy::default()).subjects.len(), 2);
}

#[test]
fn pseudonyms_of_every_key_are_reckoned_under_the_newest_and_shown_as_they_are_stored() {
    let newest = KeyVersion::new(2).unwrap_or(KeyVersion::FIRST);
    let rekeyed = |old: &Pseudonym| Pseudonym::from_parts(old.kind(), newest, *old.bytes());
    let around = around(vec![observation("a", 1, &[1])], Vec::new(), vec![row(1)], rekeyed).unwrap_or_default();
    assert_eq!(around.facts.identities.values().map(Pseudonym::version).collect::<Vec<_>>(), [newest]);
    assert_eq!(around.stored.values().map(|one| one.pseudonym.version()).collect::<Vec<_>>(), [KeyVersion::FIRST]);
}

#[test]
fn more_than_can_be_reckoned_is_partial() {
    let crowd = |size: usize| {
        let rows = (0..size).map(|number| observation(&number.to_string(), 1, &[1])).collect();
        around(rows, Vec::new(), vec![row(1)], same).is_some_and(|around| around.is_partial)
    };
    assert!(!crowd(MOST));
    assert!(crowd(MOST.saturating_add(1)));
}

#[test]
fn a_row_that_is_not_what_it_should_be_is_no_fact() {
    let broken = ObservationRow { identities: "[\"short\"]".to_owned(), ..observation("a", 1, &[]) };
    assert!(around(vec![broken], Vec::new(), Vec::new(), same).is_none());
}
