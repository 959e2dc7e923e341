//! What was counted of a site's events in a period, for staff.

use nod_core::{
    id::{ControllerId, SiteKey},
    time::Timestamp,
};
use serde::{Deserialize, de::DeserializeOwned};
use worker::{D1PreparedStatement, D1Result, D1Type};

use crate::{
    database::{Database, time},
    http::Problem,
};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 86_400_000;
/// The longest period.
pub(crate) const MOST_DAYS: i64 = 93;
/// The most rows of one kind that an answer may have.
pub(crate) const MOST_ROWS: usize = 20_000;

/// A period of whole hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Period {
    pub(crate) from: Timestamp,
    pub(crate) to: Timestamp,
}

impl Period {
    /// The hours that lie between two moments or touch them; `None` where there are none, or too many.
    pub(crate) fn between(from: Timestamp, to: Timestamp) -> Option<Self> {
        let begins = |at: i64| at.checked_sub(at.checked_rem(HOUR)?);
        let from = begins(from.millis())?;
        let to = begins(to.millis().checked_add(HOUR.checked_sub(1)?)?)?;
        let is_fit = from < to && to.checked_sub(from)? <= MOST_DAYS.checked_mul(DAY)?;
        let whole = |at| Timestamp::from_millis(at);
        Some(Self { from: whole(from)?, to: whole(to)? }).filter(|_| is_fit)
    }
}

/// What of it is wanted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted {
    pub(crate) hours: bool,
    pub(crate) breakdowns: bool,
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

#[derive(Deserialize)]
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
    let statement = |sql: &str, is_wanted: bool| -> Result<D1PreparedStatement, Problem> {
        let limit = if is_wanted { i32::try_from(MOST_ROWS).unwrap_or_default().saturating_add(1) } else { 0 };
        let [controller, site] = [controller.as_str(), site.as_str()].map(D1Type::Text);
        let limit = Some(D1Type::Integer(limit)).filter(|_| sql != TOTALS);
        let arguments = [controller, site, time(period.from), time(period.to)];
        database.statement(sql, &arguments.into_iter().chain(limit).collect::<Vec<_>>())
    };
    let batch = vec![
        statement(TOTALS, true)?,
        statement(EVENTS, true)?,
        statement(HOURS, wanted.hours)?,
        statement(BREAKDOWNS, wanted.breakdowns)?,
    ];
    let results = database.results(batch).await?;
    let summary = Summary {
        events: rows(&results, 1)?,
        hours: rows(&results, 2)?,
        breakdowns: rows(&results, 3)?,
        dropped: totals(&results)?.dropped,
        visits: totals(&results)?.visits,
    };
    let longest = summary.events.len().max(summary.hours.len()).max(summary.breakdowns.len());
    Ok(Some(summary).filter(|_| longest <= MOST_ROWS))
}

fn totals(results: &[D1Result]) -> Result<Totals, Problem> {
    rows(results, 0)?.pop().ok_or_else(|| Problem::internal("a sum without a row"))
}

fn rows<Row: DeserializeOwned>(results: &[D1Result], place: usize) -> Result<Vec<Row>, Problem> {
    Ok(results.get(place).map(D1Result::results).transpose()?.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(from: i64, to: i64) -> Option<(i64, i64)> {
        let period = Period::between(Timestamp::from_millis(from)?, Timestamp::from_millis(to)?)?;
        Some((period.from.millis(), period.to.millis()))
    }

    #[test]
    fn a_period_is_of_whole_hours_and_not_too_long() {
        assert_eq!(between(5 * HOUR, 6 * HOUR), Some((5 * HOUR, 6 * HOUR)));
        assert_eq!(between(5 * HOUR + 1, 6 * HOUR + 1), Some((5 * HOUR, 7 * HOUR)));
        assert_eq!(between(5 * HOUR + 1, 5 * HOUR + 1), Some((5 * HOUR, 6 * HOUR)));
        assert_eq!(between(6 * HOUR, 5 * HOUR), None);
        assert_eq!(between(5 * HOUR, 5 * HOUR), None);
        assert_eq!(between(0, MOST_DAYS * DAY), Some((0, MOST_DAYS * DAY)));
        assert_eq!(between(0, MOST_DAYS * DAY + 1), None);
    }
}
