//! Every notice that a site ever showed. None is ever changed.

use nod_core::{
    id::{ControllerId, Fingerprint, SiteKey},
    time::Timestamp,
};
use serde::Deserialize;
use worker::D1Type;

use crate::{
    database::Database,
    http::Problem,
    page::{Asked, Page, older_than},
};

/// A notice, without its document.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Listed {
    pub(crate) fingerprint: Fingerprint,
    pub(crate) version: u32,
    /// For the first time.
    pub(crate) published_at: Timestamp,
    /// Whether visitors are shown it.
    pub(crate) is_published: u8,
}

const NOTICE: &str = "SELECT fingerprint, version, published_at, fingerprint = sites.notice AS is_published
     FROM notices JOIN sites ON sites.controller = ?1 AND sites.key = ?2
     WHERE notices.controller = ?1 AND notices.site = ?2";

/// A site's notices, the newest first.
pub(crate) async fn list(
    database: &Database,
    controller: &ControllerId,
    site: &SiteKey,
    asked: &Asked,
) -> Result<Page<Listed>, Problem> {
    let sql =
        [NOTICE, " AND (published_at, fingerprint) < (?3, ?4) ORDER BY published_at DESC, fingerprint DESC LIMIT ?5"]
            .concat();
    let [at, id] = older_than(asked.after.as_ref());
    let [controller, site] = of(controller, site);
    let statement = database.statement(&sql, &[controller, site, at, id, D1Type::Integer(asked.to_read().into())])?;
    Ok(asked.page(database.all(statement).await?))
}

/// One notice.
pub(crate) async fn one(
    database: &Database,
    controller: &ControllerId,
    site: &SiteKey,
    fingerprint: &Fingerprint,
) -> Result<Option<Listed>, Problem> {
    let [controller, site] = of(controller, site);
    let arguments = [controller, site, D1Type::Text(fingerprint.as_str())];
    database.first(database.statement(&[NOTICE, " AND fingerprint = ?3"].concat(), &arguments)?).await
}

#[derive(Deserialize)]
struct Document {
    document: String,
}

/// What a notice says; nothing where the site has none with this fingerprint.
pub(crate) async fn document(
    database: &Database,
    controller: &ControllerId,
    site: &SiteKey,
    fingerprint: &str,
) -> Result<Option<String>, Problem> {
    let [controller, site] = of(controller, site);
    let statement = database.statement(
        "SELECT document FROM notices WHERE controller = ?1 AND site = ?2 AND fingerprint = ?3",
        &[controller, site, D1Type::Text(fingerprint)],
    )?;
    Ok(database.first::<Document>(statement).await?.map(|row| row.document))
}

/// What the notice before this one says; nothing for the first.
pub(crate) async fn before(
    database: &Database,
    controller: &ControllerId,
    site: &SiteKey,
    fingerprint: &str,
) -> Result<Option<String>, Problem> {
    let [controller, site] = of(controller, site);
    let statement = database.statement(
        "SELECT document FROM notices WHERE controller = ?1 AND site = ?2 AND (published_at, fingerprint) <
           (SELECT published_at, fingerprint FROM notices WHERE controller = ?1 AND site = ?2 AND fingerprint = ?3)
         ORDER BY published_at DESC, fingerprint DESC LIMIT 1",
        &[controller, site, D1Type::Text(fingerprint)],
    )?;
    Ok(database.first::<Document>(statement).await?.map(|row| row.document))
}

/// The highest version that a site's notices ever had.
pub(super) async fn newest(database: &Database, controller: &ControllerId, site: &SiteKey) -> Result<u32, Problem> {
    #[derive(Deserialize)]
    struct Row {
        newest: u32,
    }
    let statement = database.statement(
        "SELECT COALESCE(MAX(version), 0) AS newest FROM notices WHERE controller = ?1 AND site = ?2",
        &of(controller, site),
    )?;
    Ok(database.first::<Row>(statement).await?.map_or(0, |row| row.newest))
}

pub(super) fn of<'a>(controller: &'a ControllerId, site: &'a SiteKey) -> [D1Type<'a>; 2] {
    [D1Type::Text(controller.as_str()), D1Type::Text(site.as_str())]
}
