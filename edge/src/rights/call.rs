//! Applications are asked at their own endpoints: signed as Standard Webhooks are, under the task's id, so that an application knows a
//! repetition. What it answers settles the task.
//!
//! | status | meaning |
//! |---|---|
//! | 200 with JSON | done; what it holds of the person, where that was asked |
//! | 200, 204 | done |
//! | 202 | it is at it: asked again later |
//! | 404, 410 | it knows no such person: done |
//! | anything else, or none | tried again, ever less often; in the end left to staff |

use nod_core::{
    destinations::{Answer, Request},
    id::{ConnectionId, ControllerId, ItemId, RightsRequestId},
    journal::{Action, Actor, Entry},
    seal::ShredKey,
    time::Timestamp,
    webhook::{Authentication, Secrets, standard_webhooks::Key},
};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::json;
use worker::D1Type;

use super::{
    attempt::{Attempt, Guard},
    endpoint,
    facts::Facts,
    files::{self, FileKind, NewFile},
    said::{self, Said},
};
use crate::{
    clock,
    database::{Database, optional_text, time},
    environment::Environment,
    http::{
        Problem,
        outgoing::{Reads, post},
    },
    keys,
};

/// Calls of one round.
const MOST: i32 = 10;
/// After so many tries a task is left to staff: that is some two days.
const TRIES: u32 = 14;
/// How long a call keeps others from the same task: longer than any call takes.
const LEASE: i64 = 60_000;
/// As much of an answer as is kept.
const LARGEST: usize = 1_000_000;

#[derive(Deserialize)]
struct Task {
    controller: ControllerId,
    request: RightsRequestId,
    id: ItemId,
    kind: String,
    connection: ConnectionId,
    label: String,
    rights_url: Option<String>,
    rights_secret: Option<String>,
    attempts: u32,
    next_at: Timestamp,
}

