//! Tokens of the API: programs that act for the controller.

use nod_core::{
    id::{ActorId, ControllerId},
    staff::{Role, Scopes, StaffToken},
    time::Timestamp,
};
use serde::Deserialize;
use worker::D1Type;

use super::{
    Credentials, Staff,
    refusal::{self, Refusal, Why},
};
use crate::{
    clock,
    database::{Database, time},
    http::Problem,
};

/// How exactly it is kept when one was used last: not each call is a write.
const NOTED_EACH: i64 = 5 * 60 * 1000;

#[derive(Deserialize)]
struct Row {
    controller: ControllerId,
    controller_name: String,
    id: ActorId,
    role: String,
    scopes: Option<String>,
    last_used_at: Option<Timestamp>,
    expires_at: Option<Timestamp>,
    revoked_at: Option<Timestamp>,
}

impl Row {
    /// Why it holds no more.
    fn is_over(&self, now: Timestamp) -> Option<Why> {
        if self.revoked_at.is_some() {
            Some(Why::Revoked)
        } else {
            self.expires_at.is_some_and(|end| end <= now).then_some(Why::Expired)
        }
    }
}

/// Whose token the header brings. It is found by its hash, so no comparison can give it away piece by piece.
pub(super) async fn authenticate(database: &Database, header: &str) -> Result<Credentials, Problem> {
    let Some(token) = bearer(header) else { return Ok(Credentials::Invalid) };
    let (row, now) = (find(database, &token).await?, clock::now()?);
    let is_noted = row.as_ref().and_then(|row| row.last_used_at).is_some_and(|at| at > clock::later(now, -NOTED_EACH));
    if let Some((row, why)) = row.as_ref().and_then(|row| Some((row, row.is_over(now)?))) {
        let refusal = Refusal { controller: &row.controller, who: row.id.as_str(), what: "token", why };
        refusal::note(database, &[refusal]).await;
    }
    let credentials = judge(row, now);
    if let (Credentials::Valid(staff), false) = (&credentials, is_noted) {
        note(database, staff, now).await?;
    }
    Ok(credentials)
}

/// RFC 6750: the scheme's name in any case, one space, the token.
fn bearer(header: &str) -> Option<StaffToken> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| StaffToken::parse(token)).flatten()
}

/// A query that cannot take a controller: it finds out which it is.
async fn find(database: &Database, token: &StaffToken) -> Result<Option<Row>, Problem> {
    let statement = database.statement(
        "SELECT staff_tokens.controller, controllers.name AS controller_name, staff_tokens.id, role, scopes,
                last_used_at, expires_at, revoked_at
         FROM staff_tokens JOIN controllers ON controllers.id = staff_tokens.controller
         WHERE hash = ?1",
        &[D1Type::Text(token.hash().as_str())],
    )?;
    database.first(statement).await
}

/// That it was used.
async fn note(database: &Database, staff: &Staff, now: Timestamp) -> Result<(), Problem> {
    let statement = database.statement(
        "UPDATE staff_tokens SET last_used_at = ?3 WHERE controller = ?1 AND id = ?2",
        &[D1Type::Text(staff.controller.as_str()), D1Type::Text(staff.actor.as_str()), time(now)],
    )?;
    database.run(statement).await
}

fn judge(row: Option<Row>, now: Timestamp) -> Credentials {
    let Some(row) = row.filter(|row| row.is_over(now).is_none()) else { return Credentials::Invalid };
    // A role that this version does not know may do nothing.
    let Some(role) = Role::parse(&row.role) else { return Credentials::Invalid };
    let scopes = Scopes::parse(row.scopes.as_deref());
    let Row { controller, controller_name, id: actor, .. } = row;
    Credentials::Valid(Staff { controller, controller_name, role, scopes, actor, session: None, is_by_access: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i64) -> Option<Timestamp> {
        Timestamp::from_millis(millis)
    }

    fn verdict(role: &str, expires_at: Option<i64>, revoked_at: Option<i64>, now: i64) -> Option<bool> {
        let row = Row {
            controller: ControllerId::parse("demo")?,
            controller_name: "Demo".to_owned(),
            id: ActorId::from_random([1; 16]),
            role: role.to_owned(),
            scopes: None,
            last_used_at: None,
            expires_at: expires_at.and_then(at),
            revoked_at: revoked_at.and_then(at),
        };
        Some(matches!(judge(Some(row), at(now)?), Credentials::Valid(_)))
    }

    #[test]
    fn a_token_counts_until_it_expires_or_is_revoked() {
        assert_eq!(verdict("viewer", None, None, 5), Some(true));
        assert_eq!(verdict("viewer", Some(6), None, 5), Some(true));
        assert_eq!(verdict("viewer", Some(5), None, 5), Some(false));
        assert_eq!(verdict("viewer", None, Some(1), 5), Some(false));
        assert_eq!(verdict("janitor", None, None, 5), Some(false));
    }

    #[test]
    fn a_token_comes_as_a_bearer_token_of_its_form() {
        let token = StaffToken::new(&ActorId::from_random([1; 16]), &[2; 32]);
        let text = token.expose();
        for header in [format!("Bearer {text}"), format!("bearer {text}")] {
            assert_eq!(bearer(&header).map(|token| token.hash()), Some(token.hash()));
        }
        for header in
            [String::new(), text.to_owned(), format!("Basic {text}"), format!("Bearer  {text}"), "Bearer x".into()]
        {
            assert!(bearer(&header).is_none(), "{header}");
        }
    }
}
