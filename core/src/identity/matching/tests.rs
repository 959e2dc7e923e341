use crate::sorted::{SortedMap, SortedSet};

use super::*;
use crate::{
    identity::{
        Kind,
        pseudonym::{KeyVersion, Pseudonym},
    },
    time::Timestamp,
};

/// A person's identity by a short name: `e1` is an e-mail address, `p1` a number, `c1` a customer id.
pub(super) fn identity(name: &str) -> Pseudonym {
    let kind = match name.as_bytes()[0] {
        b'e' => Kind::Email,
        b'p' => Kind::Phone,
        b'c' => Kind::CustomerId,
        _ => panic!("no kind: {name}"),
    };
    let number = name[1..].parse().unwrap();
    Pseudonym::from_parts(kind, KeyVersion::new(1).unwrap(), [number; 32])
}

pub(super) fn identities(names: &str) -> SortedSet<Pseudonym> {
    names.split_whitespace().map(identity).collect()
}

pub(super) fn record(id: &str, at: i64, names: &str) -> Observation {
    Observation {
        observed_at: Timestamp::from_millis(at).unwrap(),
        id: ObservationId::new(id),
        authoritative: true,
        succession: false,
        identities: identities(names),
        source: Source::new("shop"),
    }
}

pub(super) fn partition(subjects: &Subjects) -> SortedSet<SortedSet<Pseudonym>> {
    subjects.subjects.iter().map(|subject| subject.identities.clone()).collect()
}

/// `"e1 c1 | e2"`: two subjects.
fn people(text: &str) -> SortedSet<SortedSet<Pseudonym>> {
    text.split('|').map(identities).collect()
}

fn facts<'a>(records: impl IntoIterator<Item = &'a Observation>) -> Facts {
    let mut facts = Facts::default();
    records.into_iter().for_each(|record| facts.add(record.clone()));
    facts
}

fn subjects(records: &[Observation]) -> Subjects {
    facts(records).subjects(Policy::default())
}

fn reasons(subjects: &Subjects) -> SortedMap<&str, Reason> {
    subjects.withheld.iter().map(|one| (one.observation.as_str(), one.reason)).collect()
}

#[test]
fn identities_of_one_record_are_one_person_across_platforms() {
    let result =
        subjects(&[record("shopify", 1, "e1 c1"), record("stripe", 2, "e1 c2 p1"), record("other", 3, "e2 c3")]);
    assert_eq!(partition(&result), people("e1 c1 c2 p1 | e2 c3"));
    assert!(result.withheld.is_empty());
}

#[test]
fn what_a_page_sends_makes_known_but_joins_nobody() {
    let page = Observation { authoritative: false, ..record("page", 1, "e1 p1") };
    assert_eq!(partition(&subjects(&[page])), people("e1 | p1"));
}

#[test]
fn a_gift_order_joins_neither_its_two_addresses_nor_anything_else() {
    let order = record("order", 2, "e1 e2 p1");
    let customer = record("customer", 2, "e2 c1");
    let result = subjects(&[order, customer]);
    assert_eq!(partition(&result), people("e1 | e2 c1 | p1"));
    assert_eq!(reasons(&result), SortedMap::from([("order", Reason::TwoEmails)]));
}

fn succession(id: &str, at: i64, names: &str) -> Observation {
    Observation { succession: true, ..record(id, at, names) }
}

#[test]
fn an_address_that_followed_another_is_the_same_persons() {
    let result = subjects(&[record("subscribe", 1, "e1 c1"), succession("upemail", 2, "e1 e2 c2")]);
    assert_eq!(partition(&result), people("e1 e2 c1 c2"));
    assert!(result.withheld.is_empty());
    // What a page says of it counts as little as anything else that it says.
    let page = Observation { authoritative: false, ..succession("page", 2, "e1 e2") };
    assert_eq!(partition(&subjects(&[page])), people("e1 | e2"));
    // Three addresses followed nobody.
    let result = subjects(&[succession("upemail", 2, "e1 e2 e3")]);
    assert_eq!(partition(&result), people("e1 | e2 | e3"));
    assert_eq!(reasons(&result), SortedMap::from([("upemail", Reason::TwoEmails)]));
}

