use crate::sorted::SortedSet;

use proptest::{collection::vec, prelude::*, sample::subsequence};

use super::{
    tests::{identities, identity, partition, record},
    *,
};
use crate::identity::{Kind, pseudonym::Pseudonym};

const NAMES: [&str; 10] = ["e1", "e2", "e3", "e4", "p1", "p2", "p3", "c1", "c2", "c3"];

/// Observations in a small world, so that they meet often. Several are of the same moment.
fn observations() -> impl Strategy<Value = Vec<Observation>> {
    let flags = (prop::bool::weighted(0.85), prop::bool::weighted(0.2));
    let one = (subsequence(NAMES.to_vec(), 1..4), 0..8_i64, flags).prop_map(|(names, at, flags)| Observation {
        authoritative: flags.0,
        succession: flags.1,
        ..record("", at, &names.join(" "))
    });
    vec(one, 0..12).prop_map(|all| {
        let named = |(number, one)| Observation { id: ObservationId::new(format!("o{number}")), ..one };
        all.into_iter().enumerate().map(named).collect()
    })
}

fn policies() -> impl Strategy<Value = Policy> {
    (0..4_usize).prop_map(|people_per_phone| Policy { people_per_phone })
}

/// Two people whom staff know to be different.
fn splits() -> impl Strategy<Value = Option<Split>> {
    (subsequence(NAMES.to_vec(), 1..3), subsequence(NAMES.to_vec(), 1..3))
        .prop_map(|(one, other)| Split::new(vec![identities(&one.join(" ")), identities(&other.join(" "))]))
}

fn facts<'a>(observations: impl IntoIterator<Item = &'a Observation>, split: Option<&Split>) -> Facts {
    let mut facts = Facts::default();
    if let Some(split) = split {
        facts.add_split(split.clone());
    }
    for one in observations {
        facts.add(one.clone());
    }
    facts
}

