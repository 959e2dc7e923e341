//! Versions and drafts in D1.

use nod_core::{
    id::{ActorId, ControllerId, Fingerprint, SiteKey},
    time::Timestamp,
};
use serde::Deserialize;
use worker::{D1PreparedStatement, D1Type};

use crate::{
    database::{Database, optional_text, time},
    http::Problem,
    page::{Asked, Page},
};

/// How a site's tags stand.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct State {
    /// The version that pages get.
    pub(crate) published: Option<u32>,
    /// Since when.
    pub(crate) since: Option<Timestamp>,
    /// The highest number of a version; 0 where there is none.
    pub(super) newest: u32,
    /// The draft's revision; 0 where there never was one.
    pub(crate) revision: u32,
}

/// A version, without its document.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Version {
    pub(crate) number: u32,
    pub(crate) fingerprint: Fingerprint,
    pub(crate) note: Option<String>,
    pub(crate) published_at: Timestamp,
    pub(crate) published_by: Option<ActorId>,
    /// Whether pages get it.
    pub(crate) is_published: u8,
}

/// What staff are working on.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Draft {
    pub(crate) revision: u32,
    pub(crate) document: String,
    pub(crate) saved_at: Timestamp,
    pub(crate) saved_by: ActorId,
}

/// How the tags of a controller's site stand; nothing where the controller has no such site.
pub(crate) async fn state(
    database: &Database,
    controller: &ControllerId,
    site: &SiteKey,
) -> Result<Option<State>, Problem> {
    let statement = database.statement(
        "SELECT tags AS published, tags_since AS since,
                (SELECT COALESCE(MAX(version), 0) FROM tag_versions WHERE controller = ?1 AND site = ?2) AS newest,
                (SELECT COALESCE(MAX(revision), 0) FROM tag_drafts WHERE controller = ?1 AND site = ?2) AS revision
         FROM sites WHERE controller = ?1 AND key = ?2",
        &of(controller, site),
    )?;
    database.first(statement).await
}

/// A site's draft, if there is one.
pub(crate) async fn draft(
    database: &Database,
    controller: &ControllerId,
    site: &SiteKey,
) -> Result<Option<Draft>, Problem> {
    let statement = database.statement(
        "SELECT revision, document, saved_at, saved_by FROM tag_drafts
         WHERE controller = ?1 AND site = ?2 AND document IS NOT NULL",
        &of(controller, site),
    )?;
    database.first(statement).await
}

const VERSION: &str =
    "SELECT version AS number, fingerprint, note, published_at, published_by, version IS tags AS is_published
     FROM tag_versions JOIN sites ON sites.controller = ?1 AND sites.key = ?2
     WHERE tag_versions.controller = ?1 AND site = ?2";

/// A site's versions, the newest first, behind a place that is a version's number.
pub(crate) async fn list(
    database: &Database,
    controller: &ControllerId,
    site: &SiteKey,
    asked: &Asked<i64>,
) -> Result<Page<Version>, Problem> {
    // No version has the greatest number, so without a place all are behind it.
    let behind = asked.after.and_then(|version| i32::try_from(version).ok()).unwrap_or(i32::MAX);
    let sql = [VERSION, " AND version < ?3 ORDER BY version DESC LIMIT ?4"].concat();
    let [controller, site] = of(controller, site);
    let arguments = [controller, site, D1Type::Integer(behind), D1Type::Integer(asked.to_read().into())];
    Ok(asked.page(database.all(database.statement(&sql, &arguments)?).await?))
}

/// One version of a site.
pub(crate) async fn one(
    database: &Database,
    controller: &ControllerId,
    site: &SiteKey,
    version: u32,
) -> Result<Option<Version>, Problem> {
    let sql = [VERSION, " AND version = ?3"].concat();
    let [controller, site] = of(controller, site);
    database.first(database.statement(&sql, &[controller, site, number(version)])?).await
}

/// What a version says.
pub(crate) async fn document(
    database: &Database,
    controller: &ControllerId,
    site: &SiteKey,
    version: u32,
) -> Result<Option<String>, Problem> {
    #[derive(Deserialize)]
    struct Row {
        document: String,
    }
    let [controller, site] = of(controller, site);
    let statement = database.statement(
        "SELECT document FROM tag_versions WHERE controller = ?1 AND site = ?2 AND version = ?3",
        &[controller, site, number(version)],
    )?;
    Ok(database.first::<Row>(statement).await?.map(|row| row.document))
}

/// Holds while the draft has the revision that was read: `?1` is the controller, `?2` the site.
pub(super) fn has_revision(revision: u32) -> String {
    format!("COALESCE((SELECT revision FROM tag_drafts WHERE controller = ?1 AND site = ?2), 0) = {revision}")
}

/// Holds while pages get the version that was read, or none: `?1` is the controller, `?2` the site.
pub(super) fn is_published(version: Option<u32>) -> String {
    let version = version.map_or_else(|| "NULL".to_owned(), |version| version.to_string());
    ["(SELECT tags FROM sites WHERE controller = ?1 AND key = ?2) IS ", &version].concat()
}

/// The statement that has pages get another version, if they still get the one that was read. It answers with a row if so.
pub(super) fn point(
    database: &Database,
    controller: &ControllerId,
    site: &SiteKey,
    read: Option<u32>,
    (version, at): (u32, Timestamp),
) -> Result<D1PreparedStatement, Problem> {
    let [controller, site] = of(controller, site);
    database.statement(
        &format!(
            "UPDATE sites SET tags = ?3, tags_since = ?4 WHERE controller = ?1 AND key = ?2 AND {} RETURNING tags",
            is_published(read)
        ),
        &[controller, site, number(version), time(at)],
    )
}

/// The statement that saves a draft, or throws it away, if it is still as it was read. It answers with a row if it was.
pub(super) fn save(
    database: &Database,
    controller: &ControllerId,
    site: &SiteKey,
    read: u32,
    (document, at, by): (Option<&str>, Timestamp, &ActorId),
) -> Result<D1PreparedStatement, Problem> {
    let [controller, site] = of(controller, site);
    database.statement(
        &format!(
            "INSERT INTO tag_drafts (controller, site, revision, document, saved_at, saved_by)
             SELECT ?1, ?2, ?3 + 1, ?4, ?5, ?6 WHERE {}
             ON CONFLICT (controller, site) DO UPDATE SET revision = excluded.revision, document = excluded.document,
                                                          saved_at = excluded.saved_at, saved_by = excluded.saved_by
             RETURNING revision",
            has_revision(read)
        ),
        &[controller, site, number(read), optional_text(document), time(at), D1Type::Text(by.as_str())],
    )
}

pub(super) fn of<'a>(controller: &'a ControllerId, site: &'a SiteKey) -> [D1Type<'a>; 2] {
    [D1Type::Text(controller.as_str()), D1Type::Text(site.as_str())]
}

pub(super) fn number(number: u32) -> D1Type<'static> {
    D1Type::Real(number.into())
}
