//! The requests of a controller, for staff.

use nod_core::{
    id::{ControllerId, RightsRequestId},
    time::Timestamp,
};
use worker::D1Type;

use super::stored::{COLUMNS, Request};
use crate::{
    database::{self, Database, optional_text, optional_time},
    http::Problem,
    page::{Asked, Page, older_than},
};

/// Which requests.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    pub(crate) kind: Option<String>,
    pub(crate) status: Option<String>,
    pub(crate) law: Option<String>,
    /// Open ones that must be met before.
    pub(crate) due_before: Option<Timestamp>,
    pub(crate) assigned: Option<String>,
    /// Those that nobody proved, too: they may be anybody's invention.
    pub(crate) include_unverified: bool,
}

/// The newest first.
pub(crate) async fn list(
    database: &Database,
    controller: &ControllerId,
    filter: &Filter,
    asked: &Asked,
) -> Result<Page<Request>, Problem> {
    let [before, before_id] = older_than(asked.after.as_ref());
    let sql = [
        "SELECT ",
        COLUMNS,
        " FROM rights_requests
         WHERE controller = ?1 AND (?2 IS NULL OR kind = ?2) AND (?3 IS NULL OR status = ?3)
           AND (received_at, id) < (?4, ?5) AND (?7 IS NULL OR law = ?7)
           AND (?8 IS NULL OR (due_at < ?8 AND status IN ('received', 'in_progress', 'on_hold')))
           AND (?9 IS NULL OR assigned = ?9) AND (?10 OR verified_at IS NOT NULL OR kind IN ('opt_out_of_sale', 'limit_sensitive'))
         ORDER BY received_at DESC, id DESC LIMIT ?6",
    ]
    .concat();
    let statement = database.statement(
        &sql,
        &[
            D1Type::Text(controller.as_str()),
            optional_text(filter.kind.as_deref()),
            optional_text(filter.status.as_deref()),
            before,
            before_id,
            D1Type::Integer(asked.to_read().into()),
            optional_text(filter.law.as_deref()),
            optional_time(filter.due_before),
            optional_text(filter.assigned.as_deref()),
            D1Type::Integer(filter.include_unverified.into()),
        ],
    )?;
    Ok(asked.page(database.all(statement).await?))
}

/// These, in the order of the list.
pub(crate) async fn several(
    database: &Database,
    controller: &ControllerId,
    ids: &[&RightsRequestId],
) -> Result<Vec<Request>, Problem> {
    let sql = [
        "SELECT ",
        COLUMNS,
        " FROM rights_requests WHERE controller = ?1 AND id IN (SELECT value FROM json_each(?2))
         ORDER BY received_at DESC, id DESC",
    ]
    .concat();
    let ids = database::json(&ids)?;
    database.all(database.statement(&sql, &[D1Type::Text(controller.as_str()), D1Type::Text(&ids)])?).await
}
