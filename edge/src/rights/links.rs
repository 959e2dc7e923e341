//! Links in mails: made with a request or for signing in, found by the hash of their token, used once.
//!
//! An address gets so many mails in an hour from one network and so many in a day from all, so that nobody can flood it. What
//! is too many is taken in words, as everything is, and dropped.

use nod_core::{
    id::{ControllerId, Fingerprint, RightsRequestId, SiteKey},
    link::Token,
    seal::Context,
    time::Timestamp,
};
use serde::Deserialize;
use worker::{D1PreparedStatement, D1Type};

use super::{attempt::Attempt, contact::Contact, stored::Request};
use crate::{
    clock,
    database::{Database, optional_text, time},
    http::Problem,
    keys,
};

const HOUR: i64 = 60 * 60 * 1000;
const DAY: i64 = 24 * HOUR;
/// How long a link to sign in holds.
pub(super) const TO_SIGN_IN: i64 = DAY;
/// How long a link that was used, or proves nothing, shows where its request stands.
pub(super) const TO_SEE: i64 = 400 * DAY;
/// Mails of one kind that an address gets in an hour because of one network.
const IN_AN_HOUR: i32 = 3;
/// Mails of one kind that an address gets in a day.
const IN_A_DAY: i32 = 10;

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    Verify,
    SignIn,
    /// It proves nothing, and shows where a request stands.
    Status,
}

impl Purpose {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Verify => "verify",
            Self::SignIn => "sign_in",
            Self::Status => "status",
        }
    }

    /// Where it leads: to the transparency centre, with the token where no server sees it.
    pub(super) fn path(self, site: &SiteKey, token: &Token) -> String {
        let fragment = match self {
            Self::Verify | Self::Status => "verify",
            Self::SignIn => "sign-in",
        };
        ["/privacy/", site.as_str(), "#", fragment, "=", token.expose()].concat()
    }
}

/// A link that is to be made.
pub(super) struct New<'a> {
    pub(super) token: &'a Token,
    pub(super) purpose: Purpose,
    pub(super) site: &'a SiteKey,
    pub(super) request: Option<&'a RightsRequestId>,
    pub(super) contact: &'a Contact,
    pub(super) network: &'a str,
    pub(super) now: Timestamp,
    pub(super) expires_at: Timestamp,
}

impl New<'_> {
    /// The statement that makes it, unless the address has had enough of its kind. Whether it did is asked by the guard
    /// [`super::attempt::Guard::Link`].
    pub(super) fn insert(&self, attempt: &Attempt<'_>) -> Result<D1PreparedStatement, Problem> {
        let hash = self.token.hash();
        let sealed = seal(attempt.controller, self.token, &self.contact.address)?;
        attempt.statement(
            "INSERT INTO links (controller, hash, kind, site, request, mark, sealed, network, created_at, expires_at, effect)
             SELECT ?1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?2
             WHERE ?14 > (SELECT COUNT(*) FROM links INDEXED BY links_by_mark WHERE controller = ?1 AND kind = ?4 AND network = ?9
                            AND mark IN (SELECT value FROM json_each(?16)) AND created_at > ?12)
               AND ?15 > (SELECT COUNT(*) FROM links INDEXED BY links_by_mark WHERE controller = ?1 AND kind = ?4
                            AND mark IN (SELECT value FROM json_each(?16)) AND created_at > ?13)",
            vec![
                D1Type::Text(hash.as_str()),
                D1Type::Text(self.purpose.name()),
                D1Type::Text(self.site.as_str()),
                optional_text(self.request.map(RightsRequestId::as_str)),
                D1Type::Text(&self.contact.mark()?),
                D1Type::Text(&sealed),
                D1Type::Text(self.network),
                time(self.now),
                time(self.expires_at),
                time(clock::later(self.now, -HOUR)),
                time(clock::later(self.now, -DAY)),
                D1Type::Integer(IN_AN_HOUR),
                D1Type::Integer(IN_A_DAY),
                D1Type::Text(&self.contact.marks()?),
            ],
        )
    }
}

