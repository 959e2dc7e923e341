//! Consent, decided again at the edge: what a page sends is a claim.
//!
//! A visitor who is known has what the newest record says; one who is named and not known has the essential only, so
//! naming somebody, or a visitor of another site, gains nothing. Without a visitor there was no choice, and the law's
//! defaults count.

use crate::sorted::{SortedMap, SortedSet};

use super::{Batch, Event, Identity, MAX_AGE_DAYS};
use crate::{
    consent::Record,
    id::PurposeId,
    permissions::Permissions,
    regime::Regime,
    site::Site,
    time::Timestamp,
    visit::{Circumstances, Visit},
};

const DAY: i64 = 24 * 60 * 60 * 1000;

/// What blocked events of a purpose that the notice does not have are counted under.
pub const UNKNOWN_PURPOSE: &str = "(unknown)";

/// What the edge knows when events arrive.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// The site, with its current notice.
    pub site: &'a Site,
    /// The newest record of the visitor whom the batch names, on this site.
    pub record: Option<&'a Record>,
    /// When the visitor, or somebody whom the visitor is known as, last asked that nothing be sold or shared: a rights request,
    /// which holds in every regime until a later choice says otherwise (11 CCR 7026(a), 7028).
    pub opted_out: Option<Timestamp>,
    /// The law that governs the visit.
    pub regime: &'static Regime,
    /// Whether the browser sent Global Privacy Control.
    pub gpc: bool,
    /// The server's clock.
    pub now: Timestamp,
}

/// What becomes of a batch.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// What the visitor allows.
    pub permitted: SortedSet<PurposeId>,
    /// What may be counted and handed on, in order.
    pub events: Vec<Event>,
    /// How many were refused, by name and purpose.
    pub blocked: SortedMap<(String, String), u32>,
    /// How many were dropped: by the page for want of room, and here because they are too old.
    pub dropped: u32,
    /// Who the visitor is, if that may be known.
    pub identity: Option<Identity>,
    /// Whether something is there that makes a visit: an event that is not just the site's own working.
    pub is_visit: bool,
}

impl Ground<'_> {
    /// What the visitor allows; `is_named` if the batch names one.
    pub fn permissions(&self, is_named: bool) -> Permissions {
        let notice = &self.site.notice;
        let essential = notice.essential();
        let circumstances = Circumstances { regime: self.regime, gpc: self.gpc, languages: &[] };
        let Some(visit) = Visit::new(self.site, circumstances) else { return essential };
        match self.record {
            None if is_named => essential,
            None => visit.defaults(),
            Some(record) if !self.holds(record) => essential,
            Some(record) => {
                let granted: Permissions = notice
                    .purposes
                    .iter()
                    .enumerate()
                    .filter(|(_, purpose)| record.purposes.get(&purpose.id).copied().unwrap_or(false))
                    .map(|(number, _)| number)
                    .collect();
                // A signal that came after the choice takes away what it objects to.
                let objected = self.gpc && !record.gpc;
                let left = if objected { granted.without(visit.gpc_mask()) } else { granted };
                let opted_out = self.opted_out.is_some_and(|at| at >= record.recorded_at);
                let left = if opted_out { left.without(notice.sale_or_sharing()) } else { left };
                left.union(essential)
            }
        }
    }

    /// The same, by name.
    pub fn permitted(&self, is_named: bool) -> SortedSet<PurposeId> {
        let permissions = self.permissions(is_named);
        let purposes = self.site.notice.purposes.iter().enumerate();
        purposes.filter(|(number, _)| permissions.allows(*number)).map(|(_, purpose)| purpose.id.clone()).collect()
    }

    /// A choice about another version of the notice, or of too long ago, is none.
    fn holds(&self, record: &Record) -> bool {
        let age = self.now.millis() - record.recorded_at.millis();
        record.notice_version == self.site.notice.version && age <= i64::from(self.regime.remember_days) * DAY
    }
}

/// Decides what becomes of each event of a batch.
pub fn decide(batch: Batch, ground: &Ground<'_>) -> Decision {
    let permitted = ground.permitted(batch.visitor.is_some());
    let purposes = &ground.site.notice.purposes;
    let known = |id: &PurposeId| purposes.iter().find(|purpose| purpose.id == *id);
    let oldest = ground.now.millis() - i64::from(MAX_AGE_DAYS) * DAY;
    let mut decision = Decision {
        identity: batch.identity.filter(|identity| permitted.contains(&identity.purpose)),
        permitted,
        events: Vec::new(),
        blocked: SortedMap::new(),
        dropped: batch.dropped,
        is_visit: false,
    };
    let mut seen = SortedSet::new();
    for event in batch.events {
        if event.id.as_ref().is_some_and(|id| !seen.insert(id.clone())) {
            continue;
        }
        if !decision.permitted.contains(&event.purpose) {
            let purpose = if known(&event.purpose).is_some() { event.purpose.as_str() } else { UNKNOWN_PURPOSE };
            *decision.blocked.entry((event.name, purpose.to_owned())).or_default() += 1;
        } else if event.at.millis() < oldest {
            decision.dropped = decision.dropped.saturating_add(1);
        } else {
            decision.is_visit |= known(&event.purpose).is_some_and(|purpose| !purpose.essential);
            decision.events.push(event);
        }
    }
    decision
}

#[cfg(test)]
mod tests;
