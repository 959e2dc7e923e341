//! The journal for staff, the newest entry first.

use nod_core::{
    id::{ControllerId, Fingerprint},
    time::Timestamp,
};
use serde::Deserialize;
use worker::D1Type;

use crate::{
    database::{Database, optional_text},
    http::Problem,
    page::{Asked, Page},
};

/// An entry as it is stored.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Stored {
    /// Its place, counted from 1 without a gap.
    pub(crate) seq: i64,
    pub(crate) at: Timestamp,
    pub(crate) action: String,
    pub(crate) object: String,
    /// Its canonical JSON.
    pub(crate) entry: String,
    pub(crate) leaf: Fingerprint,
}

/// Which entries.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    pub(crate) action: Option<String>,
    pub(crate) object: Option<String>,
}

/// The newest first, behind a place that is its number.
pub(crate) async fn list(
    database: &Database,
    controller: &ControllerId,
    filter: &Filter,
    asked: &Asked<i64>,
) -> Result<Page<Stored>, Problem> {
    // No entry has the greatest number, so without a place all are behind it: the index leads straight to the first.
    const END: i64 = 9_007_199_254_740_991;
    let statement = database.statement(
        "SELECT seq, at, action, object, entry, leaf FROM journal
         WHERE controller = ?1 AND seq < ?2 AND (?3 IS NULL OR action = ?3) AND (?4 IS NULL OR object = ?4)
         ORDER BY seq DESC LIMIT ?5",
        &[
            D1Type::Text(controller.as_str()),
            number(asked.after.unwrap_or(END)),
            optional_text(filter.action.as_deref()),
            optional_text(filter.object.as_deref()),
            D1Type::Integer(asked.to_read().into()),
        ],
    )?;
    Ok(asked.page(database.all(statement).await?))
}

/// D1 takes whole numbers past 32 bits as JavaScript's.
#[expect(clippy::cast_precision_loss, reason = "no journal is as long as a JavaScript number is exact")]
fn number(seq: i64) -> D1Type<'static> {
    D1Type::Real(seq as f64)
}
