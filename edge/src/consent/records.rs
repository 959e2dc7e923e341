//! Consent records for staff: the newest of a site, which say nothing of who chose, and one by its id.

use nod_core::{
    consent::Record,
    id::{ControllerId, RecordId, SiteKey},
    time::Timestamp,
};
use serde::Deserialize;
use worker::D1Type;

use super::store::{COLUMNS, Row};
use crate::{
    database::Database,
    http::Problem,
    page::{Asked, Page, older_than},
};

/// A choice without the visitor who made it.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Listed {
    pub(crate) id: RecordId,
    pub(crate) recorded_at: Timestamp,
    pub(crate) action: String,
    pub(crate) surface: String,
    pub(crate) notice_version: u32,
    pub(crate) locale: String,
    pub(crate) regime: String,
    pub(crate) region: Option<String>,
    pub(crate) gpc: u8,
    pub(crate) purposes: String,
}

/// A site's choices, the newest first.
pub(crate) async fn list(
    database: &Database,
    controller: &ControllerId,
    site: &SiteKey,
    asked: &Asked,
) -> Result<Page<Listed>, Problem> {
    let [at, id] = older_than(asked.after.as_ref());
    let statement = database.statement(
        "SELECT id, recorded_at, action, surface, notice_version, locale, regime, region, gpc, purposes
         FROM consent_records WHERE controller = ?1 AND site = ?2 AND (recorded_at, id) < (?3, ?4)
         ORDER BY recorded_at DESC, id DESC LIMIT ?5",
        &[
            D1Type::Text(controller.as_str()),
            D1Type::Text(site.as_str()),
            at,
            id,
            D1Type::Integer(asked.to_read().into()),
        ],
    )?;
    Ok(asked.page(database.all(statement).await?))
}

/// One record.
pub(crate) async fn one(
    database: &Database,
    controller: &ControllerId,
    id: &RecordId,
) -> Result<Option<Record>, Problem> {
    let sql = ["SELECT ", COLUMNS, " FROM consent_records WHERE controller = ?1 AND id = ?2"].concat();
    let statement = database.statement(&sql, &[D1Type::Text(controller.as_str()), D1Type::Text(id.as_str())])?;
    database.first::<Row>(statement).await?.map(Record::try_from).transpose()
}
