//! Owners make tokens of the API, and end them.

use nod_core::{
    id::ActorId,
    staff::{Scope, Wish},
};

use super::{UserError, done, refused, staff::role};
use crate::{
    database::Database,
    graphql::{
        fields::{Asked, Work},
        query::rights::moment,
        types::staff as types,
    },
    staff::{Manager, NotIssued},
};

/// `createStaffToken`
pub(in crate::graphql) fn create_staff_token(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let input = asked.input()?;
        let scopes = input.names("scopes");
        let wish = Wish {
            label: input.must("label"),
            role: role(input),
            scopes: scopes.map(|names| names.iter().filter_map(|name| Scope::parse(name)).collect()),
            expires_at: input.text("expiresAt").map(moment).transpose()?,
        };
        let (call, staff) = (asked.session.call(), asked.session.staff()?);
        let database = Database::of(call)?;
        let manager = Manager { environment: &call.environment, database: &database, staff, origin: "" };
        Ok(match manager.issue(wish).await? {
            Ok((token, secret)) => done(vec![("staffToken", types::token(&token)), ("secret", secret.expose().into())]),
            Err(why) => refused(why),
        })
    })
}

/// `revokeStaffToken`
pub(in crate::graphql) fn revoke_staff_token(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let Some(id) = ActorId::parse(asked.input()?.must("id")) else { return Ok(refused(NotIssued::Unknown)) };
        let (call, staff) = (asked.session.call(), asked.session.staff()?);
        let database = Database::of(call)?;
        let manager = Manager { environment: &call.environment, database: &database, staff, origin: "" };
        Ok(match manager.revoke_token(&id).await? {
            Ok(token) => done(vec![("staffToken", types::token(&token))]),
            Err(why) => refused(why),
        })
    })
}

impl From<NotIssued> for UserError {
    fn from(why: NotIssued) -> Self {
        Self { field: why.field(), code: why.code(), sentence: why.to_string() }
    }
}
