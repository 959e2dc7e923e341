//! A request's row: read whole, as the rules know it, and written back as what they made of it.

use nod_core::{
    id::{ConnectionId, ControllerId, IdentityId, RightsRequestId, SiteKey},
    rights::{
        DenialReason, Extension, ExtensionReason, Hold, HoldReason, Kind, Law, Origin, State, Status,
        calendar::Calendar, clock::Clock,
    },
    time::Timestamp,
};
use serde::Deserialize;
use serde_json::{Value, json};
use worker::D1Type;

use crate::{
    database::{self, Database},
    http::Problem,
};

/// The columns of [`Request`].
pub(super) const COLUMNS: &str = "id, kind, status, site, law, region, calendar, locale, origin, contact, sealed, connection,
    external_reference, received_at, due_at, verified_at, acknowledge_by, acknowledged_at, extended_at, extension_reason,
    held_since, hold_reason, paused, legal_hold, denial_reason, denial_note, duplicate_of, appeal_at, closed_at, assigned,
    version, erased_at, expires_at";

/// A request, without what its person says.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Request {
    pub(crate) id: RightsRequestId,
    pub(crate) kind: String,
    pub(crate) status: String,
    pub(crate) site: Option<SiteKey>,
    pub(crate) law: String,
    pub(crate) region: Option<String>,
    pub(crate) calendar: Option<String>,
    pub(crate) locale: String,
    pub(crate) origin: String,
    pub(crate) contact: Option<IdentityId>,
    pub(crate) sealed: Option<String>,
    pub(crate) connection: Option<ConnectionId>,
    pub(crate) external_reference: Option<String>,
    pub(crate) received_at: Timestamp,
    pub(crate) due_at: Timestamp,
    pub(crate) verified_at: Option<Timestamp>,
    pub(crate) acknowledge_by: Option<Timestamp>,
    pub(crate) acknowledged_at: Option<Timestamp>,
    pub(crate) extended_at: Option<Timestamp>,
    pub(crate) extension_reason: Option<String>,
    pub(crate) held_since: Option<Timestamp>,
    pub(crate) hold_reason: Option<String>,
    pub(crate) paused: i64,
    pub(crate) legal_hold: u8,
    pub(crate) denial_reason: Option<String>,
    pub(crate) denial_note: Option<String>,
    pub(crate) duplicate_of: Option<RightsRequestId>,
    pub(crate) appeal_at: Option<Timestamp>,
    pub(crate) closed_at: Option<Timestamp>,
    pub(crate) assigned: Option<String>,
    pub(crate) version: u32,
    pub(crate) erased_at: Option<Timestamp>,
    pub(crate) expires_at: Option<Timestamp>,
}

/// That there is a row.
#[derive(Deserialize)]
pub(super) struct Id {
    #[serde(rename = "id")]
    _id: RightsRequestId,
}

impl Request {
    /// The version, for a statement.
    pub(super) fn version(&self) -> i32 {
        i32::try_from(self.version).unwrap_or(i32::MAX)
    }

    /// A new one, as the rules begin it.
    pub(super) fn of(id: RightsRequestId, state: &State) -> Self {
        Self {
            id,
            kind: state.kind.name().to_owned(),
            status: state.status.name().to_owned(),
            site: None,
            law: state.law.id.to_owned(),
            region: None,
            calendar: Some(state.calendar.id.to_owned()),
            locale: String::new(),
            origin: state.origin.name().to_owned(),
            contact: None,
            sealed: None,
            connection: None,
            external_reference: None,
            received_at: state.received_at,
            due_at: state.clock.due_at,
            verified_at: state.verified_at,
            acknowledge_by: state.clock.acknowledge_by,
            acknowledged_at: state.acknowledged_at,
            extended_at: None,
            extension_reason: None,
            held_since: None,
            hold_reason: None,
            paused: 0,
            legal_hold: 0,
            denial_reason: None,
            denial_note: None,
            duplicate_of: state.duplicate_of.clone(),
            appeal_at: None,
            closed_at: state.closed_at,
            assigned: None,
            version: 1,
            erased_at: None,
            expires_at: None,
        }
    }

    /// As the rules know it.
    pub(crate) fn state(&self) -> Result<State, Problem> {
        self.read().ok_or_else(|| Problem::internal(&["the request ", self.id.as_str(), " cannot be read"].concat()))
    }

    fn read(&self) -> Option<State> {
        let law = Law::parse(&self.law)?;
        let calendar = self.calendar.as_deref().and_then(Calendar::parse);
        let extension = self.extension_reason.as_deref().and_then(ExtensionReason::parse).zip(self.extended_at);
        let hold = self.hold_reason.as_deref().and_then(HoldReason::parse).zip(self.held_since);
        Some(State {
            kind: Kind::parse(&self.kind)?,
            origin: Origin::parse(&self.origin)?,
            status: Status::parse(&self.status)?,
            law,
            calendar: calendar.unwrap_or(law.calendar),
            received_at: self.received_at,
            verified_at: self.verified_at,
            acknowledged_at: self.acknowledged_at,
            clock: Clock { acknowledge_by: self.acknowledge_by, due_at: self.due_at, paused: self.paused },
            extension: extension.map(|(reason, at)| Extension { reason, at }),
            hold: hold.map(|(reason, since)| Hold { reason, since }),
            legal_hold: self.legal_hold != 0,
            denial: self.denial_reason.as_deref().and_then(DenialReason::parse),
            duplicate_of: self.duplicate_of.clone(),
            appealed_at: self.appeal_at,
            closed_at: self.closed_at,
        })
    }
}

