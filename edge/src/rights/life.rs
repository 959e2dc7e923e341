//! What happened to a request, what was written and what there is to download: read when it is asked for.

use nod_core::{
    id::{ConnectionId, ControllerId, ItemId, RightsRequestId},
    seal::{Context, ShredKey},
    time::Timestamp,
};
use serde::{Deserialize, de::DeserializeOwned};
use worker::D1Type;

use super::said;
use crate::{database::Database, http::Problem};

/// What an entry of the journal about a request begins with.
const PREFIX: &str = "rights_request.";
/// As much of a request's life as is shown.
const MOST: i32 = 500;

/// Something that happened.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Happened {
    pub(crate) at: Timestamp,
    action: String,
}

impl Happened {
    pub(crate) fn kind(&self) -> &str {
        self.action.strip_prefix(PREFIX).unwrap_or_default()
    }
}

/// Something that was written.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Message {
    pub(crate) id: ItemId,
    pub(crate) at: Timestamp,
    pub(crate) author: String,
    sealed: String,
}

impl Message {
    /// What it says; nothing once its key is gone.
    pub(crate) fn text(&self, controller: &ControllerId, key: Option<&ShredKey>) -> Result<Option<String>, Problem> {
        let place = Context::new("rights_messages", controller, self.id.as_str(), "sealed");
        key.map(|key| said::open(key, &place, &self.sealed)).transpose()
    }
}

/// A file.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct File {
    pub(crate) id: ItemId,
    pub(crate) kind: String,
    name: String,
    pub(crate) media_type: String,
    pub(crate) bytes: u32,
    pub(crate) expires_at: Option<Timestamp>,
    pub(crate) downloads: u32,
    pub(crate) most: u32,
}

impl File {
    /// Its name; nothing once its key is gone.
    pub(crate) fn name(&self, controller: &ControllerId, key: Option<&ShredKey>) -> Result<Option<String>, Problem> {
        let place = Context::new("rights_files", controller, self.id.as_str(), "name");
        key.map(|key| said::open(key, &place, &self.name)).transpose()
    }
}

/// A task.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Task {
    pub(crate) id: ItemId,
    pub(crate) kind: String,
    pub(crate) connection: Option<ConnectionId>,
    pub(crate) code: String,
    pub(crate) link: Option<String>,
    pub(crate) state: String,
    pub(crate) failure: Option<String>,
    pub(crate) done_at: Option<Timestamp>,
    pub(crate) done_by: Option<String>,
    note: Option<String>,
}

impl Task {
    /// What staff noted; nothing once its key is gone.
    pub(crate) fn note(&self, controller: &ControllerId, key: Option<&ShredKey>) -> Result<Option<String>, Problem> {
        let place = Context::new("rights_tasks", controller, self.id.as_str(), "note");
        key.zip(self.note.as_deref()).map(|(key, note)| said::open(key, &place, note)).transpose()
    }
}

/// A request of a controller, of which something more is to be read.
#[derive(Clone, Copy)]
pub(crate) struct Life<'a> {
    pub(crate) database: &'a Database,
    pub(crate) controller: &'a ControllerId,
    pub(crate) request: &'a RightsRequestId,
}

impl Life<'_> {
    /// The oldest first.
    pub(crate) async fn events(&self) -> Result<Vec<Happened>, Problem> {
        self.all(
            "SELECT at, action FROM journal WHERE controller = ?1 AND object = ?2
               AND action >= 'rights_request.' AND action < 'rights_request/' ORDER BY seq LIMIT ?3",
        )
        .await
    }

    pub(crate) async fn messages(&self) -> Result<Vec<Message>, Problem> {
        self.all(
            "SELECT id, at, author, sealed FROM rights_messages WHERE controller = ?1 AND request = ?2 ORDER BY at, id LIMIT ?3",
        )
        .await
    }

    pub(crate) async fn files(&self) -> Result<Vec<File>, Problem> {
        self.all(
            "SELECT id, kind, name, media_type, bytes, expires_at, downloads, most FROM rights_files INDEXED BY rights_files_by_request
             WHERE controller = ?1 AND request = ?2 ORDER BY created_at, id LIMIT ?3",
        )
        .await
    }

    pub(crate) async fn tasks(&self) -> Result<Vec<Task>, Problem> {
        self.all(
            "SELECT id, kind, connection, code, link, state, failure, done_at, done_by, note FROM rights_tasks
             WHERE controller = ?1 AND request = ?2 ORDER BY created_at, id LIMIT ?3",
        )
        .await
    }

    async fn all<Row: DeserializeOwned>(&self, sql: &str) -> Result<Vec<Row>, Problem> {
        let arguments =
            [D1Type::Text(self.controller.as_str()), D1Type::Text(self.request.as_str()), D1Type::Integer(MOST)];
        self.database.all(self.database.statement(sql, &arguments)?).await
    }
}
