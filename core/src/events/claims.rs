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
