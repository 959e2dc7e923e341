//! What was counted of a site's events in a period, for staff.

use nod_core::{
    id::{ControllerId, SiteKey},
    time::Timestamp,
};
use serde::Deserialize;
use worker::{D1PreparedStatement, D1Type};

use crate::{
    database::{Database, rows, time},
    http::Problem,
    period::Period,
};

/// The most rows of one kind that an answer may have.
pub(crate) const MOST_ROWS: usize = 20_000;

/// What of it is wanted.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a part of its own, which is asked for or not")]
pub(crate) struct Wanted {
    pub(crate) hours: bool,
    pub(crate) breakdowns: bool,
    pub(crate) days: bool,
    pub(crate) purposes: bool,
    pub(crate) before: bool,
}

/// What was counted.
#[derive(Debug)]
pub(crate) struct Summary {
    pub(crate) dropped: i64,
    pub(crate) visits: i64,
    /// The most frequent first.
    pub(crate) events: Vec<Count>,
    /// In order of time.
    pub(crate) hours: Vec<Hour>,
    /// By event and property, the most frequent value first.
    pub(crate) breakdowns: Vec<Breakdown>,
    /// Every day that the period touches, in order of time.
    pub(crate) days: Vec<OfDay>,
    /// The most frequent first.
    pub(crate) purposes: Vec<OfPurpose>,
    /// In the period of the same length before.
    pub(crate) before: Sums,
}

/// How many came in a period.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub(crate) struct Sums {
    pub(crate) accepted: i64,
    pub(crate) blocked: i64,
    pub(crate) dropped: i64,
    pub(crate) visits: i64,
}

/// How many came on a day.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct OfDay {
    /// When it begins.
    pub(crate) day: Timestamp,
    pub(crate) accepted: i64,
    pub(crate) blocked: i64,
}

/// How many of a purpose came.
#[derive(Debug, Deserialize)]
pub(crate) struct OfPurpose {
    pub(crate) purpose: String,
    pub(crate) accepted: i64,
    pub(crate) blocked: i64,
}

/// How often an event came.
#[derive(Debug, Deserialize)]
pub(crate) struct Count {
    pub(crate) name: String,
    pub(crate) accepted: i64,
    pub(crate) blocked: i64,
}

/// How often an event came in an hour.
#[derive(Debug, Deserialize)]
pub(crate) struct Hour {
    pub(crate) name: String,
    /// When it begins.
    pub(crate) at: Timestamp,
    pub(crate) accepted: i64,
    pub(crate) blocked: i64,
}

/// How often a property of an event had a value.
#[derive(Debug, Deserialize)]
pub(crate) struct Breakdown {
    pub(crate) name: String,
    pub(crate) property: String,
    pub(crate) value: String,
    pub(crate) accepted: i64,
}

#[derive(Default, Deserialize)]
struct Totals {
    dropped: i64,
    visits: i64,
}

const EVENTS: &str = "SELECT name, SUM(accepted) AS accepted, SUM(blocked) AS blocked FROM event_counts
     WHERE controller = ?1 AND site = ?2 AND hour >= ?3 AND hour < ?4
     GROUP BY name ORDER BY SUM(accepted) + SUM(blocked) DESC, name LIMIT ?5";

const HOURS: &str = "SELECT name, hour AS at, accepted, blocked FROM event_counts
     WHERE controller = ?1 AND site = ?2 AND hour >= ?3 AND hour < ?4 ORDER BY hour, name LIMIT ?5";

/// Of days, all that the period touches.
const BREAKDOWNS: &str = "SELECT name, property, value, SUM(accepted) AS accepted FROM event_breakdowns
     WHERE controller = ?1 AND site = ?2 AND day > ?3 - 86400000 AND day < ?4
     GROUP BY name, property, value ORDER BY name, property, SUM(accepted) DESC, value LIMIT ?5";

const DAYS: &str =
    "SELECT hour - hour % 86400000 AS day, SUM(accepted) AS accepted, SUM(blocked) AS blocked FROM event_counts
     WHERE controller = ?1 AND site = ?2 AND hour >= ?3 AND hour < ?4 GROUP BY 1 LIMIT ?5";

