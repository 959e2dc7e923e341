//! What the clock does: it reminds of links, ends what nobody proved, counts what was dropped, and forgets what is long over.

use nod_core::{
    id::{ControllerId, RightsRequestId, SiteKey},
    journal::{Action, Actor, Entry},
    link::Token,
    mail,
    rights::{Event, REMINDER},
    time::Timestamp,
};
use serde::{Deserialize, de::IgnoredAny};
use serde_json::json;
use worker::{D1Type, console_error};

use super::{
    act::{By, Change, Desk},
    attempt::{Attempt, Guard},
    contact::Contact,
    letters::{Letters, Sender},
    links::{self, Purpose},
    said::{self, Said},
    shred, stored,
};
use crate::{
    clock,
    database::{Database, time},
    environment::Environment,
    http::Problem,
    journal, keys,
};

/// Requests of one tick.
const MOST: i32 = 50;
const HOUR: i64 = 60 * 60 * 1000;
/// How long what was said in a request outlives its end: California has records kept for 24 months (11 CCR 7101), and no law here
/// has them kept for longer.
pub(crate) const KEPT: i64 = 731 * 24 * HOUR;

#[derive(Deserialize)]
struct Due {
    controller: ControllerId,
    id: RightsRequestId,
}

/// At each tick of the clock.
pub(crate) async fn scheduled(environment: &Environment) {
    for (what, done) in [
        ("expire", expire(environment).await),
        ("remind", remind(environment).await),
        ("drops", count_drops(environment).await),
        ("tidy", tidy(environment).await),
        ("forget", forget(environment).await),
    ] {
        if let Err(problem) = done {
            console_error!("rights: {what}: not done: {}", problem.name());
        }
    }
}

/// What nobody proved in time ends, and what was said in it goes with its key.
async fn expire(environment: &Environment) -> Result<(), Problem> {
    let (database, now) = (Database::of_environment(environment)?, clock::now()?);
    let statement = database.statement(
        "SELECT controller, id FROM rights_requests WHERE expires_at <= ?1 AND status = 'awaiting_verification' LIMIT ?2",
        &[time(now), D1Type::Integer(MOST)],
    )?;
    for Due { controller, id } in database.all(statement).await? {
        let desk = Desk { environment, database: &database, controller: &controller, by: By::System, now };
        let change = Change { event: Event::Expired, message: None };
        if let Err(why) = desk.change(&id, &change).await? {
            console_error!("rights: {id} does not expire: {why:?}");
        }
    }
    Ok(())
}

/// What was said in requests that ended long ago goes with its key. That there was a request, and what became of it, stays.
async fn forget(environment: &Environment) -> Result<(), Problem> {
    let (database, now) = (Database::of_environment(environment)?, clock::now()?);
    let statement = database.statement(
        "SELECT controller, id FROM rights_requests WHERE closed_at <= ?1 AND erased_at IS NULL LIMIT ?2",
        &[time(clock::later(now, -KEPT)), D1Type::Integer(MOST)],
    )?;
    for Due { controller, id } in database.all(statement).await? {
        let desk = Desk { environment, database: &database, controller: &controller, by: By::System, now };
        desk.forget(&id).await?;
    }
    Ok(())
}

impl Desk<'_> {
    async fn forget(&self, id: &RightsRequestId) -> Result<(), Problem> {
        let attempt = Attempt::new(self.database, self.controller, Guard::Request)?;
        let of = |sql: &str| attempt.guarded(sql, vec![D1Type::Text(id.as_str())]);
        let batch = vec![
            attempt.statement(
                "UPDATE rights_requests SET sealed = NULL, denial_note = NULL, contact_mark = NULL, erased_at = ?4,
                        version = version + 1, effect = ?2
                 WHERE controller = ?1 AND id = ?3 AND erased_at IS NULL",
                vec![D1Type::Text(id.as_str()), time(self.now)],
            )?,
            attempt.journal(&[self.entry(id, Action::RightsRequestErased, json!({"because": "kept_long_enough"}))])?,
            of("DELETE FROM rights_messages WHERE controller = ?1 AND request = ?3 AND")?,
            of("DELETE FROM rights_file_parts WHERE controller = ?1
                AND file IN (SELECT id FROM rights_files INDEXED BY rights_files_by_request WHERE controller = ?1 AND request = ?3) AND")?,
            of("DELETE FROM rights_files INDEXED BY rights_files_by_request WHERE controller = ?1 AND request = ?3 AND")?,
            of("UPDATE rights_tasks SET note = NULL WHERE controller = ?1 AND request = ?3 AND")?,
            of("UPDATE links INDEXED BY links_by_request SET mark = NULL, sealed = NULL WHERE controller = ?1 AND request = ?3 AND")?,
            shred::later(&attempt, &crate::database::json(&[id])?, self.now)?,
        ];
        self.database.batch::<IgnoredAny>(batch).await.map(drop)
    }
}

#[derive(Deserialize)]
struct Waiting {
    controller: ControllerId,
    hash: String,
    site: SiteKey,
    request: RightsRequestId,
}

