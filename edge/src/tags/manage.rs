//! What staff do with a site's tags: save a draft, publish, publish an earlier version again.
//!
//! Each change and its journal entry are one batch. After it the copies in KV are made anew, so that pages get the version as
//! soon as KV lets them; those that have an older one in hand go on with it.

use nod_core::{
    id::{Fingerprint, PublicationId, SiteKey},
    journal::{Action, Actor, Entry},
    site::Site,
    time::Timestamp,
};
use serde_json::{Value, json};

use super::{
    NotDone,
    publication::Publication,
    published,
    reading::{problems, text},
    store,
};
use crate::{
    clock, database::Database, environment::Environment, http::Problem, journal::append, keys, site, staff::Staff,
};

/// The longest note, in characters.
pub(super) const NOTE: usize = 500;
/// How often a change is tried when others change the same site.
const ATTEMPTS: usize = 3;

/// Who does it, where.
pub(crate) struct Manager<'a> {
    pub(crate) environment: &'a Environment,
    pub(crate) database: &'a Database,
    pub(crate) staff: &'a Staff,
}

/// What is to be published.
#[derive(Clone, Copy)]
pub(crate) struct Wish<'a> {
    /// The draft where none is given.
    pub(crate) document: Option<&'a Value>,
    pub(crate) note: Option<&'a str>,
    /// The revision that the draft must have, if it is said.
    pub(crate) revision: Option<u32>,
    /// The version that it must replace, if it is said.
    pub(crate) replaces: Option<u32>,
}