/// Of days, all that the period touches.
const PURPOSES: &str = "SELECT purpose, SUM(accepted) AS accepted, SUM(blocked) AS blocked FROM event_purposes
     WHERE controller = ?1 AND site = ?2 AND day > ?3 - 86400000 AND day < ?4
     GROUP BY purpose ORDER BY SUM(accepted) + SUM(blocked) DESC, purpose LIMIT ?5";

const SUMS: &str =
    "SELECT COALESCE(SUM(accepted), 0) AS accepted, COALESCE(SUM(blocked), 0) AS blocked, 0 AS dropped, 0 AS visits
     FROM event_counts WHERE controller = ?1 AND site = ?2 AND hour >= ?3 AND hour < ?4";

/// Visits of days that are not over are still to be counted.
const TOTALS: &str = "SELECT
       (SELECT COALESCE(SUM(dropped), 0) FROM event_drops
        WHERE controller = ?1 AND site = ?2 AND hour >= ?3 AND hour < ?4) AS dropped,
       (SELECT COALESCE(SUM(visits), 0) FROM visit_counts
        WHERE controller = ?1 AND site = ?2 AND day > ?3 - 86400000 AND day < ?4)
       + (SELECT COUNT(*) FROM visit_marks
          WHERE controller = ?1 AND site = ?2 AND day > ?3 - 86400000 AND day < ?4) AS visits";

/// What was counted of a controller's site; nothing where more rows are asked for than an answer may have.
pub(crate) async fn summary(
    database: &Database,
    controller: &ControllerId,
    site: &SiteKey,
    period: Period,
    wanted: Wanted,
) -> Result<Option<Summary>, Problem> {
    let of = |sql: &str, period: Period, limit: Option<D1Type<'_>>| -> Result<D1PreparedStatement, Problem> {
        let [controller, site] = [controller.as_str(), site.as_str()].map(D1Type::Text);
        let arguments = [controller, site, time(period.from), time(period.to)];
        database.statement(sql, &arguments.into_iter().chain(limit).collect::<Vec<_>>())
    };
    let statement = |sql: &str, is_wanted: bool| {
        let limit = if is_wanted { i32::try_from(MOST_ROWS).unwrap_or_default().saturating_add(1) } else { 0 };
        of(sql, period, Some(D1Type::Integer(limit)))
    };
    let mut batch = vec![
        of(TOTALS, period, None)?,
        statement(EVENTS, true)?,
        statement(HOURS, wanted.hours)?,
        statement(BREAKDOWNS, wanted.breakdowns)?,
        statement(DAYS, wanted.days)?,
        statement(PURPOSES, wanted.purposes)?,
    ];
    if wanted.before {
        batch.extend([of(SUMS, period.before(), None)?, of(TOTALS, period.before(), None)?]);
    }
    let results = database.results(batch).await?;
    let totals = rows::<Totals>(&results, 0)?.pop().ok_or_else(|| Problem::internal("a sum without a row"))?;
    let before = rows::<Totals>(&results, 7)?.pop().unwrap_or_default();
    let sums = rows::<Sums>(&results, 6)?.pop().unwrap_or_default();
    let summary = Summary {
        events: rows(&results, 1)?,
        hours: rows(&results, 2)?,
        breakdowns: rows(&results, 3)?,
        days: every_day(period, &rows(&results, 4)?),
        purposes: rows(&results, 5)?,
        dropped: totals.dropped,
        visits: totals.visits,
        before: Sums { dropped: before.dropped, visits: before.visits, ..sums },
    };
    let longest = summary.events.len().max(summary.hours.len()).max(summary.breakdowns.len());
    Ok(Some(summary).filter(|_| longest <= MOST_ROWS))
}

/// The days of a period, those without an event too.
fn every_day(period: Period, counted: &[OfDay]) -> Vec<OfDay> {
    let of = |day| counted.iter().find(|one| one.day == day).copied();
    period.days().map(|day| of(day).unwrap_or(OfDay { day, accepted: 0, blocked: 0 })).collect()
}