#[test]
fn an_id_whose_holder_changed_the_address_was_not_given_to_somebody_else() {
    let records = [record("old", 1, "c1 e1"), record("new", 5, "c1 e3")];
    assert_eq!(partition(&subjects(&records)), people("e1 | c1 e3"));
    // Whenever it is told, and in however many steps.
    for at in [0, 3, 9] {
        let told = [succession("first", at, "e1 e2 c2"), succession("second", at, "e2 e3")];
        let result = subjects(&[records.as_slice(), &told].concat());
        assert_eq!(partition(&result), people("e1 e2 e3 c1 c2"));
        assert!(result.withheld.is_empty());
        let seen = result.of(&identity("c1")).unwrap().seen[&Source::new("shop")];
        assert_eq!(seen.first.millis(), at.min(1));
    }
    // A succession itself tells that an id came along.
    let result =
        subjects(&[record("old", 1, "c1 e1"), succession("upemail", 5, "c1 e1 e2"), record("new", 6, "c1 e2")]);
    assert_eq!(partition(&result), people("c1 e1 e2"));
}

#[test]
fn a_succession_that_staff_took_back_counts_no_longer() {
    let mut facts = facts(&[record("old", 1, "c1 e1"), record("new", 5, "c1 e2")]);
    let merge = facts.observe(succession("upemail", 3, "e1 e2"), Policy::default());
    facts.split(merge[0].undo().unwrap(), Policy::default());
    assert_eq!(partition(&facts.subjects(Policy::default())), people("e1 | c1 e2"));
}

#[test]
fn of_two_numbers_it_is_not_known_whose_they_are_but_the_rest_counts() {
    let result = subjects(&[record("order", 1, "e1 c1 p1 p2")]);
    assert_eq!(partition(&result), people("e1 c1 | p1 | p2"));
    assert_eq!(reasons(&result), SortedMap::from([("order", Reason::TwoPhones)]));
}

#[test]
fn a_number_that_several_people_have_joins_none_of_them() {
    let records = [record("anna", 1, "e1 p1"), record("bert", 2, "e2 p1"), record("cleo", 3, "e3 p2")];
    let result = subjects(&records);
    assert_eq!(partition(&result), people("e1 | e2 | p1 | e3 p2"));
    assert_eq!(reasons(&result), SortedMap::from([("anna", Reason::SharedPhone), ("bert", Reason::SharedPhone)]));

    let generous = facts(&records).subjects(Policy { people_per_phone: 2 });
    assert_eq!(partition(&generous), people("e1 e2 p1 | e3 p2"));
}

#[test]
fn a_number_on_two_records_of_one_person_is_not_shared() {
    let result = subjects(&[record("shopify", 1, "e1 c1 p1"), record("stripe", 2, "e1 c2 p1")]);
    assert_eq!(partition(&result), people("e1 c1 c2 p1"));
}

#[test]
fn a_recycled_customer_id_is_its_newest_holders() {
    let (old, new) = (record("old", 1, "c1 e1"), record("new", 5, "c1 e2"));
    for records in [[old.clone(), new.clone()], [new, old]] {
        let result = subjects(&records);
        assert_eq!(partition(&result), people("e1 | c1 e2"));
        assert_eq!(reasons(&result), SortedMap::from([("old", Reason::RecycledId)]));
        let holder = result.of(&identity("c1")).unwrap().seen[&Source::new("shop")];
        assert_eq!((holder.first.millis(), holder.last.millis()), (5, 5));
    }
}

#[test]
fn an_old_record_that_arrives_late_changes_nothing_about_the_present() {
    let mut facts = facts(&[record("new", 5, "c1 e2"), record("newer", 6, "c1")]);
    let changes = facts.observe(record("late", 1, "c1 e1"), Policy::default());
    assert_eq!(changes, []);
    assert_eq!(partition(&facts.subjects(Policy::default())), people("e1 | c1 e2"));
}

