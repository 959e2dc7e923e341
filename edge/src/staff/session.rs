//! Sessions: whoever came in, by a link or through Cloudflare Access, has one, by a cookie that no script reads. It ends after a week, or
//! after half a day in which nobody used it, or when somebody ends it; with the token of Access, and with the membership that it is of.

use nod_core::{
    id::{ActorId, ControllerId, Fingerprint, ItemId},
    link::Token,
    staff::{Role, Scopes},
    time::Timestamp,
};
use serde::Deserialize;
use worker::{D1PreparedStatement, D1Type};

use super::{
    Staff,
    refusal::{self, Refusal, Why},
};
use crate::{
    clock,
    database::{Database, time},
    http::{Call, Problem},
    keys,
};

/// `__Host-`: of this host alone, over TLS alone.
const COOKIE: &str = "__Host-nod-staff";
const HOUR: i64 = 60 * 60 * 1000;
/// How long a session lasts, in seconds.
const SECONDS: i64 = 7 * 24 * 60 * 60;
/// For how long nobody may use it.
const IDLE: i64 = 12 * HOUR;
/// How exactly it is kept when it was used last: not each call is a write.
const NOTED_EACH: i64 = 5 * 60 * 1000;
/// How long one that ended is shown.
const SHOWN: i64 = 30 * 24 * HOUR;
/// As many as are shown.
const MOST: i32 = 200;

#[derive(Deserialize)]
struct Row {
    controller: ControllerId,
    controller_name: String,
    id: ItemId,
    staff: ActorId,
    role: String,
    how: String,
    last_seen_at: Timestamp,
    expires_at: Timestamp,
    revoked_at: Option<Timestamp>,
    removed_at: Option<Timestamp>,
}

impl Row {
    /// Whether it was ended by somebody, and did not just come to its end.
    const fn is_revoked(&self) -> bool {
        self.revoked_at.is_some() || self.removed_at.is_some()
    }

    fn is_over(&self, now: Timestamp) -> bool {
        self.expires_at <= now || self.last_seen_at <= clock::later(now, -IDLE)
    }
}

/// A session as it is shown.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Session {
    pub(crate) id: ItemId,
    pub(crate) staff: ActorId,
    pub(crate) how: String,
    pub(crate) created_at: Timestamp,
    pub(crate) last_seen_at: Timestamp,
    pub(crate) expires_at: Timestamp,
}

/// Who calls, by the cookie. That one was ended and is used all the same is noted; that one is over is the way of things.
pub(super) async fn authenticate(call: &Call, database: &Database) -> Result<Option<Staff>, Problem> {
    let Some(token) = cookie(call) else { return Ok(None) };
    let now = clock::now()?;
    let Some(row) = find(database, &token).await?.filter(|row| !row.is_over(now)) else { return Ok(None) };
    if row.is_revoked() {
        let Row { controller, staff, .. } = &row;
        let refusal = Refusal { controller, who: staff.as_str(), what: "session", why: Why::Revoked };
        refusal::note(database, &[refusal]).await;
        return Ok(None);
    }
    // A role that this version does not know may do nothing.
    let Some(role) = Role::parse(&row.role) else { return Ok(None) };
    if row.last_seen_at < clock::later(now, -NOTED_EACH) {
        note(database, &row, now).await?;
    }
    let Row { controller, controller_name, id, staff: actor, how, .. } = row;
    let (session, is_by_access) = (Some(id), how == "access");
    Ok(Some(Staff { controller, controller_name, role, scopes: Scopes::All, actor, session, is_by_access }))
}

/// The session of a token, whether it holds or not. The one query here that cannot take a controller: it finds out which it is.
async fn find(database: &Database, token: &Token) -> Result<Option<Row>, Problem> {
    let statement = database.statement(
        "SELECT staff_sessions.controller, controllers.name AS controller_name, staff_sessions.id, staff_sessions.staff, staff.role,
                how, staff_sessions.last_seen_at, expires_at, revoked_at, removed_at
         FROM staff_sessions
         JOIN staff ON staff.controller = staff_sessions.controller AND staff.id = staff_sessions.staff
         JOIN controllers ON controllers.id = staff_sessions.controller
         WHERE hash = ?1",
        &[D1Type::Text(token.hash().as_str())],
    )?;
    database.first(statement).await
}

/// That it was used.
async fn note(database: &Database, row: &Row, now: Timestamp) -> Result<(), Problem> {
    let owner = D1Type::Text(row.controller.as_str());
    let session = database.statement(
        "UPDATE staff_sessions SET last_seen_at = ?3 WHERE controller = ?1 AND id = ?2",
        &[owner, D1Type::Text(row.id.as_str()), time(now)],
    )?;
    let member = database.statement(
        "UPDATE staff SET last_seen_at = ?3 WHERE controller = ?1 AND id = ?2",
        &[D1Type::Text(row.controller.as_str()), D1Type::Text(row.staff.as_str()), time(now)],
    )?;
    database.results(vec![session, member]).await.map(drop)
}

fn cookie(call: &Call) -> Option<Token> {
    let header = call.header("Cookie")?;
    let pairs = header.split(';').filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(|(name, _)| *name == COOKIE).find_map(|(_, value)| Token::parse(value))
}

/// A session that is to begin.
pub(super) struct Beginning {
    token: Token,
    pub(super) id: ItemId,
}

