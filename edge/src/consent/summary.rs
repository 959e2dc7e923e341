//! What was chosen on a site in a period, for staff: from the counts only, never from the records.

use nod_core::{
    id::{ControllerId, SiteKey},
    sorted::SortedMap,
    time::Timestamp,
};
use serde::Deserialize;
use worker::D1Type;

use crate::{
    database::{Database, rows, time},
    http::Problem,
    period::Period,
};

/// How many chose what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub(crate) struct Sums {
    pub(crate) granted: i64,
    pub(crate) refused: i64,
    pub(crate) partial: i64,
}

impl Sums {
    pub(crate) fn choices(self) -> i64 {
        self.granted.saturating_add(self.refused).saturating_add(self.partial)
    }
}

/// How many chose what who have something in common.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Share {
    /// A region, a language or a purpose; empty for a region that is not known.
    pub(crate) value: String,
    #[serde(flatten)]
    pub(crate) sums: Sums,
}

/// What was chosen.
#[derive(Debug)]
pub(crate) struct Summary {
    pub(crate) all: Sums,
    /// In the period of the same length before.
    pub(crate) before: Sums,
    /// Every day of the period, in order of time.
    pub(crate) days: Vec<(Timestamp, Sums)>,
    /// The most frequent first.
    pub(crate) regions: Vec<Share>,
    pub(crate) languages: Vec<Share>,
    /// Granted and refused.
    pub(crate) purposes: Vec<Share>,
}

const SUMS: &str = "COALESCE(SUM(iif(outcome = 'granted', choices, 0)), 0) AS granted,
     COALESCE(SUM(iif(outcome = 'refused', choices, 0)), 0) AS refused,
     COALESCE(SUM(iif(outcome = 'partial', choices, 0)), 0) AS partial";

const OF_PERIOD: &str = " FROM consent_counts WHERE controller = ?1 AND site = ?2 AND day >= ?3 AND day < ?4";

/// The world has some 250 countries, so no list of regions is longer.
const MOST_FREQUENT: &str = " GROUP BY 1 ORDER BY SUM(choices) DESC, 1 LIMIT 400";

/// Choices that are alike are added up before they are taken apart into purposes.
const PURPOSES: &str = "SELECT purpose.key AS value, SUM(iif(purpose.value, alike.choices, 0)) AS granted,
       SUM(iif(purpose.value, 0, alike.choices)) AS refused, 0 AS partial
     FROM (SELECT purposes, SUM(choices) AS choices FROM consent_counts
           WHERE controller = ?1 AND site = ?2 AND day >= ?3 AND day < ?4 GROUP BY purposes) AS alike,
          json_each(alike.purposes) AS purpose
     GROUP BY 1 ORDER BY SUM(alike.choices) DESC, 1 LIMIT 400";

/// What was chosen on a controller's site.
pub(crate) async fn summary(
    database: &Database,
    controller: &ControllerId,
    site: &SiteKey,
    period: Period,
) -> Result<Summary, Problem> {
    #[derive(Deserialize)]
    struct Day {
        day: Timestamp,
        #[serde(flatten)]
        sums: Sums,
    }
    let statement = |sql: &[&str], period: Period| {
        let arguments =
            [D1Type::Text(controller.as_str()), D1Type::Text(site.as_str()), time(period.from), time(period.to)];
        database.statement(&sql.concat(), &arguments)
    };
    let before = period.before();
    let batch = vec![
        statement(&["SELECT ", SUMS, OF_PERIOD], before)?,
        statement(&["SELECT day, ", SUMS, OF_PERIOD, " GROUP BY day"], period)?,
        statement(&["SELECT region AS value, ", SUMS, OF_PERIOD, MOST_FREQUENT], period)?,
        statement(&["SELECT locale AS value, ", SUMS, OF_PERIOD, MOST_FREQUENT], period)?,
        statement(&[PURPOSES], period)?,
    ];
    let results = database.results(batch).await?;
    let days: Vec<Day> = rows(&results, 1)?;
    let of_day: SortedMap<i64, Sums> = days.iter().map(|one| (one.day.millis(), one.sums)).collect();
    Ok(Summary {
        all: days.iter().fold(Sums::default(), |all, one| add(all, one.sums)),
        before: rows(&results, 0)?.pop().unwrap_or_default(),
        days: period.days().map(|day| (day, of_day.get(&day.millis()).copied().unwrap_or_default())).collect(),
        regions: rows(&results, 2)?,
        languages: rows(&results, 3)?,
        purposes: rows(&results, 4)?,
    })
}

fn add(one: Sums, other: Sums) -> Sums {
    Sums {
        granted: one.granted.saturating_add(other.granted),
        refused: one.refused.saturating_add(other.refused),
        partial: one.partial.saturating_add(other.partial),
    }
}
