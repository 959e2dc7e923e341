//! How a site's destinations fare, for staff.

use nod_core::sorted::SortedMap;

use nod_core::{
    destinations::{Breaker, Destination, Kind, State},
    id::{ControllerId, SiteKey},
    time::Timestamp,
};
use serde::Deserialize;
use worker::D1Type;

use super::health::Row;
use crate::{
    clock,
    database::{Database, time},
    environment::Environment,
    http::Problem,
    tags,
};

/// One destination of the published configuration.
#[derive(Clone, Debug)]
pub(crate) struct Overview {
    pub(crate) id: String,
    pub(crate) kind: Kind,
    pub(crate) state: State,
    /// Deliveries wait until then.
    pub(crate) open_until: Option<Timestamp>,
    /// What went wrong last, and when.
    pub(crate) last_error: Option<String>,
    pub(crate) failed_at: Option<Timestamp>,
    /// Whether it has the secret that it needs.
    pub(crate) has_secret: bool,
    /// Events, of all time.
    pub(crate) delivered: u64,
    pub(crate) withheld: u64,
    pub(crate) lost: u64,
}

/// How many events of a destination came to something.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Count {
    pub(crate) destination: String,
    /// delivered, withheld, lost
    pub(crate) outcome: String,
    /// Why they were lost; else empty.
    pub(crate) reason: String,
    pub(crate) events: u64,
}

/// The destinations of a site's published tags, in their order.
pub(crate) async fn overview(
    environment: &Environment,
    controller: &ControllerId,
    site: &SiteKey,
) -> Result<Vec<Overview>, Problem> {
    let Some(published) = tags::current(environment, controller, site).await? else { return Ok(Vec::new()) };
    let database = Database::of_environment(environment)?;
    let states = states(&database, controller, site).await?;
    let counts = counts(&database, controller, site, None).await?;
    let now = clock::now()?;
    let of = |id: &str, outcome: &str| {
        let these = counts.iter().filter(|count| count.destination == id && count.outcome == outcome);
        these.fold(0_u64, |sum, count| sum.saturating_add(count.events))
    };
    let show = |Destination { id, kind, .. }: Destination| {
        let state = states.get(&id);
        let breaker = state.map_or_else(Breaker::default, Row::breaker);
        Overview {
            kind,
            state: breaker.state(now),
            open_until: breaker.until.filter(|until| now < *until),
            last_error: state.and_then(|state| state.last_error.clone()),
            failed_at: state.and_then(|state| state.failed_at),
            has_secret: !kind.needs_secret() || state.is_some_and(|state| state.has_secret != 0),
            delivered: of(&id, "delivered"),
            withheld: of(&id, "withheld"),
            lost: of(&id, "lost"),
            id,
        }
    };
    Ok(Destination::all(published.configuration.document(), environment.hosts()).into_iter().map(show).collect())
}

async fn states(
    database: &Database,
    controller: &ControllerId,
    site: &SiteKey,
) -> Result<SortedMap<String, Row>, Problem> {
    let statement = database.statement(
        "SELECT destination, MAX(has_secret) AS has_secret, MAX(version) AS version, MAX(failures) AS failures,
                MAX(openings) AS openings, MAX(until) AS until, MAX(probing) AS probing, MAX(last_error) AS last_error,
                MAX(failed_at) AS failed_at
         FROM (SELECT destination, 0 AS has_secret, version, failures, openings, until, probing, last_error, failed_at
               FROM destination_states WHERE controller = ?1 AND site = ?2
               UNION ALL
               SELECT destination, 1, 0, 0, 0, NULL, 0, NULL, NULL
               FROM destination_secrets WHERE controller = ?1 AND site = ?2)
         GROUP BY destination",
        &[D1Type::Text(controller.as_str()), D1Type::Text(site.as_str())],
    )?;
    let rows: Vec<Row> = database.all(statement).await?;
    Ok(rows.into_iter().map(|row| (row.destination.clone(), row)).collect())
}

/// What became of a site's events at its destinations, in hours that begin from one moment on and before another; of all time
/// without them. Destinations that are gone are among them.
pub(crate) async fn counts(
    database: &Database,
    controller: &ControllerId,
    site: &SiteKey,
    between: Option<(Timestamp, Timestamp)>,
) -> Result<Vec<Count>, Problem> {
    let (from, to) = between.map_or((D1Type::Null, D1Type::Null), |(from, to)| (time(from), time(to)));
    let statement = database.statement(
        "SELECT destination, outcome, reason, SUM(events) AS events FROM destination_counts
         WHERE controller = ?1 AND site = ?2 AND (?3 IS NULL OR (hour >= ?3 AND hour < ?4))
         GROUP BY destination, outcome, reason ORDER BY destination, outcome, reason",
        &[D1Type::Text(controller.as_str()), D1Type::Text(site.as_str()), from, to],
    )?;
    database.all(statement).await
}
