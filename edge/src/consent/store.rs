//! Consent records in D1: append-only, one per choice however often it is delivered.

use nod_core::{
    consent::{Action, Outcome, Record, Surface},
    id::{ControllerId, Fingerprint, RecordId, SiteKey, VisitorId},
    journal::{self, Actor, Entry},
    time::Timestamp,
};
use serde::Deserialize;
use serde_json::json;
use worker::{D1PreparedStatement, D1Type};

use super::count;
use crate::{
    database::{Database, optional_text, time},
    environment::Environment,
    http::{Call, Problem},
    journal::append,
};

pub(super) const COLUMNS: &str = "controller, site, visitor, id, notice, notice_version, action, purposes, vendors, locale, surface, \
                       regime, region, gpc, recorded_at, claimed_at, previous";

pub(super) const NEWEST_FIRST: &str =
    "controller = ?1 AND site = ?2 AND visitor = ?3 ORDER BY recorded_at DESC, rowid DESC LIMIT 1";

/// A row of the table.
#[derive(Deserialize)]
pub(super) struct Row {
    controller: ControllerId,
    site: SiteKey,
    visitor: VisitorId,
    id: RecordId,
    notice: Fingerprint,
    notice_version: u32,
    action: Action,
    purposes: String,
    vendors: String,
    locale: String,
    surface: Surface,
    regime: String,
    region: Option<String>,
    gpc: u8,
    recorded_at: Timestamp,
    claimed_at: Option<Timestamp>,
    previous: Option<RecordId>,
    /// Only where it is asked for: [`super::standing()`].
    #[serde(default)]
    pub(super) opted_out: Option<Timestamp>,
}

impl TryFrom<Row> for Record {
    type Error = Problem;

    fn try_from(row: Row) -> Result<Self, Problem> {
        let unreadable = |_| Problem::internal("a consent record that cannot be read");
        Ok(Self {
            schema: Self::SCHEMA,
            id: row.id,
            controller: row.controller,
            site: row.site,
            visitor: row.visitor,
            notice: row.notice,
            notice_version: row.notice_version,
            action: row.action,
            purposes: serde_json::from_str(&row.purposes).map_err(unreadable)?,
            vendors: serde_json::from_str(&row.vendors).map_err(unreadable)?,
            locale: row.locale,
            surface: row.surface,
            regime: row.regime,
            region: row.region,
            gpc: row.gpc != 0,
            recorded_at: row.recorded_at,
            claimed_at: row.claimed_at,
            previous: row.previous,
        })
    }
}

/// The visitor's newest record on a site.
pub(super) async fn newest(
    environment: &Environment,
    controller: &ControllerId,
    site: &SiteKey,
    visitor: &VisitorId,
) -> Result<Option<Record>, Problem> {
    let database = Database::of_environment(environment)?;
    let statement = database.statement(
        &format!("SELECT {COLUMNS} FROM consent_records WHERE {NEWEST_FIRST}"),
        &[D1Type::Text(controller.as_str()), D1Type::Text(site.as_str()), D1Type::Text(visitor.as_str())],
    )?;
    database.first::<Row>(statement).await?.map(Record::try_from).transpose()
}

/// The visitor's records on a site, the newest first.
pub(crate) async fn history(
    environment: &Environment,
    controller: &ControllerId,
    site: &SiteKey,
    visitor: &VisitorId,
    most: i32,
) -> Result<Vec<Record>, Problem> {
    let database = Database::of_environment(environment)?;
    let sql = [
        "SELECT ",
        COLUMNS,
        " FROM consent_records WHERE controller = ?1 AND site = ?2 AND visitor = ?3
         ORDER BY recorded_at DESC, rowid DESC LIMIT ?4",
    ]
    .concat();
    let statement = database.statement(
        &sql,
        &[
            D1Type::Text(controller.as_str()),
            D1Type::Text(site.as_str()),
            D1Type::Text(visitor.as_str()),
            D1Type::Integer(most),
        ],
    )?;
    database.all::<Row>(statement).await?.into_iter().map(Record::try_from).collect()
}

/// Stores a record with its journal entry and counts it, or does nothing of it.
///
/// The answer is what is stored, with the predecessor that the database found: the record itself, or the one that an
/// earlier delivery of the same choice has left.
pub(super) async fn insert(call: &Call, record: &Record, outcome: Outcome) -> Result<Record, Problem> {
    let database = Database::of(call)?;
    let entry = Entry {
        controller: record.controller.clone(),
        at: record.recorded_at,
        actor: Actor::Visitor,
        action: journal::Action::ConsentRecorded,
        object: record.id.to_string(),
        detail: json!({"site": record.site, "action": record.action, "notice": record.notice}),
    };
    let is_stored = "EXISTS (SELECT 1 FROM consent_records WHERE controller = ?1 AND id = ?2)";
    let batch = vec![
        insertion(&database, record)?,
        count::one(&database, record, outcome)?,
        append(&database, &entry, is_stored)?,
        same_choice(&database, record)?,
    ];
    let row: Option<Row> = database.batch(batch).await?;
    row.ok_or_else(|| Problem::internal("a record that was stored and is not there"))?.try_into()
}

fn insertion(database: &Database, record: &Record) -> Result<D1PreparedStatement, Problem> {
    let unwritable = |_| Problem::internal("a record that JSON cannot hold");
    let purposes = serde_json::to_string(&record.purposes).map_err(unwritable)?;
    let vendors = serde_json::to_string(&record.vendors).map_err(unwritable)?;
    database.statement(
        &format!(
            "INSERT INTO consent_records ({COLUMNS})
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,
                     (SELECT id FROM consent_records WHERE {NEWEST_FIRST}))
             ON CONFLICT (controller, site, visitor, claimed_at) DO NOTHING"
        ),
        &[
            D1Type::Text(record.controller.as_str()),
            D1Type::Text(record.site.as_str()),
            D1Type::Text(record.visitor.as_str()),
            D1Type::Text(record.id.as_str()),
            D1Type::Text(record.notice.as_str()),
            D1Type::Real(record.notice_version.into()),
            D1Type::Text(record.action.name()),
            D1Type::Text(&purposes),
            D1Type::Text(&vendors),
            D1Type::Text(&record.locale),
            D1Type::Text(record.surface.name()),
            D1Type::Text(&record.regime),
            optional_text(record.region.as_deref()),
            D1Type::Integer(record.gpc.into()),
            time(record.recorded_at),
            record.claimed_at.map_or(D1Type::Null, time),
        ],
    )
}

fn same_choice(database: &Database, record: &Record) -> Result<D1PreparedStatement, Problem> {
    database.statement(
        &format!(
            "SELECT {COLUMNS} FROM consent_records
             WHERE controller = ?1 AND (id = ?2 OR (site = ?3 AND visitor = ?4 AND claimed_at = ?5))"
        ),
        &[
            D1Type::Text(record.controller.as_str()),
            D1Type::Text(record.id.as_str()),
            D1Type::Text(record.site.as_str()),
            D1Type::Text(record.visitor.as_str()),
            record.claimed_at.map_or(D1Type::Null, time),
        ],
    )
}
