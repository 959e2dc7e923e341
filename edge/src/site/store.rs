//! Sites in D1.

use nod_core::{
    id::{ControllerId, Fingerprint, SiteKey},
    site::Site,
};
use serde::Deserialize;
use worker::D1Type;

use super::settings;
use crate::{database::Database, environment::Environment, http::Problem, tags};

#[derive(Deserialize)]
struct Row {
    controller: ControllerId,
    origins: String,
    fingerprint: Fingerprint,
    document: String,
    tags: Option<u32>,
    tags_document: Option<String>,
    look: Option<String>,
}

/// The site with its current notice. The one query that cannot take a controller: it finds out which it is.
pub(super) async fn get(environment: &Environment, key: &SiteKey) -> Result<Option<Site>, Problem> {
    let database = Database::of_environment(environment)?;
    let statement = database.statement(
        "SELECT sites.controller, sites.origins, notices.fingerprint, notices.document,
                sites.tags, tag_versions.document AS tags_document, sites.look
         FROM sites JOIN notices ON notices.controller = sites.controller
                                AND notices.site = sites.key AND notices.fingerprint = sites.notice
                    LEFT JOIN tag_versions ON tag_versions.controller = sites.controller
                                          AND tag_versions.site = sites.key AND tag_versions.version = sites.tags
         WHERE sites.key = ?1",
        &[D1Type::Text(key.as_str())],
    )?;
    database.first(statement).await?.map(|row| site(key, row)).transpose()
}

/// A notice whose words are not those that its fingerprint stands for must not be shown: records would prove something
/// else than what was read.
fn site(key: &SiteKey, row: Row) -> Result<Site, Problem> {
    if Fingerprint::of(row.document.as_bytes()) != row.fingerprint {
        return Err(Problem::internal(&format!("the notice {} is not what it was published as", row.fingerprint)));
    }
    let unreadable = |_| Problem::internal(&format!("the row of the site {key} cannot be read"));
    let notice = serde_json::from_str(&row.document).map_err(unreadable)?;
    let tags = row.tags.zip(row.tags_document);
    Ok(Site {
        controller: row.controller,
        key: key.clone(),
        origins: serde_json::from_str(&row.origins).map_err(unreadable)?,
        fingerprint: row.fingerprint,
        tags: tags.and_then(|(version, document)| tags::summary(version, &document, &notice)),
        notice,
        look: row.look.as_deref().and_then(settings::look),
    })
}
