//! Links that members sign in by: made for who asks, or as an invitation; used once.

use nod_core::{
    id::{ActorId, ControllerId},
    link::Token,
    seal::Context,
    time::Timestamp,
};
use serde::Deserialize;
use worker::{D1PreparedStatement, D1Type};

use crate::{
    clock,
    database::{Database, optional_text, time},
    http::Problem,
};

const HOUR: i64 = 60 * 60 * 1000;
/// How long a link holds that somebody asked for.
pub(super) const ASKED_FOR: i64 = HOUR / 4;
/// How long an invitation holds.
pub(super) const INVITED: i64 = 7 * 24 * HOUR;
/// How many links an address gets in an hour because of one network, and of all.
const OF_A_NETWORK: i32 = 3;
const IN_AN_HOUR: i32 = 10;
/// How long one that ended is kept, so that whoever uses it late hears why it does not hold.
const KEPT: i64 = 30 * 24 * HOUR;

/// A link that is there.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Link {
    pub(super) controller: ControllerId,
    pub(super) staff: Option<ActorId>,
    sealed: Option<String>,
    pub(super) used_at: Option<Timestamp>,
    pub(super) expires_at: Timestamp,
}

impl Link {
    /// The address of an invitation, which only the token opens.
    pub(super) fn address(&self, token: &Token) -> Option<String> {
        let place = Context::new("staff_links", &self.controller, token.hash().as_str(), "sealed");
        String::from_utf8(token.key()?.open(&place, self.sealed.as_deref()?).ok()?).ok()
    }
}

/// The link of a token, whether it holds or not. The one query here that cannot take a controller: it finds out which it is.
pub(super) async fn find(database: &Database, token: &Token) -> Result<Option<Link>, Problem> {
    let statement = database.statement(
        "SELECT controller, staff, sealed, used_at, expires_at FROM staff_links WHERE hash = ?1",
        &[D1Type::Text(token.hash().as_str())],
    )?;
    database.first(statement).await
}

/// A link that is to be made.
pub(super) struct New<'a> {
    pub(super) token: &'a Token,
    pub(super) staff: &'a ActorId,
    pub(super) network: Option<&'a str>,
    pub(super) expires_at: Timestamp,
    pub(super) effect: &'a str,
}

/// The statement that makes it, unless the member has had enough of them.
pub(super) fn insert(
    database: &Database,
    controller: &ControllerId,
    new: &New<'_>,
    now: Timestamp,
) -> Result<D1PreparedStatement, Problem> {
    database.statement(
        "INSERT INTO staff_links (controller, hash, staff, network, created_at, expires_at, effect)
         SELECT ?1, ?2, id, ?4, ?5, ?6, ?7 FROM staff
         WHERE controller = ?1 AND id = ?3 AND removed_at IS NULL
           AND ?9 > (SELECT COUNT(*) FROM staff_links WHERE controller = ?1 AND staff = ?3 AND created_at > ?8)
           AND ?10 > (SELECT COUNT(*) FROM staff_links
                      WHERE controller = ?1 AND staff = ?3 AND created_at > ?8 AND network = ?4)",
        &[
            D1Type::Text(controller.as_str()),
            D1Type::Text(new.token.hash().as_str()),
            D1Type::Text(new.staff.as_str()),
            optional_text(new.network),
            time(now),
            time(new.expires_at),
            D1Type::Text(new.effect),
            time(clock::later(now, -HOUR)),
            D1Type::Integer(IN_AN_HOUR),
            D1Type::Integer(OF_A_NETWORK),
        ],
    )
}

/// What holds once an attempt has made or used its link: `?1` is the controller, `?2` the attempt.
pub(super) const TOOK_EFFECT: &str = "EXISTS (SELECT 1 FROM staff_links WHERE controller = ?1 AND effect = ?2)";

/// The statement that uses a link, once: it takes the attempt's name, and the member that an invitation made.
pub(super) fn take(
    database: &Database,
    controller: &ControllerId,
    token: &Token,
    effect: &str,
    made: Option<&ActorId>,
    now: Timestamp,
) -> Result<D1PreparedStatement, Problem> {
    database.statement(
        "UPDATE staff_links SET used_at = ?4, effect = ?2, staff = COALESCE(staff, ?5), sealed = NULL
         WHERE controller = ?1 AND hash = ?3 AND used_at IS NULL AND expires_at > ?4",
        &[
            D1Type::Text(controller.as_str()),
            D1Type::Text(effect),
            D1Type::Text(token.hash().as_str()),
            time(now),
            optional_text(made.map(ActorId::as_str)),
        ],
    )
}

/// Forgets those that ended long ago.
pub(super) async fn forget_ended(database: &Database, now: Timestamp) -> Result<(), Problem> {
    let before = time(clock::later(now, -KEPT));
    database.run(database.statement("DELETE FROM staff_links WHERE expires_at < ?1", &[before])?).await
}
