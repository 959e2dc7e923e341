//! From facts to the person: which identities, which observations, and what they say.

use nod_core::sorted::{SortedMap, SortedSet};

use nod_core::{
    id::{ConnectionId, DeliveryId, IdentityId},
    identity::{
        matching::{Policy, Reason, Span, Withheld},
        neighbourhood::ObservationFact,
    },
};

use super::rows::{self, ChangeRow, ClassesRow, ConsentRow, RequestRow};
use crate::identity::{
    Identity, Platform, Profile, Request, WithheldFact,
    neighbourhood::{Around, Stored},
};

/// A person among the facts.
pub(super) struct Person<'a> {
    around: &'a Around,
    /// The person's identities, the oldest first; there is one at least.
    identities: Vec<(&'a IdentityId, &'a Stored)>,
    /// The observations that are about the person.
    observations: Vec<&'a ObservationFact>,
    withheld: Vec<WithheldFact>,
}

impl<'a> Person<'a> {
    /// The person of an identity. From half of the facts nobody can tell who else is the same person, so then it is this
    /// identity alone.
    pub(super) fn of(around: &'a Around, id: &IdentityId) -> Option<Self> {
        let (own, withheld) =
            if around.is_partial { (SortedSet::from([id.clone()]), SortedSet::new()) } else { reckoned(around, id) };
        let mut identities: Vec<_> = around.stored.iter().filter(|(id, _)| own.contains(*id)).collect();
        identities.sort_unstable_by_key(|(id, stored)| (stored.created_at, *id));
        identities.iter().any(|(one, _)| *one == id).then(|| {
            let former = former(around, &withheld);
            let is_about = |observation: &&ObservationFact| {
                let gone = former.get(observation.id.as_str());
                observation
                    .identities
                    .iter()
                    .any(|one| own.contains(one) && !gone.is_some_and(|gone| gone.contains(one)))
            };
            let observations = around.facts.observations.iter().filter(is_about).collect();
            Self { around, identities, observations, withheld: facts(around, &withheld, &own) }
        })
    }

    pub(super) fn identities(&self) -> Vec<&'a IdentityId> {
        self.identities.iter().map(|(id, _)| *id).collect()
    }

    /// The deliveries that told of the person.
    pub(super) fn deliveries(&self) -> SortedSet<&'a DeliveryId> {
        self.observations.iter().filter_map(|one| self.around.deliveries.get(&one.id)).collect()
    }

    /// The whole profile. `None` where a row is not what it should be.
    pub(super) fn profile(
        self,
        classes: &[ClassesRow],
        consents: Vec<ConsentRow>,
        requests: Vec<RequestRow>,
        changes: Vec<ChangeRow>,
    ) -> Option<Profile> {
        let (id, _) = self.identities.first()?;
        Some(Profile {
            id: (*id).clone(),
            identities: self.identities.iter().map(|(id, stored)| self.identity(id, stored)).collect(),
            platforms: self.platforms(classes)?,
            consents: rows::consents(consents)?,
            requests: requests.into_iter().map(Request::from).collect(),
            changes: changes.into_iter().map(rows::change).collect::<Option<_>>()?,
            withheld: self.withheld,
            visitors: Vec::new(),
            is_partial: self.around.is_partial,
        })
    }

    fn identity(&self, id: &IdentityId, stored: &Stored) -> Identity {
        let span = self
            .observations
            .iter()
            .filter(|one| one.identities.contains(id))
            .copied()
            .fold(None, |span, one| Some(widened(span, one)));
        Identity {
            id: id.clone(),
            kind: stored.pseudonym.kind(),
            pseudonym: stored.pseudonym,
            first_seen_at: span.map(|span| span.first),
            last_seen_at: span.map(|span| span.last),
        }
    }

    fn platforms(&self, classes: &[ClassesRow]) -> Option<Vec<Platform>> {
        let mut spans: SortedMap<&ConnectionId, Span> = SortedMap::new();
        for observation in &self.observations {
            let span = widened(spans.get(&observation.connection).copied(), observation);
            spans.insert(&observation.connection, span);
        }
        let platform = |(connection, span): (&ConnectionId, Span)| {
            let of_it = classes.iter().filter(|row| row.connection == *connection);
            let classes = of_it.map(ClassesRow::classes).collect::<Option<Vec<_>>>()?.into_iter().flatten().collect();
            let (first_seen_at, last_seen_at) = (span.first, span.last);
            Some(Platform { connection: connection.clone(), first_seen_at, last_seen_at, classes })
        };
        let mut platforms = spans.into_iter().map(platform).collect::<Option<Vec<_>>>()?;
        platforms.sort_by_key(|platform| platform.first_seen_at);
        Some(platforms)
    }
}

fn widened(span: Option<Span>, observation: &ObservationFact) -> Span {
    let at = observation.observed_at;
    let span = span.unwrap_or(Span { first: at, last: at });
    Span { first: span.first.min(at), last: span.last.max(at) }
}

/// The identities of the person, and what was not joined around it.
fn reckoned(around: &Around, id: &IdentityId) -> (SortedSet<IdentityId>, SortedSet<Withheld>) {
    let subjects = around.facts.subjects(Policy::default());
    let subject = around.facts.identities.get(id).and_then(|pseudonym| subjects.of(pseudonym));
    // One that nobody saw, only a request or a consent names it.
    let own = subject.map_or_else(|| SortedSet::from([id.clone()]), |subject| around.facts.ids(&subject.identities));
    (own, subjects.withheld)
}

/// By observation, the identities in it that are somebody else's by now.
fn former<'w>(around: &Around, withheld: &'w SortedSet<Withheld>) -> SortedMap<&'w str, SortedSet<IdentityId>> {
    let recycled = withheld.iter().filter(|one| one.reason == Reason::RecycledId);
    recycled.map(|one| (one.observation.as_str(), around.facts.ids(&one.identities))).collect()
}

/// What was not joined and touches the person.
fn facts(around: &Around, withheld: &SortedSet<Withheld>, own: &SortedSet<IdentityId>) -> Vec<WithheldFact> {
    let fact = |one: &Withheld| {
        let observation = around.facts.observations.iter().find(|fact| fact.id == one.observation.as_str())?;
        let identities: Vec<IdentityId> = around.facts.ids(&one.identities).into_iter().collect();
        let touches = observation.identities.iter().any(|identity| own.contains(identity));
        touches.then_some(WithheldFact { reason: one.reason, identities, observed_at: observation.observed_at })
    };
    withheld.iter().filter_map(fact).collect()
}

#[cfg(test)]
mod tests;
