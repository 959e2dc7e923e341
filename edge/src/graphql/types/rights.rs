//! Rights requests as staff see them.

use super::connection::Known;
use crate::{graphql::shown::Shown, rights::Request};

/// A request with its connection, which is among the known ones if it is asked for.
pub(in crate::graphql) fn shown(request: &Request, known: &Known) -> Shown {
    Shown::Object(vec![
        ("id", (&request.id).into()),
        ("kind", Shown::name(&request.kind)),
        ("status", Shown::name(&request.status)),
        ("receivedAt", request.received_at.into()),
        ("dueAt", request.due_at.into()),
        ("externalReference", request.external_reference.as_deref().into()),
        ("connection", request.connection.as_ref().map(|id| known.shown(id)).into()),
    ])
}
