use proptest::{collection::vec, prelude::*, sample::subsequence};

use super::*;
use crate::identity::{Kind, pseudonym::KeyVersion};

const NAMES: [&str; 9] = ["e1", "e2", "e3", "e4", "p1", "p2", "c1", "c2", "c3"];

fn id(name: &str) -> IdentityId {
    let number = NAMES.iter().position(|known| *known == name).unwrap();
    IdentityId::from_random([u8::try_from(number).unwrap(); 16])
}

/// Every identity, under keys of this version: what a re-key changes.
fn identities(version: u16) -> SortedMap<IdentityId, Pseudonym> {
    let pseudonym = |name: &str| {
        let kind = Kind::ALL.into_iter().find(|kind| kind.name().starts_with(&name[..1])).unwrap();
        let mut bytes = [u8::try_from(version).unwrap(); 32];
        // Another key gives another order, too.
        bytes[0] = if version == 1 { name.as_bytes()[1] } else { 0xff - name.as_bytes()[1] };
        Pseudonym::from_parts(kind, KeyVersion::new(version).unwrap(), bytes)
    };
    NAMES.iter().map(|name| (id(name), pseudonym(name))).collect()
}

fn ids(names: &str) -> SortedSet<IdentityId> {
    names.split_whitespace().map(id).collect()
}

fn observed(seq: u64, name: &str, at: i64, names: &str) -> ObservationFact {
    ObservationFact {
        id: name.to_owned(),
        seq,
        connection: ConnectionId::from_random([1; 16]),
        observed_at: Timestamp::from_millis(at).unwrap(),
        authoritative: true,
        succession: false,
        identities: ids(names),
    }
}

fn of(observations: Vec<ObservationFact>) -> Neighbourhood {
    Neighbourhood { identities: identities(1), observations, splits: vec![] }
}

fn cause(name: &str) -> Cause {
    Cause::Observation(name.to_owned())
}

fn changes(facts: &Neighbourhood, name: &str) -> Vec<SubjectChange> {
    facts.changes(&cause(name), Policy::default()).unwrap()
}

#[test]
fn a_change_is_what_a_fact_made_of_those_before_it() {
    let facts =
        of(vec![observed(1, "one", 5, "e1 c1"), observed(2, "two", 1, "e2 c2"), observed(3, "three", 3, "c1 c2")]);
    assert_eq!(changes(&facts, "one"), []);
    assert_eq!(changes(&facts, "two"), []);
    let [merge] = changes(&facts, "three").try_into().unwrap();
    let mut before = vec![ids("e1 c1"), ids("e2 c2")];
    before.sort();
    assert_eq!((merge.turn, merge.before, merge.after), (Turn::Merged, before, vec![ids("e1 c1 e2 c2")]));
    assert_eq!(merge.because, ["three"]);
}

#[test]
fn a_change_stays_the_same_when_more_arrives_and_when_keys_change() {
    let mut facts =
        of(vec![observed(1, "one", 5, "e1 c1"), observed(2, "two", 1, "e2"), observed(3, "three", 7, "c1 e2")]);
    let first = changes(&facts, "three");
    // c1 came with another address: it left e1, and went to e2.
    assert_eq!(first.iter().map(|change| change.turn).collect::<Vec<_>>(), [Turn::Merged, Turn::Parted]);
    facts.observations.push(observed(4, "four", 9, "e2 e3 c1"));
    facts.observations.push(observed(5, "five", 0, "c1 e4"));
    facts.observations.reverse();
    facts.identities = identities(2);
    assert_eq!(changes(&facts, "three"), first);
}

#[test]
fn the_records_of_one_delivery_follow_one_another() {
    let facts = of(vec![observed(1, "a", 1, "e1"), observed(1, "b", 1, "c1"), observed(1, "c", 1, "e1 c1")]);
    assert_eq!(changes(&facts, "a"), []);
    assert_eq!(changes(&facts, "b"), []);
    assert_eq!(changes(&facts, "c").len(), 1);
}

#[test]
fn a_split_takes_a_merge_back_and_stays() {
    let mut facts =
        of(vec![observed(1, "one", 1, "e1"), observed(2, "two", 2, "c1"), observed(3, "three", 3, "e1 c1")]);
    let [merge] = changes(&facts, "three").try_into().unwrap();
    let split = SplitId::from_random([3; 16]);
    let sides = merge.before;
    facts.splits.push(SplitFact { id: split.clone(), seq: 4, undoes: Some("three".into()), sides });
    facts.observations.push(observed(5, "again", 4, "e1 c1"));
    let [parting] = facts.changes(&Cause::Split(split), Policy::default()).unwrap().try_into().unwrap();
    assert_eq!((parting.turn, parting.because), (Turn::Parted, vec!["kept_apart".to_owned()]));
    assert_eq!(changes(&facts, "again"), []);
    assert_eq!(facts.subjects(Policy::default()).subjects.len(), 2);
    // What the merge was is not changed by the split.
    assert_eq!(changes(&facts, "three").len(), 1);
}

#[test]
fn what_was_erased_is_no_cause() {
    assert_eq!(of(vec![]).changes(&cause("gone"), Policy::default()), None);
}

#[test]
fn turns_have_one_name() {
    for turn in [Turn::Merged, Turn::Parted] {
        assert_eq!(Turn::parse(turn.name()), Some(turn));
    }
}

proptest! {
    /// Whatever happens later, whoever reckons, and under whichever key: the same changes with the same ids; and followed
    /// one after the other they lead from nobody to everybody.
    #[test]
    fn changes_are_a_function_of_what_came_before(
        all in vec((subsequence(NAMES.to_vec(), 1..4), 0..6_i64, prop::bool::weighted(0.2)), 0..10),
    ) {
        let observations: Vec<ObservationFact> = all
            .into_iter()
            .zip(1_u64..)
            .map(|((names, at, succession), seq)| {
                ObservationFact { succession, ..observed(seq, &format!("o{seq}"), at, &names.join(" ")) }
            })
            .collect();
        let everything = Neighbourhood { identities: identities(2), ..of(observations.clone()) };
        for (number, one) in observations.iter().enumerate() {
            let so_far = of(observations[..=number].to_vec());
            let then = changes(&so_far, &one.id);
            prop_assert_eq!(&then, &changes(&everything, &one.id));
            let names: SortedSet<&ChangeId> = then.iter().map(|change| &change.id).collect();
            prop_assert_eq!(names.len(), then.len());
            for change in &then {
                prop_assert_eq!(change.before.iter().flatten().collect::<SortedSet<_>>().len(),
                                change.before.iter().map(SortedSet::len).sum::<usize>());
            }
        }
    }
}
