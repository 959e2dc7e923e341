//! Tokens of the API are made and ended. The token itself is shown once: kept is its SHA-256.

use std::fmt;

use nod_core::{
    id::{ActorId, ControllerId},
    journal::{Action, Actor, Entry},
    staff::{Grant, Role, Scopes, StaffToken, Ungranted, Wish},
    time::Timestamp,
};
use serde::Deserialize;
use serde_json::{Value, json};
use worker::{D1PreparedStatement, D1Type};

use super::Manager;
use crate::{
    clock,
    database::{Database, optional_text, time},
    http::Problem,
    journal, keys,
};

/// As many as may live at once.
const MOST: i32 = 100;
/// As many as are shown; those that live come first.
const SHOWN: i32 = 300;
const COLUMNS: &str = "id, label, role, scopes, created_at, created_by, expires_at, last_used_at, revoked_at";

/// A token as it is shown.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Token {
    pub(crate) id: ActorId,
    pub(crate) label: String,
    role: String,
    scopes: Option<String>,
    pub(crate) created_at: Timestamp,
    pub(crate) created_by: Option<ActorId>,
    pub(crate) expires_at: Option<Timestamp>,
    pub(crate) last_used_at: Option<Timestamp>,
    pub(crate) revoked_at: Option<Timestamp>,
}

impl Token {
    pub(crate) fn role(&self) -> Option<Role> {
        Role::parse(&self.role)
    }

    pub(crate) fn scopes(&self) -> Scopes {
        Scopes::parse(self.scopes.as_deref())
    }
}

/// Why a token was not made, or not ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotIssued {
    Ungranted(Ungranted),
    TooMany,
    Unknown,
}

impl NotIssued {
    /// The code that the API uses.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Ungranted(Ungranted::Label) => "INVALID_LENGTH",
            Self::Ungranted(Ungranted::Role) => "ROLE_TOO_HIGH",
            Self::Ungranted(Ungranted::NoScope) => "NO_SCOPE",
            Self::Ungranted(Ungranted::Scopes) => "SCOPE_TOO_WIDE",
            Self::Ungranted(Ungranted::Expiry) => "INVALID_EXPIRY",
            Self::TooMany => "TOO_MANY",
            Self::Unknown => "UNKNOWN_TOKEN",
        }
    }

    /// The part of the input that it is about.
    pub(crate) const fn field(self) -> &'static str {
        match self {
            Self::Ungranted(Ungranted::Label) | Self::TooMany => "label",
            Self::Ungranted(Ungranted::Role) => "role",
            Self::Ungranted(Ungranted::NoScope | Ungranted::Scopes) => "scopes",
            Self::Ungranted(Ungranted::Expiry) => "expiresAt",
            Self::Unknown => "id",
        }
    }
}

impl fmt::Display for NotIssued {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ungranted(Ungranted::Label) => write!(out, "The label has between 1 and {} characters.", Wish::LABEL),
            Self::Ungranted(Ungranted::Role) => {
                out.write_str("The role is greater than your own. Choose one that is not.")
            }
            Self::Ungranted(Ungranted::NoScope) => {
                out.write_str("Choose at least one scope, or leave `scopes` out for all that the role may.")
            }
            Self::Ungranted(Ungranted::Scopes) => {
                out.write_str("The token would reach where yours does not. Name scopes that your own token has.")
            }
            Self::Ungranted(Ungranted::Expiry) => {
                write!(out, "A token ends in the future, and at most {} days away. Choose such a time.", Wish::DAYS)
            }
            Self::TooMany => write!(out, "There are {MOST} tokens that hold. Revoke one that nobody needs first."),
            Self::Unknown => out.write_str("There is no token with this id. Look it up under `staffTokens`."),
        }
    }
}

