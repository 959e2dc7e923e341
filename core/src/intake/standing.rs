//! Which decision stands.

use crate::sorted::{Entry, SortedMap};
use std::cmp::Reverse;

use super::Channel;
use crate::{id::RecordId, time::Timestamp};

/// A stored decision about marketing, as far as it matters for which one stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentFact {
    /// Its id.
    pub id: RecordId,
    /// By what the person is written to.
    pub channel: Channel,
    /// Allowed, or taken back.
    pub granted: bool,
    /// Whether anybody could have sent it.
    pub weak: bool,
    /// When it was decided.
    pub decided_at: Timestamp,
}

impl ConsentFact {
    /// The greater one stands: the newer; of one moment the one that takes back; of two that say the same, one of them.
    fn rank(&self) -> (Timestamp, Reverse<bool>, &RecordId) {
        (self.decided_at, Reverse(self.granted), &self.id)
    }
}

/// The decision that stands for each channel: the newest by the clock of who made it, in whatever order they are given. A
/// weak grant never does.
pub fn standing(consents: impl IntoIterator<Item = ConsentFact>) -> SortedMap<Channel, ConsentFact> {
    let mut standing = SortedMap::new();
    for consent in consents.into_iter().filter(|one| !(one.weak && one.granted)) {
        match standing.entry(consent.channel) {
            Entry::Vacant(entry) => {
                entry.insert(consent);
            }
            Entry::Occupied(stands) => {
                if consent.rank() > stands.rank() {
                    *stands = consent;
                }
            }
        }
    }
    standing
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decisions() -> impl Strategy<Value = Vec<ConsentFact>> {
        let one = (prop::sample::select(vec![Channel::Email, Channel::Sms]), any::<(bool, bool, u8)>(), 0..4_i64);
        prop::collection::vec(one, 0..8).prop_map(|all| {
            let fact = |(channel, (granted, weak, id), at): (Channel, (bool, bool, u8), i64)| ConsentFact {
                id: RecordId::from_random([id; 16]),
                channel,
                granted,
                weak,
                decided_at: Timestamp::from_millis(at).unwrap(),
            };
            all.into_iter().map(fact).collect()
        })
    }

    fn one(granted: bool, weak: bool, at: i64) -> ConsentFact {
        let decided_at = Timestamp::from_millis(at).unwrap();
        ConsentFact { id: RecordId::from_random([0; 16]), channel: Channel::Email, granted, weak, decided_at }
    }

    fn stands(all: &[ConsentFact]) -> Option<bool> {
        standing(all.to_vec()).get(&Channel::Email).map(|one| one.granted)
    }

    #[test]
    fn the_newest_decision_stands_and_a_late_delivery_of_an_older_one_changes_nothing() {
        assert_eq!(stands(&[one(true, false, 1), one(false, false, 2)]), Some(false));
        assert_eq!(stands(&[one(false, false, 2), one(true, false, 1)]), Some(false));
        assert_eq!(stands(&[one(false, false, 1), one(true, false, 2)]), Some(true));
    }

    #[test]
    fn of_one_moment_the_one_that_takes_back_stands() {
        assert_eq!(stands(&[one(true, false, 1), one(false, false, 1)]), Some(false));
    }

    #[test]
    fn what_anybody_could_have_sent_takes_back_and_grants_nothing() {
        assert_eq!(stands(&[one(true, true, 1)]), None);
        assert_eq!(stands(&[one(true, false, 1), one(false, true, 2)]), Some(false));
        assert_eq!(stands(&[one(false, false, 1), one(true, true, 2)]), Some(false));
    }

    proptest! {
        #[test]
        fn the_order_does_not_matter((all, shuffled) in decisions().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle()))) {
            let key = |all: Vec<ConsentFact>| {
                standing(all).into_values().map(|one| (one.channel, one.granted, one.decided_at)).collect::<Vec<_>>()
            };
            prop_assert_eq!(key(all), key(shuffled));
        }
    }
}
