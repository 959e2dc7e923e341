//! Data-subject sessions: whoever proved an address has one for a day, by a cookie that no script reads.

use nod_core::{
    id::{ControllerId, ItemId, SiteKey},
    link::Token,
    time::Timestamp,
};
use serde::Deserialize;
use worker::{D1PreparedStatement, D1Type};

use super::{attempt::Attempt, contact::Contact, links};
use crate::{
    clock,
    database::{Database, time},
    http::{Call, Problem},
    keys,
};

/// `__Host-`: of this host alone, over TLS alone.
const COOKIE: &str = "__Host-nod-subject";
/// How long a session lasts, in seconds.
const SECONDS: i64 = 24 * 60 * 60;

/// Who has proven an address, and to whom.
#[derive(Clone, Debug)]
pub(crate) struct Subject {
    pub(crate) controller: ControllerId,
    pub(crate) site: SiteKey,
    pub(crate) email: String,
    pub(crate) id: String,
}

#[derive(Deserialize)]
struct Row {
    controller: ControllerId,
    site: SiteKey,
    sealed: String,
    id: String,
}

/// Who calls, by the cookie. One that is unknown, ended or malformed is none: pages are shown to anybody.
pub(crate) async fn authenticate(call: &Call) -> Result<Option<Subject>, Problem> {
    let Some(token) = cookie(call) else { return Ok(None) };
    let database = Database::of(call)?;
    let statement = database.statement(
        "SELECT controller, site, sealed, id FROM subject_sessions
         WHERE hash = ?1 AND revoked_at IS NULL AND expires_at > ?2",
        &[D1Type::Text(token.hash().as_str()), time(clock::now()?)],
    )?;
    let Some(Row { controller, site, sealed, id }) = database.first(statement).await? else { return Ok(None) };
    let email = links::open(&controller, &token, &sealed)?;
    Ok(Some(Subject { controller, site, email, id }))
}

fn cookie(call: &Call) -> Option<Token> {
    let header = call.header("Cookie")?;
    let pairs = header.split(';').filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(|(name, _)| *name == COOKIE).find_map(|(_, value)| Token::parse(value))
}

/// A session that is to begin.
pub(crate) struct Beginning {
    token: Token,
    pub(super) id: ItemId,
}

impl Beginning {
    pub(super) fn new() -> Result<Self, Problem> {
        Ok(Self { token: Token::new(&keys::random()?), id: ItemId::from_random(keys::random()?) })
    }

    /// The statement that begins it, behind the proof.
    pub(super) fn insert(
        &self,
        attempt: &Attempt<'_>,
        site: &SiteKey,
        contact: &Contact,
        now: Timestamp,
    ) -> Result<D1PreparedStatement, Problem> {
        let sealed = links::seal(attempt.controller, &self.token, &contact.address)?;
        attempt.guarded(
            "INSERT INTO subject_sessions (controller, hash, id, site, mark, sealed, created_at, expires_at)
             SELECT ?1, ?3, ?4, ?5, ?6, ?7, ?8, ?9 WHERE",
            vec![
                D1Type::Text(self.token.hash().as_str()),
                D1Type::Text(self.id.as_str()),
                D1Type::Text(site.as_str()),
                D1Type::Text(&contact.mark()?),
                D1Type::Text(&sealed),
                time(now),
                time(clock::later(now, SECONDS.saturating_mul(1000))),
            ],
        )
    }

    /// What the browser is told.
    pub(crate) fn set_cookie(&self) -> String {
        set_cookie(self.token.expose(), &SECONDS.to_string())
    }
}

/// What ends the browser's part of a session.
pub(crate) fn unset_cookie() -> String {
    set_cookie("", "0")
}

fn set_cookie(value: &str, age: &str) -> String {
    [COOKIE, "=", value, "; Path=/; Max-Age=", age, "; Secure; HttpOnly; SameSite=Lax"].concat()
}

/// Ends a session.
pub(crate) async fn revoke(database: &Database, subject: &Subject) -> Result<(), Problem> {
    let statement = database.statement(
        "UPDATE subject_sessions SET revoked_at = ?3 WHERE controller = ?1 AND id = ?2 AND revoked_at IS NULL",
        &[D1Type::Text(subject.controller.as_str()), D1Type::Text(&subject.id), time(clock::now()?)],
    )?;
    database.run(statement).await
}