impl Manager<'_> {
    /// Makes a token, and gives it with its text.
    pub(crate) async fn issue(&self, wish: Wish<'_>) -> Result<Result<(Token, StaffToken), NotIssued>, Problem> {
        let now = clock::now()?;
        let grant = match wish.granted_by(self.staff.role, &self.staff.scopes, now) {
            Ok(grant) => grant,
            Err(why) => return Ok(Err(NotIssued::Ungranted(why))),
        };
        let id = ActorId::from_random(keys::random()?);
        let token = StaffToken::new(&id, &keys::random()?);
        let detail = json!({
            "by": self.staff.actor, "role": grant.role.name(), "scopes": grant.scopes.stored(),
            "expires_at": grant.expires_at.rfc3339(),
        });
        let is_made = "EXISTS (SELECT 1 FROM staff_tokens WHERE controller = ?1 AND id = ?2)";
        let batch = vec![
            self.insert_token(&id, &token, &grant, now)?,
            journal::append(self.database, &self.of_token(Action::StaffTokenCreated, &id, detail, now), is_made)?,
            one(self.database, &self.staff.controller, &id)?,
        ];
        let made = self.database.batch::<Token>(batch).await?;
        Ok(made.map(|made| (made, token)).ok_or(NotIssued::TooMany))
    }

    fn insert_token(
        &self,
        id: &ActorId,
        token: &StaffToken,
        grant: &Grant,
        now: Timestamp,
    ) -> Result<D1PreparedStatement, Problem> {
        self.database.statement(
            "INSERT INTO staff_tokens (controller, id, role, label, hash, created_at, expires_at, scopes, created_by)
             SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9
             WHERE ?10 > (SELECT COUNT(*) FROM staff_tokens
                          WHERE controller = ?1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?6))",
            &[
                D1Type::Text(self.staff.controller.as_str()),
                D1Type::Text(id.as_str()),
                D1Type::Text(grant.role.name()),
                D1Type::Text(&grant.label),
                D1Type::Text(token.hash().as_str()),
                time(now),
                time(grant.expires_at),
                optional_text(grant.scopes.stored().as_deref()),
                D1Type::Text(self.staff.actor.as_str()),
                D1Type::Integer(MOST),
            ],
        )
    }

    /// Ends a token. One that was ended before stays as it was.
    pub(crate) async fn revoke_token(&self, id: &ActorId) -> Result<Result<Token, NotIssued>, Problem> {
        let (controller, now) = (&self.staff.controller, clock::now()?);
        let is_live = "EXISTS (SELECT 1 FROM staff_tokens WHERE controller = ?1 AND id = ?2 AND revoked_at IS NULL)";
        let entry = self.of_token(Action::StaffTokenRevoked, id, json!({"by": self.staff.actor}), now);
        let batch = vec![
            // In front of its effect, and under the same condition.
            journal::append(self.database, &entry, is_live)?,
            self.database.statement(
                "UPDATE staff_tokens SET revoked_at = ?3 WHERE controller = ?1 AND id = ?2 AND revoked_at IS NULL",
                &[D1Type::Text(controller.as_str()), D1Type::Text(id.as_str()), time(now)],
            )?,
            one(self.database, controller, id)?,
        ];
        Ok(self.database.batch::<Token>(batch).await?.ok_or(NotIssued::Unknown))
    }

    fn of_token(&self, action: Action, id: &ActorId, detail: Value, at: Timestamp) -> Entry {
        let (controller, object) = (self.staff.controller.clone(), id.to_string());
        Entry { controller, at, actor: Actor::Staff, action, object, detail }
    }
}

fn one(database: &Database, controller: &ControllerId, id: &ActorId) -> Result<D1PreparedStatement, Problem> {
    let sql = ["SELECT ", COLUMNS, " FROM staff_tokens WHERE controller = ?1 AND id = ?2"].concat();
    database.statement(&sql, &[D1Type::Text(controller.as_str()), D1Type::Text(id.as_str())])
}

/// The tokens: those that were not revoked first, and of them the newest.
pub(crate) async fn list(database: &Database, controller: &ControllerId) -> Result<Vec<Token>, Problem> {
    let rest = " FROM staff_tokens WHERE controller = ?1 ORDER BY revoked_at IS NOT NULL, created_at DESC, id LIMIT ?2";
    let sql = ["SELECT ", COLUMNS, rest].concat();
    database.all(database.statement(&sql, &[D1Type::Text(controller.as_str()), D1Type::Integer(SHOWN)])?).await
}
