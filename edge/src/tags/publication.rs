//! A publication and its batch: the version, its journal entry, the number in the site's row, and the end of the draft.

use std::slice;

use nod_core::{
    id::{ActorId, Fingerprint, PublicationId, SiteKey},
    journal::Entry,
};
use serde::Deserialize;
use worker::{D1PreparedStatement, D1Type};

use super::store::{has_revision, is_published, number};
use crate::{
    database::{Database, first_row, optional_text, time},
    http::Problem,
    journal::append_all,
};

/// A version about to be published.
pub(super) struct Publication {
    pub(super) id: PublicationId,
    /// What the journal says of it. It says, too, when and whose it is.
    pub(super) entry: Entry,
    pub(super) site: SiteKey,
    pub(super) version: u32,
    /// The version that pages got before.
    pub(super) replaces: Option<u32>,
    /// The revision of the draft that it is made of.
    pub(super) draft: Option<u32>,
    pub(super) document: String,
    pub(super) note: Option<String>,
    pub(super) by: ActorId,
}

/// Holds once the version is there: `?1` is the controller, `?2` the publication.
const IS_MADE: &str = "EXISTS (SELECT 1 FROM tag_versions WHERE controller = ?1 AND publication = ?2)";

impl Publication {
    /// Publishes it, unless somebody else has published, or changed the draft, since it was prepared.
    pub(super) async fn store(&self, database: &Database) -> Result<bool, Problem> {
        #[derive(Deserialize)]
        struct Made {}
        let entries = slice::from_ref(&self.entry);
        let batch = vec![
            self.insert(database)?,
            append_all(database, &self.entry.controller, entries, self.id.as_str(), IS_MADE)?,
            self.point(database)?,
            self.end_draft(database)?,
        ];
        let results = database.results(batch).await?;
        Ok(results.first().map(first_row::<Made>).transpose()?.flatten().is_some())
    }

    fn insert(&self, database: &Database) -> Result<D1PreparedStatement, Problem> {
        let mut as_prepared = is_published(self.replaces);
        if let Some(revision) = self.draft {
            as_prepared += " AND ";
            as_prepared += &has_revision(revision);
        }
        database.statement(
            &format!(
                "INSERT INTO tag_versions
                   (controller, site, version, document, fingerprint, note, published_at, published_by, publication)
                 SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9
                 WHERE ?3 = (SELECT COALESCE(MAX(version), 0) FROM tag_versions WHERE controller = ?1 AND site = ?2) + 1
                   AND {as_prepared}
                 RETURNING version"
            ),
            &[
                D1Type::Text(self.entry.controller.as_str()),
                D1Type::Text(self.site.as_str()),
                number(self.version),
                D1Type::Text(&self.document),
                D1Type::Text(Fingerprint::of(self.document.as_bytes()).as_str()),
                optional_text(self.note.as_deref()),
                time(self.entry.at),
                D1Type::Text(self.by.as_str()),
                D1Type::Text(self.id.as_str()),
            ],
        )
    }

    fn point(&self, database: &Database) -> Result<D1PreparedStatement, Problem> {
        database.statement(
            &["UPDATE sites SET tags = ?4, tags_since = ?5 WHERE controller = ?1 AND key = ?3 AND ", IS_MADE].concat(),
            &[
                D1Type::Text(self.entry.controller.as_str()),
                D1Type::Text(self.id.as_str()),
                D1Type::Text(self.site.as_str()),
                number(self.version),
                time(self.entry.at),
            ],
        )
    }

    /// What was published is no draft any more. One that was not published stays.
    fn end_draft(&self, database: &Database) -> Result<D1PreparedStatement, Problem> {
        database.statement(
            &[
                "UPDATE tag_drafts SET document = NULL, revision = revision + 1
                 WHERE controller = ?1 AND site = ?3 AND revision = ?4 AND ",
                IS_MADE,
            ]
            .concat(),
            &[
                D1Type::Text(self.entry.controller.as_str()),
                D1Type::Text(self.id.as_str()),
                D1Type::Text(self.site.as_str()),
                self.draft.map_or(D1Type::Null, number),
            ],
        )
    }
}
