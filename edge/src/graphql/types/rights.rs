//! Rights requests as staff see them.

use std::sync::Arc;

use async_graphql::{ID, InputObject, SimpleObject};

use super::{WebhookConnection, connection::Known};
use crate::{
    graphql::{
        names::{RightsKind, RightsStatus},
        time::DateTime,
    },
    http::Problem,
    identity, rights,
};

/// Which requests.
#[derive(Default, InputObject)]
pub(in crate::graphql) struct RightsRequestFilter {
    /// Those that ask for this.
    pub(in crate::graphql) kind: Option<RightsKind>,
    /// Those that stand there.
    pub(in crate::graphql) status: Option<RightsStatus>,
}

/// A data subject's request.
#[derive(SimpleObject)]
pub(in crate::graphql) struct RightsRequest {
    /// Its id.
    id: ID,
    /// What it asks for.
    kind: RightsKind,
    /// Where it stands.
    status: RightsStatus,
    /// When it arrived.
    received_at: DateTime,
    /// When it must be met.
    due_at: DateTime,
    /// The platform's number of it.
    external_reference: Option<String>,
    /// The platform that asks in the person's name.
    connection: Option<Arc<WebhookConnection>>,
}

impl RightsRequest {
    /// A request with its connection, which is among the known ones if it is asked for.
    pub(in crate::graphql) fn new(request: rights::Request, known: &Known) -> Result<Self, Problem> {
        let unknown = || Problem::internal("a rights request of an unknown kind or status");
        Ok(Self {
            id: request.id.into(),
            kind: RightsKind::read(&request.kind).ok_or_else(unknown)?,
            status: RightsStatus::read(&request.status).ok_or_else(unknown)?,
            received_at: request.received_at.into(),
            due_at: request.due_at.into(),
            external_reference: request.external_reference,
            connection: request.connection.and_then(|id| known.get(&id).cloned()),
        })
    }

    /// The same, of a person's profile.
    pub(super) fn of_profile(request: identity::Request, known: &Known) -> Result<Self, Problem> {
        let identity::Request { id, kind, status, connection, external_reference, received_at, due_at } = request;
        Self::new(rights::Request { id, kind, status, connection, external_reference, received_at, due_at }, known)
    }
}
