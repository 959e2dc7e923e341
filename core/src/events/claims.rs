//! Twice sent is once counted.
//!
//! A message claims its events by their ids, as runs of numbers of one source. An event is new unless an earlier claim of
//! another message covers it. Claims are never taken back, so a message that is delivered again finds the same answer.

use super::{Event, EventId};

/// Consecutive events of one source, in the numbers of [`EventId::sequence`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Claim {
    /// Who numbered them.
    pub source: String,
    /// The first.
    pub low: u32,
    /// The last.
    pub high: u32,
}

impl Claim {
    /// Whether it covers this event.
    pub fn covers(&self, id: &EventId) -> bool {
        self.source == id.source() && (self.low..=self.high).contains(&id.sequence())
    }
}

/// What a message with these events claims: as few runs as there can be.
pub fn claims(events: &[Event]) -> Vec<Claim> {
    let mut ids: Vec<&EventId> = events.iter().filter_map(|event| event.id.as_ref()).collect();
    ids.sort_unstable();
    let mut claims: Vec<Claim> = Vec::new();
    for id in ids {
        match claims.last_mut() {
            Some(last) if last.covers(id) => {}
            Some(last) if last.source == id.source() && last.high.checked_add(1) == Some(id.sequence()) => {
                last.high = id.sequence();
            }
            _ => {
                let (source, sequence) = (id.source().to_owned(), id.sequence());
                claims.push(Claim { source, low: sequence, high: sequence });
            }
        }
    }
    claims
}

/// The events that no earlier claim of another message covers. One without an id is always new: whoever delivers the
/// message again must know that it is the same.
pub fn unclaimed<'a>(events: &'a [Event], earlier: &[Claim]) -> Vec<&'a Event> {
    let is_claimed = |event: &Event| event.id.as_ref().is_some_and(|id| earlier.iter().any(|claim| claim.covers(id)));
    events.iter().filter(|event| !is_claimed(event)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sorted::SortedSet;
    use crate::{id::PurposeId, time::Timestamp};
    use proptest::prelude::*;

    fn event(id: Option<String>) -> Event {
        Event {
            id: id.map(|id| EventId::parse(&id).unwrap()),
            name: "seen".into(),
            at: Timestamp::from_millis(0).unwrap(),
            purpose: PurposeId::parse("analytics").unwrap(),
            props: serde_json::Map::new(),
        }
    }

    fn events(ids: &[&str]) -> Vec<Event> {
        ids.iter().map(|id| event(Some((*id).to_owned()))).collect()
    }

    #[test]
    fn runs_are_claimed_in_one_and_sources_apart() {
        let claim = |source: &str, low, high| Claim { source: source.into(), low, high };
        let ids = ["a.3", "b.1", "a.1", "a.2", "a.2", "a.9", "a"];
        let expected = [claim("a", 0, 0), claim("a", 2, 4), claim("a", 10, 10), claim("b", 2, 2)];
        assert_eq!(claims(&events(&ids)), expected);
        assert!(claims(&[event(None)]).is_empty());
    }

    #[test]
    fn what_has_no_id_is_always_new() {
        let earlier = [Claim { source: "a".into(), low: 0, high: u32::MAX }];
        assert_eq!(unclaimed(&[event(None)], &earlier).len(), 1);
    }

    proptest! {
        #[test]
        fn exactly_what_was_there_is_claimed(
            before in prop::collection::vec(("[ab]", 0..30_u32), 0..30),
            after in prop::collection::vec(("[ab]", 0..30_u32), 0..30),
        ) {
            let made = |ids: &[(String, u32)]| -> Vec<Event> {
                ids.iter().map(|(source, number)| event(Some(format!("{source}.{number}")))).collect()
            };
            let (earlier, known) = (claims(&made(&before)), before.iter().collect::<SortedSet<_>>());
            let after_events = made(&after);
            let new = after.iter().filter(|id| !known.contains(id)).count();
            prop_assert_eq!(unclaimed(&after_events, &earlier).len(), new);
        }
    }
}
