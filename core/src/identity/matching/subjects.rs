//! The reckoning: from facts to subjects.

use crate::sorted::{SortedMap, SortedSet};

use serde::Serialize;

use super::{Facts, Observation, ObservationId, Policy, Source, groups::Groups, tenure::Tenures};
use crate::{
    identity::{Kind, pseudonym::Pseudonym},
    time::Timestamp,
};

/// Why identities that were seen together are not one person for that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The record has two e-mail addresses.
    TwoEmails,
    /// The record has two numbers.
    TwoPhones,
    /// More people have the number than [`Policy::people_per_phone`].
    SharedPhone,
    /// The customer id has gone to somebody else since.
    RecycledId,
    /// Staff have parted them.
    KeptApart,
}

impl Reason {
    /// The name that the API and the database use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::TwoEmails => "two_emails",
            Self::TwoPhones => "two_phones",
            Self::SharedPhone => "shared_phone",
            Self::RecycledId => "recycled_id",
            Self::KeptApart => "kept_apart",
        }
    }
}

/// What an observation does not join.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Withheld {
    /// The observation.
    pub observation: ObservationId,
    /// What it is about.
    pub identities: SortedSet<Pseudonym>,
    /// Why.
    pub reason: Reason,
}

/// From when to when something was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Span {
    /// The first time.
    pub first: Timestamp,
    /// The last time.
    pub last: Timestamp,
}

/// One data subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Subject {
    /// By what the person is known.
    pub identities: SortedSet<Pseudonym>,
    /// Who knows the person, and since when. An observation of a customer id's earlier holder does not count here.
    pub seen: SortedMap<Source, Span>,
}

/// Everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subjects {
    /// The subjects, in the order of their first identities. Every identity is one subject's.
    pub subjects: Vec<Subject>,
    /// What each observation holds together.
    pub joined: SortedMap<ObservationId, SortedSet<Pseudonym>>,
    /// What was not joined, and why.
    pub withheld: SortedSet<Withheld>,
}

impl Subjects {
    /// The person of this identity.
    pub fn of(&self, identity: &Pseudonym) -> Option<&Subject> {
        self.subjects.iter().find(|subject| subject.identities.contains(identity))
    }

    fn withhold(&mut self, observation: &Observation, identities: SortedSet<Pseudonym>, reason: Reason) {
        self.withheld.insert(Withheld { observation: observation.id.clone(), identities, reason });
    }
}

/// A record that may join: what it says without the identities that are in doubt.
struct Record<'a> {
    observation: &'a Observation,
    /// The address and the customer ids that it is about.
    firm: SortedSet<Pseudonym>,
    phone: Option<Pseudonym>,
}

pub(super) fn reckon(facts: &Facts, policy: Policy) -> Subjects {
    let mut result = Subjects::default();
    let admitted = admit(facts, &mut result);
    let tenures = Tenures::of(&admitted);
    let mut groups = Groups::apart(facts.splits());

    // Newer facts come first: where a split lets only one of two stand, it is the newer.
    let mut records: Vec<Record> = admitted.iter().map(|one| read(one, &tenures, &mut result)).collect();
    records.sort_unstable_by(|one, other| other.observation.place().cmp(&one.observation.place()));
    records.retain(|record| {
        let joins = groups.join(record.firm.iter().copied());
        if !joins {
            result.withhold(record.observation, record.observation.identities.clone(), Reason::KeptApart);
        } else if record.firm.len() > 1 {
            result.joined.insert(record.observation.id.clone(), record.firm.clone());
        }
        joins
    });
    add_phones(&records, policy, &mut groups, &mut result);
    collect(facts, &tenures, &mut groups, &mut result);
    result
}

/// The observations that may say something about who is who.
fn admit<'a>(facts: &'a Facts, result: &mut Subjects) -> Vec<&'a Observation> {
    let mut admitted = Vec::new();
    for observation in facts.observations().filter(|one| one.authoritative) {
        if facts.is_undone(&observation.id) {
            result.withhold(observation, observation.identities.clone(), Reason::KeptApart);
        } else if observation.of_kind(Kind::Email).count() > observation.addresses() {
            result.withhold(observation, observation.identities.clone(), Reason::TwoEmails);
        } else {
            admitted.push(observation);
        }
    }
    admitted
}

fn read<'a>(observation: &'a Observation, tenures: &Tenures, result: &mut Subjects) -> Record<'a> {
    let (former, firm) = observation
        .identities
        .iter()
        .copied()
        .filter(|identity| identity.kind() != Kind::Phone)
        .partition::<SortedSet<_>, _>(|identity| tenures.is_former(identity, observation));
    if !former.is_empty() {
        result.withhold(observation, former, Reason::RecycledId);
    }
    let phones: SortedSet<Pseudonym> = observation.of_kind(Kind::Phone).collect();
    let phone = phones.first().copied().filter(|_| phones.len() == 1);
    if phones.len() > 1 {
        result.withhold(observation, phones, Reason::TwoPhones);
    }
    Record { observation, firm, phone }
}

/// Adds each number to its person, once it is known who is who without numbers.
fn add_phones(records: &[Record], policy: Policy, groups: &mut Groups, result: &mut Subjects) {
    let uses: Vec<(&Record, Pseudonym, Pseudonym)> =
        records.iter().filter_map(|record| Some((record, record.phone?, *record.firm.first()?))).collect();
    let mut people: SortedMap<Pseudonym, SortedSet<Pseudonym>> = SortedMap::new();
    for (_, phone, holder) in &uses {
        people.entry(*phone).or_default().insert(groups.name(*holder));
    }
    for (record, phone, holder) in uses {
        let is_shared = people.get(&phone).is_some_and(|holders| holders.len() > policy.people_per_phone);
        if is_shared {
            result.withhold(record.observation, SortedSet::from([phone]), Reason::SharedPhone);
        } else if groups.join([phone, holder]) {
            let joined = result.joined.entry(record.observation.id.clone()).or_default();
            joined.extend(record.firm.iter().copied());
            joined.insert(phone);
        } else {
            result.withhold(record.observation, SortedSet::from([phone]), Reason::KeptApart);
        }
    }
}

fn collect(facts: &Facts, tenures: &Tenures, groups: &mut Groups, result: &mut Subjects) {
    let mut subjects: SortedMap<Pseudonym, Subject> = SortedMap::new();
    for observation in facts.observations() {
        let at = observation.observed_at;
        for identity in &observation.identities {
            let subject = subjects
                .entry(groups.name(*identity))
                .or_insert_with(|| Subject { identities: SortedSet::new(), seen: SortedMap::new() });
            subject.identities.insert(*identity);
            if !tenures.is_former(identity, observation) {
                let span = subject.seen.entry(observation.source.clone()).or_insert(Span { first: at, last: at });
                *span = Span { first: span.first.min(at), last: span.last.max(at) };
            }
        }
    }
    result.subjects = subjects.into_values().collect();
    result.subjects.sort_unstable_by(|one, other| one.identities.cmp(&other.identities));
}
