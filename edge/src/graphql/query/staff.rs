//! Who works here.

use nod_core::staff::Role;

use crate::{
    clock,
    database::Database,
    graphql::{
        fields::{Asked, Work},
        shown::Shown,
        types::staff as types,
    },
    staff,
};

/// `staff`
pub(in crate::graphql) fn staff(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let (controller, call) = (asked.session.controller()?, asked.session.call());
        let members = staff::members(&Database::of(call)?, controller).await?;
        let shown = members.iter().map(|member| types::member(&call.environment, controller, member));
        Ok(Shown::List(shown.collect::<Result<_, _>>()?))
    })
}

/// `staffSessions`
pub(in crate::graphql) fn staff_sessions(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let (asking, call) = (asked.session.staff()?, asked.session.call());
        let database = Database::of(call)?;
        let whose = (asking.role < Role::Owner).then_some(&asking.actor);
        let sessions = staff::sessions(&database, &asking.controller, whose, clock::now()?).await?;
        Ok(Shown::List(types::sessions(&call.environment, &database, asking, &sessions).await?))
    })
}

/// `staffTokens`
pub(in crate::graphql) fn staff_tokens(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let tokens = staff::tokens(&Database::of(asked.session.call())?, asked.session.controller()?).await?;
        Ok(Shown::List(tokens.iter().map(types::token).collect()))
    })
}
