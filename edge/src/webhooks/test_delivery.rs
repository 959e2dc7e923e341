//! A test delivery: made up, signed with the connection's own secret, and judged, read and settled as one that came from outside.
//!
//! What would be stored is told and not stored: a person who does not exist must not be among those who do (decision 0015). Kept is
//! that somebody tested, and what came of it.

use nod_core::{
    id::{ConnectionId, DeliveryId},
    identity::Kind,
    intake::{Commit, IdentityRow, MadeUp, Outcome},
    journal::{Action, Actor, Entry},
    sorted::SortedMap,
    time::Timestamp,
    webhook::{Delivery, Scheme, Source},
};
use serde_json::{Value, json};

use super::{
    intake::{self, Because},
    settle,
};
use crate::{
    clock,
    connection::{self, Connection, Known},
    database::Database,
    environment::Environment,
    http::Problem,
    journal, keys,
    staff::Staff,
};

/// Why nothing is tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotTested {
    Unknown,
    Disabled,
    /// The scheme has no signature.
    Unsigned,
    /// Nod does not hold what the sender proves it with.
    OnlySenderSigns,
    /// Nothing says what the application sends.
    NoMapping,
}

/// What came of a test.
#[derive(Debug, Default)]
pub(crate) struct Tested {
    /// As of a delivery, or `refused`.
    pub(crate) status: &'static str,
    /// Why it was not processed: a name, and a sentence that says what to do.
    pub(crate) reason: Option<&'static str>,
    pub(crate) advice: Option<String>,
    pub(crate) proof: Option<&'static str>,
    pub(crate) event: String,
    pub(crate) bytes: usize,
    pub(crate) classes: Vec<&'static str>,
    /// How many people's identities of each kind would have been stored as pseudonyms.
    pub(crate) identities: SortedMap<Kind, usize>,
    pub(crate) consents: usize,
}

/// Who tests, where.
pub(crate) struct Tester<'a> {
    pub(crate) environment: &'a Environment,
    pub(crate) database: &'a Database,
    pub(crate) staff: &'a Staff,
}

impl Tester<'_> {
    /// Tests a connection of the controller.
    pub(crate) async fn test(&self, id: &ConnectionId) -> Result<Result<(Tested, Connection), NotTested>, Problem> {
        let Some(known) = connection::known(self.environment, &self.staff.controller, id).await? else {
            return Ok(Err(NotTested::Unknown));
        };
        if let Err(why) = is_testable(&known) {
            return Ok(Err(why));
        }
        let now = clock::now()?;
        let tested = self.judge(&known, now)?;
        let mut connection = known.connection;
        self.note(&connection, now, &tested).await?;
        connection.tested_at = Some(now);
        connection.tested_because = tested.reason.map(str::to_owned);
        Ok(Ok((tested, connection)))
    }

    /// The way of every delivery, up to where it would be stored.
    fn judge(&self, known: &Known, now: Timestamp) -> Result<Tested, Problem> {
        let (source, shop) = (known.connection.scheme.source(), known.connection.shop.as_ref());
        let made = MadeUp::of(source, known.mapping.as_ref(), shop, keys::random()?, now);
        let proof = known.authentication.sign(&made.id, &made.body, now).unwrap_or_default();
        let headers = made.labels.iter().chain(&proof).map(|(name, value)| (*name, value.as_str())).collect();
        let delivery = Delivery { body: &made.body, headers };
        let verified = match intake::verify(known, &delivery, now) {
            Ok(verified) => verified,
            Err(because) => return Ok(Tested { bytes: made.body.len(), ..refused(&because) }),
        };
        let read = settle::read(&delivery, &verified, known);
        let advice = match &read {
            Ok(Outcome::Useful(_)) => None,
            Ok(Outcome::Ignored { why, .. }) => Some(format!("Nothing is done with it: {why}.")),
            Err(unusable) => Some(format!("It cannot be used: {unusable}.")),
        };
        let id = DeliveryId::from_random(keys::random()?);
        let commit = settle::settle(self.environment, known, read, &verified, now, id)?;
        Ok(Tested { advice, ..told(&commit) })
    }

    /// That it was tested is kept, with its entry, while the connection is as it was tested.
    async fn note(&self, connection: &Connection, at: Timestamp, tested: &Tested) -> Result<(), Problem> {
        let entry = Entry {
            controller: self.staff.controller.clone(),
            at,
            actor: Actor::Staff,
            action: Action::ConnectionTested,
            object: connection.id.to_string(),
            detail: json!({"by": self.staff.actor, "status": tested.status, "reason": tested.reason}),
        };
        let is_as_read = format!(
            "EXISTS (SELECT 1 FROM connections WHERE controller = ?1 AND id = ?2 AND version = {})",
            connection.version
        );
        let batch = vec![
            journal::append(self.database, &entry, &is_as_read)?,
            connection::tested(self.database, connection, at, tested.reason)?,
        ];
        let noted = self.database.batch::<Value>(batch).await?;
        noted.map(drop).ok_or_else(Problem::still_changing)
    }
}

fn is_testable(known: &Known) -> Result<(), NotTested> {
    let connection = &known.connection;
    if connection.disabled_at.is_some() {
        Err(NotTested::Disabled)
    } else if connection.scheme == Scheme::MailchimpUnsigned {
        Err(NotTested::Unsigned)
    } else if !connection.scheme.can_sign() {
        Err(NotTested::OnlySenderSigns)
    } else if connection.scheme.source() == Source::Custom && known.mapping.is_none() {
        Err(NotTested::NoMapping)
    } else {
        Ok(())
    }
}

fn refused(because: &Because) -> Tested {
    let advice = format!("It was refused: {}.", because.sentence());
    Tested { status: "refused", reason: Some(because.name()), advice: Some(advice), ..Tested::default() }
}

fn told(commit: &Commit) -> Tested {
    let row = &commit.delivery;
    let mut identities = SortedMap::new();
    for kind in commit.identities.iter().filter_map(IdentityRow::pseudonym).map(|pseudonym| pseudonym.kind()) {
        let count: &mut usize = identities.entry(kind).or_default();
        *count = count.saturating_add(1);
    }
    Tested {
        status: row.status.name(),
        reason: row.reason,
        advice: None,
        proof: Some(row.proof),
        event: row.event.clone(),
        bytes: row.bytes,
        classes: row.classes.iter().map(|class| class.name()).collect(),
        identities,
        consents: commit.consents.len(),
    }
}