/// What would be one person if every authoritative record were believed.
fn connected(observations: &[Observation]) -> Vec<SortedSet<Pseudonym>> {
    let mut sets: Vec<SortedSet<Pseudonym>> = NAMES.iter().map(|name| SortedSet::from([identity(name)])).collect();
    for seen in observations {
        let (touched, rest): (Vec<_>, Vec<_>) = sets.into_iter().partition(|set| !set.is_disjoint(&seen.identities));
        sets = rest;
        sets.push(touched.into_iter().flatten().collect());
    }
    sets
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn the_order_of_arrival_and_repetitions_do_not_matter(
        (all, shuffled) in observations().prop_flat_map(|all| {
            let twice: Vec<_> = all.iter().chain(&all).cloned().collect();
            (Just(all), Just(twice).prop_shuffle())
        }),
        policy in policies(),
        split in splits(),
    ) {
        let in_order = facts(&all, split.as_ref()).subjects(policy);
        let mut arrived = Facts::default();
        for one in shuffled {
            arrived.observe(one, policy);
        }
        if let Some(split) = split {
            arrived.split(split, policy);
        }
        prop_assert_eq!(arrived.subjects(policy), in_order);
    }

    #[test]
    fn taking_a_merge_back_restores_what_was_before(
        all in observations(), last in observations(), policy in policies(), split in splits(),
    ) {
        let mut facts = facts(&all, split.as_ref());
        for (number, one) in last.into_iter().enumerate() {
            let before = facts.clone();
            let changes = facts.observe(Observation { id: ObservationId::new(format!("n{number}")), ..one }, policy);
            let undone: Vec<Split> = changes.iter().filter_map(Change::undo).collect();
            if undone.is_empty() {
                continue;
            }
            for split in undone {
                facts.split(split, policy);
            }
            let before = partition(&before.subjects(policy));
            let known: SortedSet<Pseudonym> = before.iter().flatten().copied().collect();
            let after = partition(&facts.subjects(policy)).into_iter();
            // Who was not known before stands alone.
            let after = after.filter(|set| set.len() > 1 || !set.is_disjoint(&known)).collect::<SortedSet<_>>();
            prop_assert_eq!(after, before);
        }
    }

    #[test]
    fn events_tell_the_whole_story(all in observations(), policy in policies()) {
        let mut facts = Facts::default();
        for one in all {
            let before = partition(&facts.subjects(policy));
            let changes = facts.observe(one, policy);
            let after = partition(&facts.subjects(policy));
            // Sets that only grew by what was unknown make no event.
            let known: SortedSet<Pseudonym> = before.iter().flatten().copied().collect();
            let kept = after.iter().map(|set| set.intersection(&known).copied().collect::<SortedSet<_>>()).filter(|set| !set.is_empty()).collect::<SortedSet<_>>();
            prop_assert_eq!(changes.is_empty(), kept == before);
            for change in &changes {
                if let Change::Merged { because, .. } = change {
                    prop_assert!(!because.is_empty());
                }
                if let Change::Parted { because, .. } = change {
                    prop_assert!(!because.is_empty());
                }
            }
        }
    }

    #[test]
    fn parted_people_stay_apart_whatever_arrives(all in observations(), policy in policies(), split in splits()) {
        prop_assume!(split.is_some());
        let subjects = facts(&all, split.as_ref()).subjects(policy);
        for subject in subjects.subjects {
            let sides = split.iter().flat_map(Split::sides);
            prop_assert!(sides.filter(|side| !side.is_disjoint(&subject.identities)).count() < 2);
        }
    }

    #[test]
    fn a_customer_id_is_with_the_addresses_of_its_newest_record(all in observations(), policy in policies()) {
        let subjects = facts(&all, None).subjects(policy);
        for id in ["c1", "c2", "c3"].map(identity) {
            let says = |one: &&Observation| {
                let addresses = one.of_kind(Kind::Email).count();
                one.authoritative && one.identities.contains(&id) && (1..=one.addresses()).contains(&addresses)
            };
            if let Some(newest) = all.iter().filter(says).max() {
                let addresses: SortedSet<Pseudonym> = newest.of_kind(Kind::Email).collect();
                prop_assert!(addresses.is_subset(&subjects.of(&id).unwrap().identities));
            }
        }
    }

    #[test]
    fn addresses_that_followed_one_another_are_one_persons(all in observations(), policy in policies()) {
        let subjects = facts(&all, None).subjects(policy);
        for told in all.iter().filter(|one| one.authoritative && one.succession) {
            let addresses: SortedSet<Pseudonym> = told.of_kind(Kind::Email).collect();
            let holder = addresses.first().and_then(|address| subjects.of(address));
            prop_assert!(addresses.len() > 2 || holder.is_none_or(|one| addresses.is_subset(&one.identities)));
        }
    }

    #[test]
    fn everybody_is_somebody_once_and_nobody_is_joined_without_a_record(all in observations(), policy in policies()) {
        let subjects = partition(&facts(&all, None).subjects(policy));
        let known: SortedSet<Pseudonym> = all.iter().flat_map(|one| one.identities.clone()).collect();
        prop_assert_eq!(subjects.iter().map(SortedSet::len).sum::<usize>(), known.len());
        prop_assert_eq!(subjects.iter().flatten().copied().collect::<SortedSet<_>>(), known);
        let believed: Vec<Observation> = all.into_iter().filter(|one| one.authoritative).collect();
        let most = connected(&believed);
        prop_assert!(subjects.iter().all(|subject| most.iter().any(|set| subject.is_subset(set))));
    }

    #[test]
    fn people_who_share_nothing_can_be_reckoned_alone(all in observations(), policy in policies()) {
        let together = partition(&facts(&all, None).subjects(policy));
        let mut alone = SortedSet::new();
        for set in connected(&all) {
            let theirs = all.iter().filter(|one| !one.identities.is_disjoint(&set));
            alone.append(&mut partition(&facts(theirs, None).subjects(policy)));
        }
        prop_assert_eq!(together, alone);
    }
}
