//! Files of requests: what the person gets, and what applications answered. Sealed under the request's key, in pieces that a row
//! can hold.

use nod_core::{
    id::{ControllerId, ItemId, RightsRequestId},
    seal::{Context, ShredKey},
    time::Timestamp,
};
use serde::Deserialize;
use worker::{D1PreparedStatement, D1Type};

use super::{attempt::Attempt, said};
use crate::{
    clock,
    database::{Database, optional_time, time},
    http::Problem,
    keys,
};

/// Bytes of one piece: sealed and written as base64 they stay under a megabyte.
const PIECE: usize = 700_000;
/// How often the person may fetch a file.
pub(crate) const MOST_DOWNLOADS: i32 = 10;
/// How long the person may, from the answer on.
pub(crate) const KEPT: i64 = 30 * 24 * 60 * 60 * 1000;
/// Files that end in one go of the clock.
const MOST_ENDED: i32 = 200;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileKind {
    Html,
    Json,
    Csv,
    /// What staff added.
    Attachment,
    /// What an application answered. It goes into the package, and on its own only to staff.
    AppAnswer,
}

impl FileKind {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Html => "package_html",
            Self::Json => "package_json",
            Self::Csv => "package_csv",
            Self::Attachment => "attachment",
            Self::AppAnswer => "app_answer",
        }
    }
}

/// A file that is to be kept.
pub(crate) struct NewFile<'a> {
    pub(crate) kind: FileKind,
    pub(crate) name: &'a str,
    pub(crate) media_type: &'a str,
    pub(crate) content: &'a [u8],
    /// None until the request is answered.
    pub(crate) expires_at: Option<Timestamp>,
}

/// The statements that keep a file, behind the attempt's effect.
pub(crate) fn insertion(
    attempt: &Attempt<'_>,
    key: &ShredKey,
    request: &RightsRequestId,
    file: &NewFile<'_>,
    now: Timestamp,
) -> Result<Vec<D1PreparedStatement>, Problem> {
    let id = ItemId::from_random(keys::random()?);
    let name = said::seal(key, &name_place(attempt.controller, &id), file.name.as_bytes())?;
    let bytes = i32::try_from(file.content.len()).map_err(|_| Problem::internal("a file without an end"))?;
    let mut batch = vec![attempt.guarded(
        "INSERT INTO rights_files (controller, request, id, kind, name, media_type, bytes, created_at, expires_at, most)
         SELECT ?1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11 WHERE",
        vec![
            D1Type::Text(request.as_str()),
            D1Type::Text(id.as_str()),
            D1Type::Text(file.kind.name()),
            D1Type::Text(&name),
            D1Type::Text(file.media_type),
            D1Type::Integer(bytes),
            time(now),
            optional_time(file.expires_at),
            D1Type::Integer(MOST_DOWNLOADS),
        ],
    )?];
    for (number, piece) in (0_i32..).zip(file.content.chunks(PIECE)) {
        let sealed = said::seal(key, &piece_place(attempt.controller, &id, number), piece)?;
        batch.push(attempt.guarded(
            "INSERT INTO rights_file_parts (controller, file, part, sealed) SELECT ?1, ?3, ?4, ?5 WHERE",
            vec![D1Type::Text(id.as_str()), D1Type::Integer(number), D1Type::Text(&sealed)],
        )?);
    }
    Ok(batch)
}

/// A file without its content, for whoever handles it; [`super::life::File`] is for whoever looks at it.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct File {
    pub(crate) id: ItemId,
    pub(crate) request: RightsRequestId,
    pub(crate) kind: String,
    /// Sealed; see [`File::name`].
    name: String,
    pub(crate) media_type: String,
    pub(crate) bytes: i64,
}

const COLUMNS: &str = "id, request, kind, name, media_type, bytes";

impl File {
    /// Its name.
    pub(crate) fn name(&self, key: &ShredKey, controller: &ControllerId) -> Result<String, Problem> {
        said::open(key, &name_place(controller, &self.id), &self.name)
    }

    /// Whether it is for the person at all.
    pub(crate) fn is_for_subject(&self) -> bool {
        self.kind != FileKind::AppAnswer.name()
    }

    /// Its content, opened.
    pub(crate) async fn content(
        &self,
        database: &Database,
        key: &ShredKey,
        controller: &ControllerId,
    ) -> Result<Vec<u8>, Problem> {
        #[derive(Deserialize)]
        struct Piece {
            part: i32,
            sealed: String,
        }
        let statement = database.statement(
            "SELECT part, sealed FROM rights_file_parts WHERE controller = ?1 AND file = ?2 ORDER BY part",
            &[D1Type::Text(controller.as_str()), D1Type::Text(self.id.as_str())],
        )?;
        let mut content = Vec::new();
        for Piece { part, sealed } in database.all(statement).await? {
            let piece = key.open(&piece_place(controller, &self.id, part), &sealed);
            content.extend(piece.map_err(|error| Problem::internal(&error.to_string()))?);
        }
        Ok(content)
    }
}

/// The files of a request, the oldest first.
pub(crate) async fn of_request(
    database: &Database,
    controller: &ControllerId,
    request: &RightsRequestId,
) -> Result<Vec<File>, Problem> {
    let sql = [
        "SELECT ",
        COLUMNS,
        " FROM rights_files INDEXED BY rights_files_by_request WHERE controller = ?1 AND request = ?2 ORDER BY created_at, id",
    ];
    let arguments = [D1Type::Text(controller.as_str()), D1Type::Text(request.as_str())];
    database.all(database.statement(&sql.concat(), &arguments)?).await
}

/// One file.
pub(super) async fn get(database: &Database, controller: &ControllerId, id: &ItemId) -> Result<Option<File>, Problem> {
    let sql = ["SELECT ", COLUMNS, " FROM rights_files WHERE controller = ?1 AND id = ?2"].concat();
    let arguments = [D1Type::Text(controller.as_str()), D1Type::Text(id.as_str())];
    database.first(database.statement(&sql, &arguments)?).await
}

/// The statement with which the files that a request has already are the person's for a while, behind its answer.
pub(super) fn release(
    attempt: &Attempt<'_>,
    request: &RightsRequestId,
    now: Timestamp,
) -> Result<D1PreparedStatement, Problem> {
    attempt.guarded(
        "UPDATE rights_files INDEXED BY rights_files_by_request SET expires_at = ?4 WHERE controller = ?1 AND request = ?3 AND expires_at IS NULL AND",
        vec![D1Type::Text(request.as_str()), time(clock::later(now, KEPT))],
    )
}

/// Files whose time is over are deleted.
pub(crate) async fn forget_ended(database: &Database) -> Result<(), Problem> {
    let now = clock::now()?;
    let ended = "SELECT controller, id FROM rights_files WHERE expires_at <= ?1 ORDER BY expires_at LIMIT ?2";
    let delete = |table: &str, column: &str| {
        let sql = ["DELETE FROM ", table, " WHERE (controller, ", column, ") IN (", ended, ")"].concat();
        database.statement(&sql, &[time(now), D1Type::Integer(MOST_ENDED)])
    };
    let batch = vec![delete("rights_file_parts", "file")?, delete("rights_files", "id")?];
    database.batch::<serde::de::IgnoredAny>(batch).await.map(drop)
}

fn name_place(controller: &ControllerId, file: &ItemId) -> Context {
    Context::new("rights_files", controller, file.as_str(), "name")
}

fn piece_place(controller: &ControllerId, file: &ItemId, piece: i32) -> Context {
    Context::new("rights_file_parts", controller, file.as_str(), &piece.to_string())
}
