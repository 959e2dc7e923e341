//! What staff do by hand for a request: a task in a platform, and a file for the person.

use nod_core::{
    id::{ActorId, ItemId, RightsRequestId},
    journal::Action,
    rights::Status,
    seal::Context,
};
use serde::de::IgnoredAny;
use serde_json::json;
use worker::D1Type;

use super::{
    act::{Desk, NotDone},
    attempt::{Attempt, Guard},
    files::{self, FileKind, NewFile},
    said,
    stored::{self, Request},
};
use crate::{
    database::{first_row, optional_text, time},
    http::Problem,
    staff::Staff,
};

impl Desk<'_> {
    /// A task is done, as staff say; whether there was one to do. No call follows.
    pub(crate) async fn complete(
        &self,
        staff: &Staff,
        request: &RightsRequestId,
        task: &ItemId,
        note: Option<&str>,
    ) -> Result<bool, Problem> {
        let sealed = match note {
            Some(note) => {
                let place = Context::new("rights_tasks", self.controller, task.as_str(), "note");
                Some(said::seal(&self.key(request).await?, &place, note.as_bytes())?)
            }
            None => None,
        };
        let attempt = Attempt::new(self.database, self.controller, Guard::Task)?;
        let entry = self.entry(request, Action::RightsRequestTaskDone, json!({"task": task}));
        let batch = vec![
            attempt.statement(
                "UPDATE rights_tasks SET state = 'done', done_at = ?5, done_by = ?6, note = ?7, next_at = NULL, effect = ?2
                 WHERE controller = ?1 AND request = ?3 AND id = ?4 AND state <> 'done' RETURNING 1",
                vec![
                    D1Type::Text(request.as_str()),
                    D1Type::Text(task.as_str()),
                    time(self.now),
                    D1Type::Text(staff.actor.as_str()),
                    optional_text(sealed.as_deref()),
                ],
            )?,
            attempt.journal(&[entry])?,
        ];
        let results = self.database.results(batch).await?;
        Ok(results.first().map(first_row::<IgnoredAny>).transpose()?.flatten().is_some())
    }

    /// A file for the person, who gets it with the answer.
    pub(crate) async fn add_file(
        &self,
        id: &RightsRequestId,
        name: &str,
        media_type: &str,
        content: &[u8],
    ) -> Result<Result<Request, NotDone>, Problem> {
        let Some(request) = stored::get(self.database, self.controller, id).await? else {
            return Ok(Err(NotDone::Unknown));
        };
        if request.erased_at.is_some() || !Status::parse(&request.status).is_some_and(Status::is_active) {
            return Ok(Err(NotDone::Closed));
        }
        let key = self.key(id).await?;
        let attempt = Attempt::new(self.database, self.controller, Guard::Request)?;
        let file = NewFile { kind: FileKind::Attachment, name, media_type, content, expires_at: None };
        let entry = self.entry(id, Action::RightsRequestFileAdded, json!({"bytes": content.len()}));
        let mut batch = vec![attempt.statement(
            "UPDATE rights_requests SET effect = ?2, version = version + 1
             WHERE controller = ?1 AND id = ?3 AND erased_at IS NULL AND status = ?4 RETURNING 1",
            vec![D1Type::Text(id.as_str()), D1Type::Text(&request.status)],
        )?];
        batch.extend(files::insertion(&attempt, &key, id, &file, self.now)?);
        batch.push(attempt.journal(&[entry])?);
        let results = self.database.results(batch).await?;
        if results.first().map(first_row::<IgnoredAny>).transpose()?.flatten().is_none() {
            return Ok(Err(NotDone::Busy));
        }
        Ok(stored::get(self.database, self.controller, id).await?.ok_or(NotDone::Unknown))
    }

    /// Says who works on a request: somebody of the controller, or nobody.
    pub(crate) async fn assign(
        &self,
        id: &RightsRequestId,
        token: Option<&ActorId>,
    ) -> Result<Result<Request, NotDone>, Problem> {
        let statement = self.database.statement(
            "UPDATE rights_requests SET assigned = ?3, version = version + 1
             WHERE controller = ?1 AND id = ?2
               AND (?3 IS NULL OR EXISTS (SELECT 1 FROM staff_tokens WHERE controller = ?1 AND id = ?3 AND revoked_at IS NULL)
                    OR EXISTS (SELECT 1 FROM staff WHERE controller = ?1 AND id = ?3 AND removed_at IS NULL))
             RETURNING id",
            &[
                D1Type::Text(self.controller.as_str()),
                D1Type::Text(id.as_str()),
                optional_text(token.map(ActorId::as_str)),
            ],
        )?;
        if self.database.first::<IgnoredAny>(statement).await?.is_none() {
            return Ok(Err(NotDone::Unknown));
        }
        Ok(stored::get(self.database, self.controller, id).await?.ok_or(NotDone::Unknown))
    }

    /// The request's key. A platform's request has none before somebody writes something.
    async fn key(&self, request: &RightsRequestId) -> Result<nod_core::seal::ShredKey, Problem> {
        match said::key(self.environment, self.controller, request).await? {
            Some(key) => Ok(key),
            None => said::new_key(self.environment, self.controller, request).await,
        }
    }
}