impl Beginning {
    pub(super) fn new() -> Result<Self, Problem> {
        Ok(Self { token: Token::new(&keys::random()?), id: ItemId::from_random(keys::random()?) })
    }

    /// The statement that begins it, behind the link that was used: `effect` is the attempt's name.
    pub(super) fn insert_by_link(
        &self,
        database: &Database,
        controller: &ControllerId,
        effect: &str,
        now: Timestamp,
    ) -> Result<D1PreparedStatement, Problem> {
        database.statement(
            "INSERT INTO staff_sessions (controller, hash, id, staff, how, created_at, last_seen_at, expires_at)
             SELECT ?1, ?3, ?4, staff, 'link', ?5, ?5, ?6 FROM staff_links INDEXED BY staff_links_by_effect
             WHERE controller = ?1 AND effect = ?2 AND used_at IS NOT NULL AND staff IS NOT NULL",
            &[
                D1Type::Text(controller.as_str()),
                D1Type::Text(effect),
                D1Type::Text(self.token.hash().as_str()),
                D1Type::Text(self.id.as_str()),
                time(now),
                time(end(now)),
            ],
        )
    }

    /// The statement that begins it for a member whom Cloudflare Access let pass, unless a session of the same token (`proof`) was
    /// ended: that one begins none.
    pub(super) fn insert_by_access(
        &self,
        database: &Database,
        controller: &ControllerId,
        staff: &ActorId,
        proof: &Fingerprint,
        until: Timestamp,
        now: Timestamp,
    ) -> Result<D1PreparedStatement, Problem> {
        database.statement(
            "INSERT INTO staff_sessions (controller, hash, id, staff, how, created_at, last_seen_at, expires_at, proof)
             SELECT ?1, ?3, ?4, id, 'access', ?5, ?5, ?6, ?7 FROM staff
             WHERE controller = ?1 AND id = ?2 AND removed_at IS NULL
               AND NOT EXISTS (SELECT 1 FROM staff_sessions INDEXED BY staff_sessions_by_staff
                               WHERE controller = ?1 AND staff = ?2 AND proof = ?7 AND revoked_at IS NOT NULL)",
            &[
                D1Type::Text(controller.as_str()),
                D1Type::Text(staff.as_str()),
                D1Type::Text(self.token.hash().as_str()),
                D1Type::Text(self.id.as_str()),
                time(now),
                time(end(now).min(until)),
                D1Type::Text(proof.as_str()),
            ],
        )
    }

    /// What the browser is told.
    pub(super) fn set_cookie(&self) -> String {
        set_cookie(self.token.expose(), &SECONDS.to_string())
    }

    /// The same of one that ends with what it began by.
    pub(super) fn set_cookie_until(&self, until: Timestamp, now: Timestamp) -> String {
        let seconds = until.millis().saturating_sub(now.millis()).div_euclid(1000).clamp(0, SECONDS);
        set_cookie(self.token.expose(), &seconds.to_string())
    }
}

/// When one that begins now is over.
fn end(now: Timestamp) -> Timestamp {
    clock::later(now, SECONDS.saturating_mul(1000))
}

/// What ends the browser's part of a session.
pub(crate) fn unset_cookie() -> String {
    set_cookie("", "0")
}

/// Strict: no page of anybody else's brings it along, and ours asks the API itself once it is there.
fn set_cookie(value: &str, age: &str) -> String {
    [COOKIE, "=", value, "; Path=/; Max-Age=", age, "; Secure; HttpOnly; SameSite=Strict"].concat()
}

/// The live sessions, the newest first: a member's, or everybody's.
pub(crate) async fn list(
    database: &Database,
    controller: &ControllerId,
    staff: Option<&ActorId>,
    now: Timestamp,
) -> Result<Vec<Session>, Problem> {
    let statement = database.statement(
        "SELECT id, staff, how, created_at, last_seen_at, expires_at FROM staff_sessions
         WHERE controller = ?1 AND (?2 IS NULL OR staff = ?2) AND revoked_at IS NULL AND expires_at > ?3 AND last_seen_at > ?4
         ORDER BY created_at DESC, id LIMIT ?5",
        &[
            D1Type::Text(controller.as_str()),
            crate::database::optional_text(staff.map(ActorId::as_str)),
            time(now),
            time(clock::later(now, -IDLE)),
            D1Type::Integer(MOST),
        ],
    )?;
    database.all(statement).await
}

/// The statement that ends a session; a member's own only, where `staff` says whose.
pub(crate) fn revoke(
    database: &Database,
    controller: &ControllerId,
    id: &ItemId,
    staff: Option<&ActorId>,
    now: Timestamp,
) -> Result<D1PreparedStatement, Problem> {
    database.statement(
        "UPDATE staff_sessions SET revoked_at = ?3
         WHERE controller = ?1 AND id = ?2 AND revoked_at IS NULL AND (?4 IS NULL OR staff = ?4) RETURNING id",
        &[
            D1Type::Text(controller.as_str()),
            D1Type::Text(id.as_str()),
            time(now),
            crate::database::optional_text(staff.map(ActorId::as_str)),
        ],
    )
}

/// Forgets those that ended long ago.
pub(super) async fn forget_ended(database: &Database, now: Timestamp) -> Result<(), Problem> {
    let before = time(clock::later(now, -SHOWN));
    database.run(database.statement("DELETE FROM staff_sessions WHERE expires_at < ?1", &[before])?).await
}