#[test]
fn a_new_address_with_the_old_number_is_the_same_person() {
    let (old, new) = (record("old", 1, "c1 e1 p1"), record("new", 5, "c1 e2 p1"));
    assert_eq!(partition(&subjects(&[old.clone(), new.clone()])), people("c1 e1 e2 p1"));
    // The number is a front desk's: somebody else has it too.
    let other = record("other", 3, "c2 e3 p1");
    assert_eq!(partition(&subjects(&[old, new, other])), people("e1 | c1 e2 | c2 e3 | p1"));
}

#[test]
fn a_merge_is_an_event_with_its_reason_and_its_split_restores_both_sides() {
    let mut facts = facts(&[record("one", 1, "e1 c1"), record("two", 2, "e2 c2")]);
    let merge = facts.observe(record("three", 3, "e1 c2 e1"), Policy::default());
    let [Change::Parted { because, .. }, Change::Merged { sides, into, because: held, .. }] = merge.as_slice() else {
        panic!("{merge:?}")
    };
    // c2 came with another address, so it left e2.
    assert_eq!(because, &SortedSet::from([Reason::RecycledId]));
    assert_eq!(into, &identities("e1 c1 c2"));
    assert_eq!(sides.as_slice(), [identities("e1 c1"), identities("e2 c2")]);
    assert_eq!(held, &SortedSet::from([ObservationId::new("three")]));

    let split = merge[1].undo().unwrap();
    assert_eq!(facts.split(split, Policy::default()).len(), 2);
    assert_eq!(partition(&facts.subjects(Policy::default())), people("e1 c1 | e2 c2"));
}

#[test]
fn what_staff_have_parted_stays_apart_when_the_same_is_said_again() {
    let mut facts = facts(&[record("one", 1, "e1 c1"), record("two", 2, "c2")]);
    let merge = facts.observe(record("three", 3, "e1 c2"), Policy::default());
    facts.split(merge[0].undo().unwrap(), Policy::default());
    assert_eq!(facts.observe(record("again", 4, "e1 c2"), Policy::default()), []);
    let result = facts.subjects(Policy::default());
    assert_eq!(partition(&result), people("e1 c1 | c2"));
    assert_eq!(reasons(&result)["again"], Reason::KeptApart);
}

#[test]
fn where_a_split_lets_only_one_stand_it_is_the_newer() {
    let mut facts = facts(&[record("old", 1, "c1 c2"), record("new", 2, "c2 c3")]);
    facts.split(Split::new(vec![identities("c1"), identities("c3")]).unwrap(), Policy::default());
    assert_eq!(partition(&facts.subjects(Policy::default())), people("c1 | c2 c3"));
}

#[test]
fn a_split_has_sides_that_are_different_people() {
    assert!(Split::new(vec![identities("e1")]).is_none());
    assert!(Split::new(vec![identities("e1"), identities("")]).is_none());
    assert!(Split::new(vec![identities("e1 c1"), identities("e2 c1")]).is_none());
}

#[test]
fn of_two_observations_of_one_name_the_newer_stands() {
    let (old, new) = (record("one", 1, "e1 c1"), record("one", 2, "e1 c2"));
    let there = facts(&[old.clone(), new.clone()]);
    assert_eq!(there, facts(&[new, old]));
    assert_eq!(partition(&there.subjects(Policy::default())), people("e1 c2"));
}

#[test]
fn an_event_is_written_in_pseudonyms() {
    let mut facts = facts(&[record("one", 1, "e1"), record("two", 2, "c2")]);
    let merge = serde_json::to_value(facts.observe(record("three", 3, "e1 c2"), Policy::default())).unwrap();
    assert_eq!(merge[0]["event"], "merged");
    assert_eq!(merge[0]["cause"], "three");
    assert_eq!(merge[0]["sides"][1][0], identity("c2").to_string());
}
