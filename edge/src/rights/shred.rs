//! The keys of what an erased person said are deleted, and with them every copy of it: D1 keeps its own past for a month. The key of
//! the request that was met waits until the mail that says so has left.

use nod_core::{
    id::{ControllerId, RightsRequestId},
    time::Timestamp,
};
use serde::de::IgnoredAny;
use worker::{D1PreparedStatement, D1Type};

use super::{attempt::Attempt, said};
use crate::{
    database::{Database, time},
    environment::Environment,
    http::Problem,
    keys::shred,
};

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shredded {
    Done,
    /// A mail has not left yet.
    Waits,
}

/// The statement that has the keys of `requests`, a JSON list, deleted soon, behind the attempt's effect.
pub(super) fn later(attempt: &Attempt<'_>, requests: &str, now: Timestamp) -> Result<D1PreparedStatement, Problem> {
    attempt.guarded(
        "INSERT OR IGNORE INTO outbox (controller, kind, object, created_at, next_at)
         SELECT ?1, 'rights', 'shred/' || value, ?4, ?4 FROM json_each(?3) WHERE",
        vec![D1Type::Text(requests), time(now)],
    )
}

/// Deletes a request's key.
pub(crate) async fn run(
    environment: &Environment,
    database: &Database,
    controller: &ControllerId,
    request: &RightsRequestId,
) -> Result<Shredded, Problem> {
    let statement =
        |sql: &str| database.statement(sql, &[D1Type::Text(controller.as_str()), D1Type::Text(request.as_str())]);
    let waiting = statement(
        "SELECT 1 FROM mail_outbox INDEXED BY mail_outbox_by_request WHERE controller = ?1 AND request = ?2 AND state = 'queued' LIMIT 1",
    )?;
    if database.first::<IgnoredAny>(waiting).await?.is_some() {
        return Ok(Shredded::Waits);
    }
    shred::forget(environment, &said::key_name(controller, request)).await?;
    // The provider's number of a mail leads to its address.
    let mails = statement(
        "UPDATE mail_outbox INDEXED BY mail_outbox_by_request SET sealed = NULL, provider_id = NULL WHERE controller = ?1 AND request = ?2",
    )?;
    database.run(mails).await?;
    Ok(Shredded::Done)
}
