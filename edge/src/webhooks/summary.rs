//! What came through a controller's connections in a period, for staff.
//!
//! Deliveries are added up from an index that has all that is needed of them; refused calls, of which nothing else is kept, from
//! counts by day.

use nod_core::{
    id::{ConnectionId, ControllerId},
    intake::Status,
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

/// How many deliveries there were, by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) processed: i64,
    pub(crate) ignored: i64,
    pub(crate) dead_lettered: i64,
    /// How often those came again. When is not kept.
    pub(crate) duplicates: i64,
    /// Calls whose proof did not hold.
    pub(crate) refused: i64,
}

impl Counts {
    /// What could not be used, and what was not authentic.
    pub(crate) fn failed(self) -> i64 {
        self.dead_lettered.saturating_add(self.refused)
    }

    fn is_nothing(self) -> bool {
        self == Self::default()
    }

    fn add(&mut self, other: Self) {
        for (sum, more) in [
            (&mut self.processed, other.processed),
            (&mut self.ignored, other.ignored),
            (&mut self.dead_lettered, other.dead_lettered),
            (&mut self.duplicates, other.duplicates),
            (&mut self.refused, other.refused),
        ] {
            *sum = sum.saturating_add(more);
        }
    }

    /// So many deliveries of a status, repeated so often.
    fn of(status: &str, deliveries: i64, duplicates: i64) -> Self {
        let mut counts = Self { duplicates, ..Self::default() };
        match Status::parse(status) {
            Some(Status::Processed) => counts.processed = deliveries,
            Some(Status::Ignored) => counts.ignored = deliveries,
            Some(Status::DeadLettered) => counts.dead_lettered = deliveries,
            None => {}
        }
        counts
    }

    fn of_refused(refused: i64) -> Self {
        Self { refused, ..Self::default() }
    }
}

/// What came through one connection.
#[derive(Debug)]
pub(crate) struct OfConnection {
    pub(crate) id: ConnectionId,
    pub(crate) label: String,
    pub(crate) source: String,
    pub(crate) now: Counts,
    pub(crate) before: Counts,
}

/// What came through all of them.
#[derive(Debug)]
pub(crate) struct Summary {
    pub(crate) all: Counts,
    /// In the period of the same length before.
    pub(crate) before: Counts,
    /// The oldest connection first. One that has ended is there while something came through it.
    pub(crate) connections: Vec<OfConnection>,
    /// Every day of the period, in order of time.
    pub(crate) days: Vec<(Timestamp, Counts)>,
}

/// As many connections are told apart; what came through others is in the sums.
const MOST_CONNECTIONS: usize = 400;

const BY_CONNECTION: &str =
    "SELECT connection, received_at >= ?3 AS is_now, status, COUNT(*) AS deliveries, SUM(repeats) AS repeats
     FROM deliveries WHERE controller = ?1 AND received_at >= ?2 AND received_at < ?4 GROUP BY 1, 2, 3";
const REFUSED_BY_CONNECTION: &str = "SELECT connection, day >= ?3 AS is_now, SUM(refused) AS refused
     FROM refused_deliveries WHERE controller = ?1 AND day >= ?2 AND day < ?4 GROUP BY 1, 2";
const BY_DAY: &str =
    "SELECT received_at - received_at % 86400000 AS day, status, COUNT(*) AS deliveries, SUM(repeats) AS repeats
     FROM deliveries WHERE controller = ?1 AND received_at >= ?2 AND received_at < ?3 GROUP BY 1, 2";
const REFUSED_BY_DAY: &str = "SELECT day, SUM(refused) AS refused
     FROM refused_deliveries WHERE controller = ?1 AND day >= ?2 AND day < ?3 GROUP BY day";
const CONNECTIONS: &str = "SELECT id, label, source, disabled_at IS NULL AS is_live
     FROM connections WHERE controller = ?1 ORDER BY created_at, id";

#[derive(Deserialize)]
struct Delivered {
    connection: ConnectionId,
    is_now: u8,
    status: String,
    deliveries: i64,
    repeats: i64,
}

#[derive(Deserialize)]
struct RefusedThrough {
    connection: ConnectionId,
    is_now: u8,
    refused: i64,
}

#[derive(Deserialize)]
struct DeliveredThen {
    day: Timestamp,
    status: String,
    deliveries: i64,
    repeats: i64,
}

#[derive(Deserialize)]
struct RefusedThen {
    day: Timestamp,
    refused: i64,
}

#[derive(Deserialize)]
struct Connection {
    id: ConnectionId,
    label: String,
    source: String,
    is_live: u8,
}

/// What came through a controller's connections.
pub(crate) async fn summary(
    database: &Database,
    controller: &ControllerId,
    period: Period,
) -> Result<Summary, Problem> {
    let controller = || D1Type::Text(controller.as_str());
    let both = || [controller(), time(period.before().from), time(period.from), time(period.to)];
    let own = || [controller(), time(period.from), time(period.to)];
    let results = database
        .results(vec![
            database.statement(BY_CONNECTION, &both())?,
            database.statement(REFUSED_BY_CONNECTION, &both())?,
            database.statement(BY_DAY, &own())?,
            database.statement(REFUSED_BY_DAY, &own())?,
            database.statement(CONNECTIONS, &[controller()])?,
        ])
        .await?;
    let mut sums = Sums::default();
    for row in rows::<Delivered>(&results, 0)? {
        sums.add(row.connection, row.is_now != 0, Counts::of(&row.status, row.deliveries, row.repeats));
    }
    for row in rows::<RefusedThrough>(&results, 1)? {
        sums.add(row.connection, row.is_now != 0, Counts::of_refused(row.refused));
    }
    let mut days: SortedMap<i64, Counts> = SortedMap::new();
    for row in rows::<DeliveredThen>(&results, 2)? {
        let counts = Counts::of(&row.status, row.deliveries, row.repeats);
        days.entry(row.day.millis()).or_default().add(counts);
    }
    for row in rows::<RefusedThen>(&results, 3)? {
        days.entry(row.day.millis()).or_default().add(Counts::of_refused(row.refused));
    }
    let [all, before] = sums.all;
    Ok(Summary {
        all,
        before,
        connections: sums.of(rows(&results, 4)?),
        days: period.days().map(|day| (day, days.get(&day.millis()).copied().unwrap_or_default())).collect(),
    })
}

/// Sums of the period and of the one before it.
#[derive(Default)]
struct Sums {
    all: [Counts; 2],
    connections: SortedMap<ConnectionId, [Counts; 2]>,
}

impl Sums {
    fn add(&mut self, connection: ConnectionId, is_now: bool, counts: Counts) {
        for [now, before] in [&mut self.all, self.connections.entry(connection).or_default()] {
            if is_now { now } else { before }.add(counts);
        }
    }

    fn of(&self, connections: Vec<Connection>) -> Vec<OfConnection> {
        let of = |connection: Connection| {
            let [now, before] = self.connections.get(&connection.id).copied().unwrap_or_default();
            let is_told = connection.is_live != 0 || !now.is_nothing() || !before.is_nothing();
            let Connection { id, label, source, .. } = connection;
            is_told.then_some(OfConnection { id, label, source, now, before })
        };
        connections.into_iter().filter_map(of).take(MOST_CONNECTIONS).collect()
    }
}
