//! The requests of a controller, for staff.

use nod_core::{
    id::{ConnectionId, ControllerId, RightsRequestId},
    time::Timestamp,
};
use serde::Deserialize;
use worker::D1Type;

use crate::{
    database::{Database, optional_text},
    http::Problem,
    page::{Asked, Page, older_than},
};

/// A request, without the people that it is about.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Request {
    pub(crate) id: RightsRequestId,
    pub(crate) kind: String,
    pub(crate) status: String,
    pub(crate) connection: Option<ConnectionId>,
    pub(crate) external_reference: Option<String>,
    pub(crate) received_at: Timestamp,
    pub(crate) due_at: Timestamp,
}

/// Which requests.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    pub(crate) kind: Option<String>,
    pub(crate) status: Option<String>,
}

/// The newest first.
pub(crate) async fn list(
    database: &Database,
    controller: &ControllerId,
    filter: &Filter,
    asked: &Asked,
) -> Result<Page<Request>, Problem> {
    let [before, before_id] = older_than(asked.after.as_ref());
    let statement = database.statement(
        "SELECT id, kind, status, connection, external_reference, received_at, due_at
         FROM rights_requests
         WHERE controller = ?1 AND (?2 IS NULL OR kind = ?2) AND (?3 IS NULL OR status = ?3)
           AND (received_at, id) < (?4, ?5)
         ORDER BY received_at DESC, id DESC LIMIT ?6",
        &[
            D1Type::Text(controller.as_str()),
            optional_text(filter.kind.as_deref()),
            optional_text(filter.status.as_deref()),
            before,
            before_id,
            D1Type::Integer(asked.to_read().into()),
        ],
    )?;
    Ok(asked.page(database.all(statement).await?))
}