/// Who has not clicked for a day is reminded, once, with a link of its own: the token of the first is nowhere but in its mail.
async fn remind(environment: &Environment) -> Result<(), Problem> {
    let (database, now) = (Database::of_environment(environment)?, clock::now()?);
    let statement = database.statement(
        "SELECT links.controller, hash, links.site, request FROM links
         JOIN rights_requests AS asked ON asked.controller = links.controller AND asked.id = links.request
         WHERE links.kind = 'verify' AND links.created_at <= ?1 AND links.expires_at > ?2 AND used_at IS NULL
           AND reminded_at IS NULL AND asked.status = 'awaiting_verification' LIMIT ?3",
        &[time(clock::later(now, -REMINDER)), time(now), D1Type::Integer(MOST)],
    )?;
    for waiting in database.all::<Waiting>(statement).await? {
        let desk = Desk { environment, database: &database, controller: &waiting.controller, by: By::System, now };
        desk.remind(&waiting).await?;
    }
    Ok(())
}

impl Desk<'_> {
    async fn remind(&self, waiting: &Waiting) -> Result<(), Problem> {
        let Some(request) = stored::get(self.database, self.controller, &waiting.request).await? else {
            return Ok(());
        };
        let key = said::key(self.environment, self.controller, &request.id).await?;
        let (Some(key), Some(sealed)) = (key, request.sealed.as_deref()) else { return Ok(()) };
        let said = Said::open(&key, self.controller, &request.id, sealed)?;
        let address = said.email.as_deref().unwrap_or_default();
        let Some(contact) = Contact::read(self.environment, self.controller, address)? else { return Ok(()) };
        let attempt = Attempt::new(self.database, self.controller, Guard::Link)?;
        let (token, state) = (Token::new(&keys::random()?), request.state()?);
        let sender = Sender::of(self.database, self.controller, Some(&waiting.site)).await?;
        let letters = Letters {
            environment: self.environment,
            sender: &sender,
            request: &request,
            state: &state,
            said: &said,
            token: Some((&token, Purpose::Verify)),
        };
        let mut batch = vec![
            attempt.statement(
                "UPDATE links SET reminded_at = ?4, effect = ?2 WHERE controller = ?1 AND hash = ?3 AND reminded_at IS NULL",
                vec![D1Type::Text(&waiting.hash), time(self.now)],
            )?,
            links::again(&attempt, &token, &waiting.hash, &contact, self.now)?,
        ];
        batch.extend(letters.post(&attempt, &key, mail::Kind::Reminder, None).await?);
        self.database.batch::<IgnoredAny>(batch).await.map(drop)
    }
}

#[derive(Deserialize)]
struct Dropped {
    controller: ControllerId,
    site: SiteKey,
    hour: Timestamp,
    reason: String,
    #[serde(rename = "dropped")]
    count: u32,
}

/// Of hours that are over the journal says how many requests were dropped.
async fn count_drops(environment: &Environment) -> Result<(), Problem> {
    let (database, now) = (Database::of_environment(environment)?, clock::now()?);
    let statement = database.statement(
        "SELECT controller, site, hour, reason, dropped FROM rights_drops WHERE hour <= ?1 LIMIT ?2",
        &[time(clock::later(now, -HOUR)), D1Type::Integer(MOST)],
    )?;
    for row in database.all::<Dropped>(statement).await? {
        let entry = Entry {
            controller: row.controller.clone(),
            at: now,
            actor: Actor::System,
            action: Action::RightsRequestsDropped,
            object: row.site.to_string(),
            detail: json!({"hour": row.hour, "reason": row.reason, "dropped": row.count}),
        };
        let place = "controller = ?1 AND site = ?2 AND hour = ?3 AND reason = ?4";
        let arguments = [
            D1Type::Text(row.controller.as_str()),
            D1Type::Text(row.site.as_str()),
            time(row.hour),
            D1Type::Text(&row.reason),
        ];
        let remove = ["DELETE FROM rights_drops WHERE ", place].concat();
        database
            .batch::<IgnoredAny>(vec![
                journal::append(
                    &database,
                    &entry,
                    "EXISTS (SELECT 1 FROM rights_drops WHERE controller = ?1 AND site = ?2)",
                )?,
                database.statement(&remove, &arguments)?,
            ])
            .await?;
    }
    Ok(())
}

/// One more that was taken in words and dropped.
pub(crate) async fn count_drop(
    database: &Database,
    controller: &ControllerId,
    site: &SiteKey,
    reason: &str,
    now: Timestamp,
) -> Result<(), Problem> {
    let hour = now.millis().checked_rem(HOUR).map_or(now, |past| clock::later(now, past.saturating_neg()));
    let statement = database.statement(
        "INSERT INTO rights_drops (controller, site, hour, reason, dropped) VALUES (?1, ?2, ?3, ?4, 1)
         ON CONFLICT DO UPDATE SET dropped = dropped + 1",
        &[D1Type::Text(controller.as_str()), D1Type::Text(site.as_str()), time(hour), D1Type::Text(reason)],
    )?;
    database.run(statement).await
}

/// Links and sessions that have ended are deleted.
async fn tidy(environment: &Environment) -> Result<(), Problem> {
    let (database, now) = (Database::of_environment(environment)?, clock::now()?);
    let day_ago = clock::later(now, -24 * HOUR);
    let statements =
        ["DELETE FROM links WHERE expires_at <= ?1", "DELETE FROM subject_sessions WHERE expires_at <= ?1"]
            .map(|sql| database.statement(sql, &[time(day_ago)]));
    database.batch::<IgnoredAny>(statements.into_iter().collect::<Result<_, _>>()?).await.map(drop)
}