/// A link that is there.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Link {
    pub(crate) controller: ControllerId,
    pub(crate) kind: String,
    pub(crate) site: SiteKey,
    pub(crate) request: Option<RightsRequestId>,
    sealed: Option<String>,
    pub(crate) expires_at: Timestamp,
    pub(crate) used_at: Option<Timestamp>,
}

impl Link {
    pub(super) fn is(&self, purpose: Purpose) -> bool {
        self.kind == purpose.name()
    }

    /// The address that it was sent to, unless the person was erased since.
    pub(super) fn address(&self, token: &Token) -> Result<Option<String>, Problem> {
        self.sealed.as_deref().map(|sealed| open(&self.controller, token, sealed)).transpose()
    }
}

/// The link of a token, if it has not ended. The one query here that cannot take a controller: it finds out which it is.
pub(crate) async fn find(database: &Database, token: &Token, now: Timestamp) -> Result<Option<Link>, Problem> {
    let statement = database.statement(
        "SELECT controller, kind, site, request, sealed, expires_at, used_at FROM links WHERE hash = ?1 AND expires_at > ?2",
        &[D1Type::Text(token.hash().as_str()), time(now)],
    )?;
    database.first(statement).await
}

/// The statement that uses a link, once; and only if the request that it proves still is what was read. The link takes the
/// attempt's name ([`super::attempt::Guard::Link`]).
pub(super) fn take(
    attempt: &Attempt<'_>,
    token: &Token,
    now: Timestamp,
    expires_at: Timestamp,
    request: Option<&Request>,
) -> Result<D1PreparedStatement, Problem> {
    attempt.statement(
        "UPDATE links SET used_at = ?4, effect = ?2, expires_at = ?5
         WHERE controller = ?1 AND hash = ?3 AND used_at IS NULL AND expires_at > ?4
           AND (?6 IS NULL OR EXISTS (SELECT 1 FROM rights_requests WHERE controller = ?1 AND id = ?6 AND version = ?7))",
        vec![
            D1Type::Text(token.hash().as_str()),
            time(now),
            time(expires_at),
            optional_text(request.map(|request| request.id.as_str())),
            D1Type::Integer(request.map(Request::version).unwrap_or_default()),
        ],
    )
}

/// The statement that makes another link for what one is for, behind the reminder that was written down there. It lasts as
/// long, and counts as no new mail.
pub(super) fn again(
    attempt: &Attempt<'_>,
    token: &Token,
    first: &str,
    contact: &Contact,
    now: Timestamp,
) -> Result<D1PreparedStatement, Problem> {
    attempt.statement(
        "INSERT INTO links
           (controller, hash, kind, site, request, mark, sealed, network, created_at, expires_at, reminded_at, effect)
         SELECT ?1, ?3, kind, site, request, ?5, ?6, NULL, created_at, expires_at, ?7, ?2
         FROM links WHERE controller = ?1 AND hash = ?4 AND effect = ?2",
        vec![
            D1Type::Text(token.hash().as_str()),
            D1Type::Text(first),
            D1Type::Text(&contact.mark()?),
            D1Type::Text(&seal(attempt.controller, token, &contact.address)?),
            time(now),
        ],
    )
}

/// An address under a token, in whatever row has the token's hash.
pub(super) fn seal(controller: &ControllerId, token: &Token, address: &str) -> Result<String, Problem> {
    Ok(key(token)?.seal(&place(controller, &token.hash()), keys::random()?, address.as_bytes()))
}

pub(super) fn open(controller: &ControllerId, token: &Token, sealed: &str) -> Result<String, Problem> {
    let plain = key(token)?.open(&place(controller, &token.hash()), sealed);
    let plain = plain.map_err(|error| Problem::internal(&error.to_string()))?;
    String::from_utf8(plain).map_err(|_| Problem::internal("a sealed address that is none"))
}

fn key(token: &Token) -> Result<nod_core::seal::ShredKey, Problem> {
    token.key().ok_or_else(|| Problem::internal("a token without a key"))
}

fn place(controller: &ControllerId, hash: &Fingerprint) -> Context {
    Context::new("links", controller, hash.as_str(), "sealed")
}
