//! How many requests there are to be met, and how soon.

use nod_core::{id::ControllerId, time::Timestamp};
use serde::{Deserialize, de::DeserializeOwned};
use worker::{D1Result, D1Type};

use super::list::{OPEN, SHOWN};
use crate::{
    clock,
    database::{Database, time},
    http::Problem,
};

/// Soon is within a week.
const SOON: i64 = 7 * 24 * 60 * 60 * 1000;

/// Open requests of one kind.
#[derive(Debug, Deserialize)]
pub(crate) struct OfKind {
    pub(crate) kind: String,
    pub(crate) open: i64,
    pub(crate) due_soon: i64,
    pub(crate) overdue: i64,
    pub(crate) on_hold: i64,
    pub(crate) unassigned: i64,
}

/// What there is to do.
#[derive(Debug)]
pub(crate) struct Summary {
    pub(crate) by_kind: Vec<OfKind>,
    /// Those that nobody proved yet.
    pub(crate) unverified: i64,
}

#[derive(Deserialize)]
struct Unverified {
    unverified: i64,
}

/// Of everything that is open now.
pub(crate) async fn summary(
    database: &Database,
    controller: &ControllerId,
    now: Timestamp,
) -> Result<Summary, Problem> {
    let sql = [
        "SELECT kind, COUNT(*) AS open, SUM(due_at >= ?2 AND due_at < ?3) AS due_soon, SUM(due_at < ?2) AS overdue,
                SUM(status = 'on_hold') AS on_hold, SUM(assigned IS NULL) AS unassigned
         FROM rights_requests INDEXED BY rights_requests_open_due WHERE controller = ?1",
        OPEN,
        SHOWN,
        " GROUP BY kind ORDER BY open DESC, kind",
    ]
    .concat();
    let of = D1Type::Text(controller.as_str());
    let open = database.statement(&sql, &[of, time(now), time(clock::later(now, SOON))])?;
    let unverified = database.statement(
        "SELECT COUNT(*) AS unverified FROM rights_requests INDEXED BY rights_requests_status_newest
         WHERE controller = ?1 AND status = 'awaiting_verification'",
        &[D1Type::Text(controller.as_str())],
    )?;
    let results = database.results(vec![open, unverified]).await?;
    let mut results = results.iter();
    let by_kind = results.next().map_or_else(|| Ok(Vec::new()), rows)?;
    let unverified = results.next().map_or_else(|| Ok(Vec::new()), rows::<Unverified>)?;
    Ok(Summary { by_kind, unverified: unverified.first().map_or(0, |row| row.unverified) })
}

fn rows<Row: DeserializeOwned>(result: &D1Result) -> Result<Vec<Row>, Problem> {
    Ok(result.results()?)
}
