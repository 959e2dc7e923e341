//! What is there in the end, in words that do not depend on ids, keys or the order of arrival; and what must hold of
//! any end.

use crate::sorted::{SortedMap, SortedSet};

use super::{
    edge::Edge,
    world::{Via, World},
};
use crate::{
    id::{ChangeId, ConnectionId, IdentityId},
    identity::{
        hash::PlainHash,
        matching::Policy,
        neighbourhood::{Cause, SubjectChange},
    },
    intake::{Channel, ConsentFact, Status, standing},
    journal::Action,
    time::Timestamp,
};

/// People by the values of their identities.
type Names = SortedSet<String>;

/// By what, granted, weak, when, and with which evidence.
type Decision = (Channel, bool, bool, Timestamp, SortedMap<String, Option<String>>);

/// Status, reason, event, and what was there and could not be read.
type Fate = (Status, Option<&'static str>, String, String);

#[derive(Debug, PartialEq)]
pub(super) struct Outcome {
    people: SortedSet<Names>,
    standing: SortedMap<Names, SortedMap<Channel, (bool, Timestamp)>>,
    observations: SortedMap<String, (Timestamp, bool, bool, Names)>,
    consents: Vec<(ConnectionId, Decision, Names)>,
    requests: Vec<(&'static str, Option<String>, Vec<String>, Names)>,
    deliveries: SortedMap<(ConnectionId, String), Fate>,
}

impl Outcome {
    pub(super) fn of(edge: &Edge, world: &World) -> Self {
        let store = &edge.store;
        let values = names(edge, world);
        let named = |ids: &SortedSet<IdentityId>| ids.iter().map(|id| values[id].clone()).collect::<Names>();
        let subjects = subjects(edge);
        let mut consents: Vec<_> = store
            .consents
            .iter()
            .map(|one| {
                let row = &one.row;
                let evidence = row.evidence.as_object().unwrap();
                // What is personal is hashed with the key of the day.
                let evidence = evidence.iter().map(|(name, said)| (name.clone(), said.as_str().map(str::to_owned)));
                let said = (row.channel, row.granted, row.weak, row.decided_at, evidence.collect());
                (one.connection.clone(), said, named(&one.identities))
            })
            .collect();
        consents.sort();
        let mut requests: Vec<_> = store
            .requests
            .iter()
            .map(|one| {
                (one.row.kind, one.row.external_reference.clone(), one.row.orders.clone(), named(&one.identities))
            })
            .collect();
        requests.sort();
        Self {
            standing: subjects.iter().map(named).zip(stands(edge, &subjects)).collect(),
            people: subjects.iter().map(named).collect(),
            observations: store
                .observations
                .values()
                .map(|one| {
                    let said = (one.observed_at, one.authoritative, one.succession, named(&one.identities));
                    (one.id.clone(), said)
                })
                .collect(),
            consents,
            requests,
            deliveries: store
                .deliveries
                .values()
                .map(|row| {
                    let classes = format!("{:?} {:?}", row.classes, row.unreadable);
                    let key = (row.connection.clone(), row.body.as_str().to_owned());
                    (key, (row.status, row.reason, row.event.clone(), classes))
                })
                .collect(),
        }
    }

    /// The same without the deliveries, of which an erasure leaves the rows.
    pub(super) fn of_people(self) -> Self {
        Self { deliveries: SortedMap::new(), ..self }
    }

    /// Whether everything that is compared is there to be compared.
    pub(super) fn is_worth_it(&self) -> bool {
        let has = |status| self.deliveries.values().filter(|row| row.0 == status).count() > 5;
        has(Status::Processed)
            && has(Status::Ignored)
            && has(Status::DeadLettered)
            && self.people.iter().any(|names| names.len() > 4)
            && self.people.iter().any(|names| names.len() == 1)
            && self.standing.values().flat_map(SortedMap::values).any(|(granted, _)| *granted)
            && self.standing.values().flat_map(SortedMap::values).any(|(granted, _)| !*granted)
            && self.observations.values().any(|one| one.2)
            && self.requests.len() > 5
    }
}

/// The value of each stored identity. Fails where a row stands for nothing that anybody said.
fn names(edge: &Edge, world: &World) -> SortedMap<IdentityId, String> {
    let rings = edge.rings();
    let values: SortedMap<_, _> = world
        .known
        .iter()
        .map(|(text, value)| (rings[&value.kind()].pseudonym(&PlainHash::of(value)).unwrap(), text.clone()))
        .collect();
    edge.store.identities.iter().map(|(id, pseudonym)| (id.clone(), values[pseudonym].clone())).collect()
}

/// Everybody, reckoned from each identity's neighbourhood.
fn subjects(edge: &Edge) -> Vec<SortedSet<IdentityId>> {
    let mut subjects: Vec<SortedSet<IdentityId>> = Vec::new();
    let mut seen = SortedSet::new();
    for observation in edge.store.observations.keys() {
        if seen.contains(observation) {
            continue;
        }
        let facts = edge.store.neighbourhood(observation);
        seen.extend(facts.observations.iter().map(|one| one.id.clone()));
        let reckoned = facts.subjects(Policy::default());
        subjects.extend(reckoned.subjects.iter().map(|subject| facts.ids(&subject.identities)));
    }
    subjects
}

/// The decisions that stand for each of them.
fn stands(edge: &Edge, subjects: &[SortedSet<IdentityId>]) -> Vec<SortedMap<Channel, (bool, Timestamp)>> {
    let mut of_identity: SortedMap<&IdentityId, Vec<usize>> = SortedMap::new();
    for (number, one) in edge.store.consents.iter().enumerate() {
        one.identities.iter().for_each(|identity| of_identity.entry(identity).or_default().push(number));
    }
    let of = |subject: &SortedSet<IdentityId>| {
        let theirs: SortedSet<usize> =
            subject.iter().filter_map(|one| of_identity.get(one)).flatten().copied().collect();
        let facts = theirs.into_iter().map(|number| &edge.store.consents[number].row).map(|row| ConsentFact {
            id: row.id.clone(),
            channel: row.channel,
            granted: row.granted,
            weak: row.weak,
            decided_at: row.decided_at,
        });
        standing(facts).into_iter().map(|(channel, fact)| (channel, (fact.granted, fact.decided_at))).collect()
    };
    subjects.iter().map(of).collect()
}

/// What must hold whatever happened.
pub(super) fn check(edge: &Edge, world: &World) {
    let store = &edge.store;
    // Nothing that was acknowledged is lost, and nothing is there that nobody sent.
    assert_eq!(store.deliveries.len(), world.messages.len());
    let bodies: SortedSet<(ConnectionId, String)> =
        store.deliveries.values().map(|row| (row.connection.clone(), row.body.as_str().to_owned())).collect();
    for number in &edge.acknowledged {
        let message = &world.messages[*number];
        let body = crate::id::Fingerprint::of(&message.body).as_str().to_owned();
        assert!(bodies.contains(&(message.via.id(), body)), "acknowledged and lost");
    }
    let weak: SortedSet<ConnectionId> = SortedSet::from([Via::Hearsay.id()]);
    assert!(store.consents.iter().all(|one| !(weak.contains(&one.connection) && one.row.granted)));
    assert!(store.observations.values().all(|one| !(weak.contains(&one.connection) && one.authoritative)));

    // Each effect has its one entry.
    let mut entries: SortedMap<(&'static str, &str), usize> = SortedMap::new();
    for (action, object) in &store.journal {
        *entries.entry((action.name(), object)).or_default() += 1;
    }
    assert!(entries.values().all(|times| *times == 1), "an entry is there twice");
    let has = |action: Action, object: &str| assert!(entries.contains_key(&(action.name(), object)), "{object}");
    for row in store.deliveries.values() {
        match row.status {
            Status::Processed => has(Action::DeliveryProcessed, row.id.as_str()),
            Status::DeadLettered => has(Action::DeliveryDeadLettered, row.id.as_str()),
            Status::Ignored => {}
        }
    }
    store.requests.iter().for_each(|one| has(Action::RightsRequestReceived, one.row.id.as_str()));
    store.changes.keys().for_each(|id| has(Action::SubjectsMerged, id.as_str()));
    let concerning = store.deliveries.values().filter(|row| row.status != Status::Ignored).count();
    assert_eq!(store.journal.len(), concerning + store.requests.len() + store.changes.len());

    // What was reckoned on the way is what comes out when everything is known: of every fifth fact, to save time.
    assert!(store.outbox.is_empty());
    let mut made: SortedMap<&str, SortedMap<&ChangeId, &SubjectChange>> = SortedMap::new();
    for change in store.changes.values() {
        let Cause::Observation(cause) = &change.cause else { panic!("nobody decided anything") };
        made.entry(cause).or_default().insert(&change.id, change);
    }
    for observation in store.observations.keys().step_by(5) {
        let again = store.reckon(observation);
        let again: SortedMap<_, _> = again.iter().map(|change| (&change.id, change)).collect();
        assert_eq!(made.remove(observation.as_str()).unwrap_or_default(), again, "{observation}");
    }
}