impl Manager<'_> {
    /// Saves the draft of a site, or throws it away, if its revision is still the one that was read.
    pub(crate) async fn save(
        &self,
        site: &SiteKey,
        document: Option<&Value>,
        read: u32,
    ) -> Result<Result<(), NotDone>, Problem> {
        let document = match document.map(text).transpose() {
            Ok(document) => document,
            Err(why) => return Ok(Err(why)),
        };
        let controller = &self.staff.controller;
        if store::state(self.database, controller, site).await?.is_none() {
            return Ok(Err(NotDone::UnknownSite));
        }
        let at = clock::now()?;
        let fingerprint = document.as_ref().map(|document| Fingerprint::of(document.as_bytes()));
        let detail = json!({"revision": read.saturating_add(1), "document": fingerprint, "by": self.staff.actor});
        let entry = self.entry(site, at, Action::TagsDrafted, detail);
        let batch = vec![
            append(self.database, &entry, &store::has_revision(read))?,
            store::save(self.database, controller, site, read, (document.as_deref(), at, &self.staff.actor))?,
        ];
        if self.database.batch::<Value>(batch).await?.is_some() {
            return Ok(Ok(()));
        }
        let state = store::state(self.database, controller, site).await?;
        Ok(Err(NotDone::OtherRevision(state.map_or(read, |state| state.revision))))
    }

    /// Publishes a document or the draft. The answer is the version's number.
    pub(crate) async fn publish(&self, key: &SiteKey, wish: Wish<'_>) -> Result<Result<u32, NotDone>, Problem> {
        let note = match note(wish.note) {
            Ok(note) => note,
            Err(why) => return Ok(Err(why)),
        };
        for _ in 0..ATTEMPTS {
            let (site, publication) = match self.prepare(key, wish, note).await? {
                Ok(both) => both,
                Err(why) => return Ok(Err(why)),
            };
            if publication.store(self.database).await? {
                let Publication { version, document, .. } = publication;
                published::keep(self.environment, key, version, document).await;
                site::renew(self.environment, &site.key).await?;
                return Ok(Ok(version));
            }
        }
        Err(Problem::still_changing())
    }

    /// A publication, with everything that can be known before it is done.
    async fn prepare(
        &self,
        key: &SiteKey,
        wish: Wish<'_>,
        note: Option<&str>,
    ) -> Result<Result<(Site, Publication), NotDone>, Problem> {
        let controller = &self.staff.controller;
        let site = site::of_controller(self.environment, controller, key).await?;
        let state = store::state(self.database, controller, key).await?;
        let (Some(site), Some(state)) = (site, state) else { return Ok(Err(NotDone::UnknownSite)) };
        if wish.replaces.is_some_and(|version| state.published != Some(version)) {
            return Ok(Err(NotDone::OtherPublished(state.published)));
        }
        if wish.revision.is_some_and(|revision| state.revision != revision) {
            return Ok(Err(NotDone::OtherRevision(state.revision)));
        }
        let (document, draft) = match wish.document {
            Some(document) => (text(document), None),
            None => match store::draft(self.database, controller, key).await? {
                // Changed since just now.
                Some(draft) if wish.revision.is_some_and(|revision| draft.revision != revision) => {
                    (Err(NotDone::OtherRevision(draft.revision)), None)
                }
                Some(draft) => (Ok(draft.document), Some(draft.revision)),
                None => (Err(NotDone::NoDraft), None),
            },
        };
        let checked = document.and_then(|document| self.check(&document, &site).map(|()| document));
        let document = match checked {
            Ok(document) => document,
            Err(why) => return Ok(Err(why)),
        };
        let (at, version) = (clock::now()?, state.newest.saturating_add(1));
        let detail = json!({
            "version": version, "replaced": state.published, "document": Fingerprint::of(document.as_bytes()),
            "draft": draft, "note": note, "by": self.staff.actor,
        });
        let publication = Publication {
            id: PublicationId::from_random(keys::random()?),
            entry: self.entry(key, at, Action::TagsPublished, detail),
            site: key.clone(),
            version,
            replaces: state.published,
            draft,
            document,
            note: note.map(str::to_owned),
            by: self.staff.actor.clone(),
        };
        Ok(Ok((site, publication)))
    }

    /// Publishes an earlier version again.
    pub(crate) async fn roll_back(
        &self,
        key: &SiteKey,
        version: u32,
        said: Option<&str>,
    ) -> Result<Result<u32, NotDone>, Problem> {
        let controller = &self.staff.controller;
        let note = match note(said) {
            Ok(note) => note,
            Err(why) => return Ok(Err(why)),
        };
        for _ in 0..ATTEMPTS {
            let site = site::of_controller(self.environment, controller, key).await?;
            let state = store::state(self.database, controller, key).await?;
            let (Some(site), Some(state)) = (site, state) else { return Ok(Err(NotDone::UnknownSite)) };
            let Some(document) = store::document(self.database, controller, key, version).await? else {
                return Ok(Err(NotDone::UnknownVersion));
            };
            if state.published == Some(version) {
                return Ok(Err(NotDone::AlreadyPublished));
            }
            // The notice may have lost a purpose since.
            if let Err(why) = self.check(&document, &site) {
                return Ok(Err(why));
            }
            let at = clock::now()?;
            let detail = json!({"version": version, "replaced": state.published, "note": note, "by": self.staff.actor});
            let entry = self.entry(key, at, Action::TagsRolledBack, detail);
            let batch = vec![
                append(self.database, &entry, &store::is_published(state.published))?,
                store::point(self.database, controller, key, state.published, (version, at))?,
            ];
            if self.database.batch::<Value>(batch).await?.is_some() {
                published::keep(self.environment, key, version, document).await;
                site::renew(self.environment, key).await?;
                return Ok(Ok(version));
            }
        }
        Err(Problem::still_changing())
    }

    fn check(&self, document: &str, site: &Site) -> Result<(), NotDone> {
        // It was read as JSON before; what is none has everything that can be wrong.
        let document = serde_json::from_str(document).unwrap_or_default();
        let problems = problems(self.environment, document, site);
        if problems.is_empty() { Ok(()) } else { Err(NotDone::Invalid(problems)) }
    }

    fn entry(&self, site: &SiteKey, at: Timestamp, action: Action, detail: Value) -> Entry {
        let controller = self.staff.controller.clone();
        Entry { controller, at, actor: Actor::Staff, action, object: site.to_string(), detail }
    }
}

fn note(said: Option<&str>) -> Result<Option<&str>, NotDone> {
    let note = said.map(str::trim).filter(|note| !note.is_empty());
    match note {
        Some(note) if note.chars().count() > NOTE => Err(NotDone::LongNote),
        note => Ok(note),
    }
}
