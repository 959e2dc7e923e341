//! Members of staff and their sessions.

use std::sync::Arc;

use async_graphql::Result;
use nod_core::{id::ControllerId, sorted::SortedMap};

use crate::{
    database::Database,
    environment::Environment,
    graphql::shown::Shown,
    http::Problem,
    staff::{self, Member, Session, Staff, Token, views::View},
};

/// A member.
pub(in crate::graphql) fn member(
    environment: &Environment,
    controller: &ControllerId,
    member: &Member,
) -> Result<Shown, Problem> {
    Ok(Shown::Object(vec![
        ("id", (&member.id).into()),
        ("email", member.email(environment, controller)?.into()),
        ("name", member.name.as_str().into()),
        ("role", member.role().map(|role| Shown::name(role.name())).into()),
        ("createdAt", member.created_at.into()),
        ("lastSeenAt", member.last_seen_at.into()),
        ("removedAt", member.removed_at.into()),
    ]))
}

/// A token of the API, without its text.
pub(in crate::graphql) fn token(token: &Token) -> Shown {
    let scopes = token.scopes();
    Shown::Object(vec![
        ("id", (&token.id).into()),
        ("label", token.label.as_str().into()),
        ("role", token.role().map(|role| Shown::name(role.name())).into()),
        (
            "scopes",
            match scopes.only() {
                Some(scopes) => Shown::List(scopes.iter().map(|scope| Shown::name(scope.name())).collect()),
                None => Shown::Nothing,
            },
        ),
        ("createdAt", token.created_at.into()),
        ("createdBy", token.created_by.as_ref().into()),
        ("expiresAt", token.expires_at.into()),
        ("lastUsedAt", token.last_used_at.into()),
        ("revokedAt", token.revoked_at.into()),
    ])
}

/// The sessions, each with whose it is.
pub(in crate::graphql) async fn sessions(
    environment: &Environment,
    database: &Database,
    asking: &Staff,
    sessions: &[Session],
) -> Result<Vec<Shown>, Problem> {
    let mut members = SortedMap::new();
    for found in staff::members(database, &asking.controller).await? {
        members.insert(found.id.to_string(), Arc::new(member(environment, &asking.controller, &found)?));
    }
    let shown = |session: &Session| {
        Shown::Object(vec![
            ("id", (&session.id).into()),
            ("staff", members.get(session.staff.as_str()).map_or(Shown::Nothing, Into::into)),
            ("how", Shown::name(&session.how)),
            ("createdAt", session.created_at.into()),
            ("lastSeenAt", session.last_seen_at.into()),
            ("expiresAt", session.expires_at.into()),
            ("isCurrent", (asking.session.as_ref() == Some(&session.id)).into()),
        ])
    };
    Ok(sessions.iter().map(shown).collect())
}

/// A view that a member keeps.
pub(in crate::graphql) fn view(view: &View) -> Shown {
    Shown::Object(vec![
        ("id", (&view.id).into()),
        ("name", view.name.as_str().into()),
        ("page", view.page.as_str().into()),
        ("query", view.query.as_str().into()),
    ])
}