/// What became of a call.
enum Settled {
    /// With what was answered, as JSON.
    Done(Option<Vec<u8>>),
    Later(&'static str),
    /// Nobody can be asked.
    ByHand(&'static str),
}

/// Calls whom it is time to call. Whether there was anybody. The one query over all controllers: the rows say whose they are.
pub(crate) async fn due(environment: &Environment, database: &Database) -> Result<bool, Problem> {
    let statement = database.statement(
        "SELECT rights_tasks.controller, request, rights_tasks.id, kind, connection, label, rights_url, rights_secret, attempts,
                next_at
         FROM rights_tasks JOIN connections ON connections.controller = rights_tasks.controller
                                            AND connections.id = rights_tasks.connection
         WHERE next_at <= ?1 ORDER BY next_at LIMIT ?2",
        &[time(clock::now()?), D1Type::Integer(MOST)],
    )?;
    let tasks: Vec<Task> = database.all(statement).await?;
    for task in &tasks {
        task.work(environment, database).await?;
    }
    Ok(!tasks.is_empty())
}

impl Task {
    async fn work(&self, environment: &Environment, database: &Database) -> Result<(), Problem> {
        let attempt = Attempt::new(database, &self.controller, Guard::Task)?;
        if !self.claim(&attempt).await? {
            return Ok(());
        }
        let key = said::key(environment, &self.controller, &self.request).await?;
        let facts = Facts::of(database, &self.controller, &self.request).await?;
        let settled = match (&key, facts.filter(Facts::is_active)) {
            (Some(key), Some(facts)) => self.ask(environment, key, &facts).await?,
            _ => Settled::ByHand("closed"),
        };
        match (settled, &key) {
            (Settled::Done(answer), Some(key)) => self.done(&attempt, key, answer.as_deref()).await,
            (Settled::Later(why), _) if self.attempts.saturating_add(1) < TRIES => {
                self.settle(
                    &attempt,
                    "called",
                    Some(clock::later(clock::now()?, delay(environment, self.attempts))),
                    why,
                )
                .await
            }
            (Settled::Later(why), _) => self.settle(&attempt, "failed", None, why).await,
            (Settled::ByHand(why), _) => self.settle(&attempt, "open", None, why).await,
            (Settled::Done(_), None) => self.settle(&attempt, "open", None, "closed").await,
        }
    }

    /// Takes the task for a while. Of several that want it one has it.
    async fn claim(&self, attempt: &Attempt<'_>) -> Result<bool, Problem> {
        let claim = attempt.statement(
            "UPDATE rights_tasks SET effect = ?2, attempts = attempts + 1, next_at = ?6
             WHERE controller = ?1 AND request = ?3 AND id = ?4 AND next_at = ?5 RETURNING 1",
            vec![
                D1Type::Text(self.request.as_str()),
                D1Type::Text(self.id.as_str()),
                time(self.next_at),
                time(clock::later(clock::now()?, LEASE)),
            ],
        )?;
        Ok(attempt.database.first::<IgnoredAny>(claim).await?.is_some())
    }

    async fn ask(&self, environment: &Environment, key: &ShredKey, facts: &Facts) -> Result<Settled, Problem> {
        let (Some(url), Some(secret)) = (&self.rights_url, &self.rights_secret) else {
            return Ok(Settled::ByHand("no_endpoint"));
        };
        let said = facts.sealed.as_deref().map(|sealed| Said::open(key, &self.controller, &self.request, sealed));
        let Some(email) = said.transpose()?.and_then(|said| said.email) else {
            return Ok(Settled::ByHand("no_address"));
        };
        let now = clock::now()?;
        let event = ["rights_request.", &self.kind].concat();
        let body = json!({
            "type": event, "timestamp": now,
            "data": {"request": self.request, "kind": facts.kind().name(), "due_at": facts.due_at, "email": email},
        })
        .to_string();
        let secret = keys::open_text(environment, &endpoint::place(&self.controller, &self.connection), secret)?;
        let Some(headers) = sign(&secret, self.id.as_str(), body.as_bytes(), now) else {
            return Ok(Settled::ByHand("bad_secret"));
        };
        let request = Request { url: url.clone(), headers, body, events: 0 };
        Ok(match post(&request, Reads::Document(LARGEST)).await {
            Ok(answer) => self.judge(answer),
            Err(why) => Settled::Later(why),
        })
    }

    fn judge(&self, answer: Answer) -> Settled {
        match answer.status {
            200 if answer.body.len() > LARGEST => Settled::Later("too_large"),
            200 if self.kind == "collect" && !answer.body.is_empty() => {
                let is_json = nod_core::json::read::<IgnoredAny>(&answer.body).is_some();
                if is_json { Settled::Done(Some(answer.body)) } else { Settled::Later("no_json") }
            }
            200 | 204 | 404 | 410 => Settled::Done(None),
            202 => Settled::Later("at_it"),
            300..=399 => Settled::Later("redirected"),
            400..=499 => Settled::Later("refused"),
            _ => Settled::Later("failing"),
        }
    }

    async fn done(&self, attempt: &Attempt<'_>, key: &ShredKey, answer: Option<&[u8]>) -> Result<(), Problem> {
        let now = clock::now()?;
        let mut batch = vec![attempt.statement(
            "UPDATE rights_tasks SET state = 'done', done_at = ?5, next_at = NULL, failure = NULL
             WHERE controller = ?1 AND request = ?3 AND id = ?4 AND effect = ?2 AND state <> 'done'",
            vec![D1Type::Text(self.request.as_str()), D1Type::Text(self.id.as_str()), time(now)],
        )?];
        if let Some(content) = answer {
            let file = NewFile {
                kind: FileKind::AppAnswer,
                name: &self.label,
                media_type: "application/json",
                content,
                expires_at: None,
            };
            batch.extend(files::insertion(attempt, key, &self.request, &file, now)?);
        }
        let entry = Entry {
            controller: self.controller.clone(),
            at: now,
            actor: Actor::Platform,
            action: Action::RightsRequestTaskDone,
            object: self.request.to_string(),
            detail: json!({"task": self.id, "connection": self.connection, "bytes": answer.map_or(0, <[u8]>::len)}),
        };
        batch.push(attempt.journal(&[entry])?);
        attempt.database.batch::<IgnoredAny>(batch).await.map(drop)
    }

    async fn settle(
        &self,
        attempt: &Attempt<'_>,
        state: &str,
        next_at: Option<Timestamp>,
        why: &str,
    ) -> Result<(), Problem> {
        let statement = attempt.statement(
            "UPDATE rights_tasks SET state = ?5, next_at = ?6, failure = ?7
             WHERE controller = ?1 AND request = ?3 AND id = ?4 AND effect = ?2 AND state <> 'done'",
            vec![
                D1Type::Text(self.request.as_str()),
                D1Type::Text(self.id.as_str()),
                D1Type::Text(state),
                next_at.map_or(D1Type::Null, time),
                optional_text(Some(why)),
            ],
        )?;
        attempt.database.run(statement).await
    }
}

fn sign(secret: &str, id: &str, body: &[u8], now: Timestamp) -> Option<Vec<(&'static str, String)>> {
    let key = Key::parse(secret).ok()?;
    Authentication::StandardWebhooks(Secrets::new(key)).sign(id, body, now)
}

/// Twice as long each time, from a quarter of a minute up to six hours; in development somebody is waiting.
fn delay(environment: &Environment, attempts: u32) -> i64 {
    if environment.is_development() {
        return 500;
    }
    15_000_i64.checked_shl(attempts.min(20)).unwrap_or(i64::MAX).min(6 * 60 * 60 * 1000)
}
