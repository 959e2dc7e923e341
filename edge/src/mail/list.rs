//! What was written about a request, and what became of it.

use nod_core::{
    id::{ControllerId, RightsRequestId},
    time::Timestamp,
};
use serde::Deserialize;
use worker::D1Type;

use crate::{database::Database, http::Problem};

/// A mail, without what it says.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Stored {
    pub(crate) kind: String,
    pub(crate) at: Timestamp,
    /// `queued`, `sent`, `dead`, `bounced`, `suppressed`.
    pub(crate) state: String,
    /// Why it did not arrive, or waits.
    pub(crate) failure: Option<String>,
}

/// The mails of a request, in their order.
pub(crate) async fn of_request(
    database: &Database,
    controller: &ControllerId,
    request: &RightsRequestId,
) -> Result<Vec<Stored>, Problem> {
    let statement = database.statement(
        "SELECT kind, created_at AS at, state, failure FROM mail_outbox INDEXED BY mail_outbox_by_request WHERE controller = ?1 AND request = ?2
         ORDER BY created_at, id LIMIT 200",
        &[D1Type::Text(controller.as_str()), D1Type::Text(request.as_str())],
    )?;
    database.all(statement).await
}
