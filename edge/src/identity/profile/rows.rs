//! Rows about a person, read.

use nod_core::sorted::SortedSet;

use nod_core::{
    id::{ChangeId, ConnectionId, IdentityId, RecordId, RightsRequestId},
    identity::neighbourhood::Turn,
    intake::{Channel, Class, ConsentFact, standing},
    time::Timestamp,
};
use serde::Deserialize;

use crate::identity::{Consent, Request, SubjectChange, neighbourhood::sides};

/// What classes of personal data a connection's deliveries had: a JSON array.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct ClassesRow {
    pub(super) connection: ConnectionId,
    pub(super) classes: String,
}

impl ClassesRow {
    /// Names that this Worker has not heard of are left out.
    pub(super) fn classes(&self) -> Option<SortedSet<Class>> {
        let names: Vec<String> = serde_json::from_str(&self.classes).ok()?;
        Some(names.iter().filter_map(|name| Class::parse(name)).collect())
    }
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct ConsentRow {
    pub(super) id: RecordId,
    pub(super) connection: ConnectionId,
    pub(super) channel: String,
    pub(super) purpose: String,
    pub(super) granted: u8,
    pub(super) weak: u8,
    pub(super) decided_at: Timestamp,
    pub(super) recorded_at: Timestamp,
    pub(super) evidence: String,
}

/// The consents in the order of the rows, each with whether it counts today.
pub(super) fn consents(rows: Vec<ConsentRow>) -> Option<Vec<Consent>> {
    let mut consents = rows.into_iter().map(consent).collect::<Option<Vec<_>>>()?;
    let facts = consents.iter().map(|one| ConsentFact {
        id: one.id.clone(),
        channel: one.channel,
        granted: one.granted,
        weak: one.weak,
        decided_at: one.decided_at,
    });
    let standing = standing(facts);
    for one in &mut consents {
        one.is_standing = standing.get(&one.channel).is_some_and(|fact| fact.id == one.id);
    }
    Some(consents)
}

fn consent(row: ConsentRow) -> Option<Consent> {
    Some(Consent {
        id: row.id,
        connection: row.connection,
        channel: Channel::parse(&row.channel)?,
        purpose: row.purpose,
        granted: row.granted != 0,
        weak: row.weak != 0,
        decided_at: row.decided_at,
        recorded_at: row.recorded_at,
        evidence: serde_json::from_str(&row.evidence).ok()?,
        is_standing: false,
    })
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct RequestRow {
    id: RightsRequestId,
    connection: Option<ConnectionId>,
}

impl From<RequestRow> for Request {
    fn from(RequestRow { id, connection }: RequestRow) -> Self {
        Self { id, connection }
    }
}

/// A change, with its sides as a JSON array: whether they are after it, the side's number, and an identity.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct ChangeRow {
    id: ChangeId,
    at: Timestamp,
    kind: String,
    cause: Option<String>,
    because: String,
    undone_by: Option<String>,
    sides: String,
}

pub(super) fn change(row: ChangeRow) -> Option<SubjectChange> {
    let all: Vec<(u8, u32, IdentityId)> = serde_json::from_str(&row.sides).ok()?;
    let (after, before): (Vec<_>, Vec<_>) = all.into_iter().partition(|(is_after, ..)| *is_after != 0);
    let lists = |part: Vec<(u8, u32, IdentityId)>| {
        let sides = sides(part.into_iter().map(|(_, side, identity)| (side, identity)).collect());
        sides.into_iter().map(|side| side.into_iter().collect()).collect()
    };
    Some(SubjectChange {
        id: row.id,
        at: row.at,
        kind: Turn::parse(&row.kind)?,
        cause: row.cause,
        before: lists(before),
        after: lists(after),
        reasons: serde_json::from_str(&row.because).ok()?,
        undone_by: row.undone_by,
    })
}