/// The columns that the rules decide, as one JSON object, which statements spread by [`set`].
pub(super) fn columns(state: &State) -> Value {
    let millis = |at: Option<Timestamp>| at.map(Timestamp::millis);
    let State { extension, hold, clock, .. } = state;
    json!({
        "kind": state.kind.name(),
        "origin": state.origin.name(),
        "status": state.status.name(),
        "law": state.law.id,
        "calendar": state.calendar.id,
        "received_at": state.received_at.millis(),
        "verified_at": millis(state.verified_at),
        "acknowledge_by": millis(clock.acknowledge_by),
        "acknowledged_at": millis(state.acknowledged_at),
        "due_at": clock.due_at.millis(),
        "paused": clock.paused,
        "extended_at": extension.map(|extension| extension.at.millis()),
        "extension_reason": extension.map(|extension| extension.reason.name()),
        "held_since": hold.map(|hold| hold.since.millis()),
        "hold_reason": hold.map(|hold| hold.reason.name()),
        "legal_hold": u8::from(state.legal_hold),
        "denial_reason": state.denial.map(DenialReason::name),
        "duplicate_of": state.duplicate_of,
        "appeal_at": millis(state.appealed_at),
        "closed_at": millis(state.closed_at),
    })
}

/// The names of [`columns`] as a list, behind a comma each.
pub(super) fn names(columns: &Value) -> String {
    spread(columns, |name| [", ", name].concat())
}

/// Their values out of an argument, behind a comma each.
pub(super) fn values(columns: &Value, argument: &str) -> String {
    spread(columns, |name| [", ", argument, " ->> '", name, "'"].concat())
}

/// What sets them to an argument's, with a comma behind each.
pub(super) fn set(columns: &Value, argument: &str) -> String {
    spread(columns, |name| [name, " = ", argument, " ->> '", name, "', "].concat())
}

fn spread(columns: &Value, each: impl Fn(&str) -> String) -> String {
    columns.as_object().iter().flat_map(|columns| columns.keys()).map(|name| each(name)).collect()
}

/// A controller's request.
pub(crate) async fn get(
    database: &Database,
    controller: &ControllerId,
    id: &RightsRequestId,
) -> Result<Option<Request>, Problem> {
    let sql = ["SELECT ", COLUMNS, " FROM rights_requests WHERE controller = ?1 AND id = ?2"].concat();
    database.first(database.statement(&sql, &[D1Type::Text(controller.as_str()), D1Type::Text(id.as_str())])?).await
}

/// The requests of a proven address, the newest first: those whose contact it is, opt-outs that were filed under it, and those
/// that a platform sent in its name.
pub(crate) async fn of_address(
    database: &Database,
    controller: &ControllerId,
    contact: Option<&IdentityId>,
    marks: &[String],
) -> Result<Vec<Request>, Problem> {
    let sql = [
        "SELECT ",
        COLUMNS,
        " FROM rights_requests WHERE controller = ?1 AND id IN (
            SELECT id FROM rights_requests WHERE controller = ?1 AND contact = ?2
            UNION SELECT id FROM rights_requests WHERE controller = ?1 AND status <> 'awaiting_verification'
              AND status <> 'expired' AND contact_mark IN (SELECT value FROM json_each(?3))
            UNION SELECT request FROM rights_request_identities WHERE controller = ?1 AND identity = ?2)
          ORDER BY received_at DESC, id DESC LIMIT 100",
    ]
    .concat();
    let statement = database.statement(
        &sql,
        &[
            D1Type::Text(controller.as_str()),
            database::optional_text(contact.map(IdentityId::as_str)),
            D1Type::Text(&database::json(&marks)?),
        ],
    )?;
    database.all(statement).await
}

/// An identity that a request is about: the one that was proven, or one that a platform named.
pub(crate) async fn named(
    database: &Database,
    controller: &ControllerId,
    id: &RightsRequestId,
) -> Result<Option<IdentityId>, Problem> {
    #[derive(Deserialize)]
    struct Row {
        id: IdentityId,
    }
    let statement = database.statement(
        "SELECT contact AS id FROM rights_requests WHERE controller = ?1 AND id = ?2 AND contact IS NOT NULL
         UNION ALL SELECT identity FROM rights_request_identities WHERE controller = ?1 AND request = ?2 LIMIT 1",
        &[D1Type::Text(controller.as_str()), D1Type::Text(id.as_str())],
    )?;
    Ok(database.first::<Row>(statement).await?.map(|row| row.id))
}
