//! A controller and its sites as staff see them.

use nod_core::{
    id::{ControllerId, Fingerprint, SiteKey},
    look::Look,
    notice::Notice,
    time::Timestamp,
};
use serde::Deserialize;
use worker::D1Type;

use crate::{database::Database, http::Problem};

/// A site with its current notice.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) key: SiteKey,
    pub(crate) name: String,
    pub(crate) origins: Vec<String>,
    pub(crate) fingerprint: Fingerprint,
    pub(crate) published_at: Timestamp,
    pub(crate) notice: Notice,
    /// How it looks, where that is not the product's own.
    pub(crate) look: Option<Look>,
}

/// What is said of a controller.
#[derive(Debug, Deserialize)]
pub(crate) struct About {
    pub(crate) id: ControllerId,
    pub(crate) name: String,
    pub(crate) contact: Option<String>,
    /// Where its numbers without a country code are dialled.
    pub(crate) region: Option<String>,
}

#[derive(Deserialize)]
struct Row {
    key: SiteKey,
    name: String,
    origins: String,
    fingerprint: Fingerprint,
    published_at: Timestamp,
    document: String,
    look: Option<String>,
}

impl TryFrom<Row> for Settings {
    type Error = Problem;

    fn try_from(row: Row) -> Result<Self, Problem> {
        let unreadable = |_| Problem::internal(&format!("the row of the site {} cannot be read", row.key));
        Ok(Self {
            origins: serde_json::from_str(&row.origins).map_err(unreadable)?,
            notice: serde_json::from_str(&row.document).map_err(unreadable)?,
            key: row.key,
            name: row.name,
            fingerprint: row.fingerprint,
            published_at: row.published_at,
            look: row.look.as_deref().and_then(look),
        })
    }
}

/// A look as it is stored. One that cannot be read is the product's own: nobody is left without a banner for its colour.
pub(crate) fn look(stored: &str) -> Option<Look> {
    nod_core::json::read(stored.as_bytes())
}

const SITES: &str =
    "SELECT sites.key, sites.name, sites.origins, sites.look, notices.fingerprint, notices.published_at, notices.document
     FROM sites JOIN notices ON notices.controller = sites.controller AND notices.site = sites.key
                            AND notices.fingerprint = sites.notice
     WHERE sites.controller = ?1";

/// The first hundred sites of a controller, by their keys.
pub(crate) async fn list(database: &Database, controller: &ControllerId) -> Result<Vec<Settings>, Problem> {
    let sql = [SITES, " ORDER BY sites.key LIMIT 100"].concat();
    let statement = database.statement(&sql, &[D1Type::Text(controller.as_str())])?;
    database.all::<Row>(statement).await?.into_iter().map(Settings::try_from).collect()
}

/// One site of a controller.
pub(crate) async fn one(
    database: &Database,
    controller: &ControllerId,
    key: &SiteKey,
) -> Result<Option<Settings>, Problem> {
    let sql = [SITES, " AND sites.key = ?2"].concat();
    let statement = database.statement(&sql, &[D1Type::Text(controller.as_str()), D1Type::Text(key.as_str())])?;
    database.first::<Row>(statement).await?.map(Settings::try_from).transpose()
}

/// What is said of a controller.
pub(crate) async fn about(database: &Database, controller: &ControllerId) -> Result<About, Problem> {
    let statement = database.statement(
        "SELECT id, name, contact, region FROM controllers WHERE id = ?1",
        &[D1Type::Text(controller.as_str())],
    )?;
    database.first(statement).await?.ok_or_else(|| Problem::internal("a controller that is not there"))
}
