//! What became of deliveries: that each is settled, once, and how many of its events came to what.

use nod_core::{
    destinations::Delivery,
    id::{ControllerId, DeliveryId},
    time::Timestamp,
};
use serde::Deserialize;
use serde_json::{Value, json};
use worker::{D1PreparedStatement, D1Type, console_error};

use crate::{
    clock,
    database::{self, Database, time},
    environment::Environment,
    http::Problem,
};

const HOUR: i64 = 60 * 60 * 1000;
/// A queue keeps a message for 14 days, and what it gave up is kept as long once more.
pub(crate) const KEPT: i64 = 30 * 24 * HOUR;
/// Rows that are forgotten at a tick of the clock.
const CHUNK: i32 = 5000;

/// How many of a delivery's events came to what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Settlement {
    pub(super) delivered: usize,
    /// Not allowed any more when it was their turn.
    pub(super) withheld: usize,
    /// By reason.
    pub(super) lost: Vec<(String, usize)>,
}

impl Settlement {
    pub(super) fn lost(reason: &str, events: usize) -> Self {
        Self { lost: vec![(reason.to_owned(), events)], ..Self::default() }
    }

    pub(super) fn lose(&mut self, reason: &str, events: usize) {
        match self.lost.iter_mut().find(|(known, _)| known == reason) {
            Some((_, count)) => *count = count.saturating_add(events),
            None => self.lost.push((reason.to_owned(), events)),
        }
    }

    fn rows(&self) -> Vec<Value> {
        let row = |outcome: &str, reason: &str, events: usize| json!({"outcome": outcome, "reason": reason, "events": events});
        let mut rows = vec![row("delivered", "", self.delivered), row("withheld", "", self.withheld)];
        rows.extend(self.lost.iter().map(|(reason, events)| row("lost", reason, *events)));
        rows.retain(|row| row.get("events").and_then(Value::as_u64) != Some(0));
        rows
    }
}

const IS_SETTLED: &str = "EXISTS (SELECT 1 FROM destination_deliveries WHERE controller = ?1 AND id = ?2)";

/// How a delivery stands.
#[derive(Deserialize)]
pub(super) struct Standing {
    is_settled: u8,
    is_behind: u8,
}

impl Standing {
    /// Nothing is left to do for it.
    pub(super) const fn is_settled(&self) -> bool {
        self.is_settled != 0
    }

    /// One that the edge took before it is waiting.
    pub(super) const fn is_behind(&self) -> bool {
        self.is_behind != 0
    }
}

/// How a delivery stands, where nothing keeps its order that was taken before `since`.
pub(super) async fn standing(database: &Database, delivery: &Delivery, since: Timestamp) -> Result<Standing, Problem> {
    let statement = database.statement(
        &[
            "SELECT ",
            IS_SETTLED,
            " AS is_settled,
             EXISTS (SELECT 1 FROM destination_waiting
                     WHERE controller = ?1 AND site = ?3 AND destination = ?4 AND received_at >= ?7 AND ?5 >= ?7
                       AND (received_at, part, id) < (?5, ?6, ?2)) AS is_behind",
        ]
        .concat(),
        &[
            D1Type::Text(delivery.controller.as_str()),
            D1Type::Text(delivery.id.as_str()),
            D1Type::Text(delivery.site.as_str()),
            D1Type::Text(&delivery.destination),
            moment(delivery),
            D1Type::Real(delivery.part.into()),
            time(since),
        ],
    )?;
    let found = database.first(statement).await?;
    found.ok_or_else(|| Problem::internal("a question without an answer"))
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds of this age are exact in JavaScript")]
fn moment(delivery: &Delivery) -> D1Type<'static> {
    D1Type::Real(delivery.received_at as f64)
}

/// Notes that deliveries of one destination wait.
pub(super) async fn put_off(database: &Database, deliveries: &[&Delivery]) -> Result<(), Problem> {
    let Some(first) = deliveries.first() else { return Ok(()) };
    let row = |one: &&Delivery| json!({"at": one.received_at, "part": one.part, "id": one.id});
    let rows: Vec<Value> = deliveries.iter().map(row).collect();
    let statement = database.statement(
        "INSERT INTO destination_waiting (controller, site, destination, received_at, part, id)
         SELECT ?1, ?2, ?3, value ->> 'at', value ->> 'part', value ->> 'id' FROM json_each(?4) WHERE TRUE
         ON CONFLICT DO NOTHING",
        &[
            D1Type::Text(first.controller.as_str()),
            D1Type::Text(first.site.as_str()),
            D1Type::Text(&first.destination),
            D1Type::Text(&database::json(&rows)?),
        ],
    )?;
    database.run(statement).await
}

/// Settles it, unless it is settled already: counts and mark in one batch.
pub(super) async fn settle(
    database: &Database,
    delivery: &Delivery,
    settlement: &Settlement,
    now: Timestamp,
) -> Result<(), Problem> {
    let batch = vec![
        count(database, delivery, settlement, now)?,
        mark(database, &delivery.controller, &delivery.id, now)?,
        no_longer_waiting(database, delivery)?,
    ];
    database.results(batch).await.map(drop)
}

fn no_longer_waiting(database: &Database, delivery: &Delivery) -> Result<D1PreparedStatement, Problem> {
    database.statement(
        "DELETE FROM destination_waiting
         WHERE controller = ?1 AND site = ?2 AND destination = ?3 AND received_at = ?4 AND part = ?5 AND id = ?6",
        &[
            D1Type::Text(delivery.controller.as_str()),
            D1Type::Text(delivery.site.as_str()),
            D1Type::Text(&delivery.destination),
            moment(delivery),
            D1Type::Real(delivery.part.into()),
            D1Type::Text(delivery.id.as_str()),
        ],
    )
}

fn count(
    database: &Database,
    delivery: &Delivery,
    settlement: &Settlement,
    now: Timestamp,
) -> Result<D1PreparedStatement, Problem> {
    let hour = clock::later(now, now.millis().checked_rem(HOUR).unwrap_or_default().saturating_neg());
    database.statement(
        &[
            "INSERT INTO destination_counts (controller, site, destination, hour, outcome, reason, events)
             SELECT ?1, ?3, ?4, ?5, value ->> 'outcome', value ->> 'reason', value ->> 'events'
             FROM json_each(?6) WHERE NOT ",
            IS_SETTLED,
            " ON CONFLICT DO UPDATE SET events = events + excluded.events",
        ]
        .concat(),
        &[
            D1Type::Text(delivery.controller.as_str()),
            D1Type::Text(delivery.id.as_str()),
            D1Type::Text(delivery.site.as_str()),
            D1Type::Text(&delivery.destination),
            time(hour),
            D1Type::Text(&database::json(&settlement.rows())?),
        ],
    )
}

fn mark(
    database: &Database,
    controller: &ControllerId,
    id: &DeliveryId,
    now: Timestamp,
) -> Result<D1PreparedStatement, Problem> {
    database.statement(
        "INSERT INTO destination_deliveries (controller, id, at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        &[D1Type::Text(controller.as_str()), D1Type::Text(id.as_str()), time(now)],
    )
}

/// Forgets marks that no queue can ask for any more, and who waited long ago. Over all controllers: an age is nobody's.
pub(crate) async fn tidy(environment: &Environment) {
    for (sql, age) in [
        (
            "DELETE FROM destination_deliveries WHERE (controller, id) IN
               (SELECT controller, id FROM destination_deliveries WHERE at < ?1 LIMIT ?2)",
            KEPT,
        ),
        (
            "DELETE FROM destination_waiting WHERE (controller, site, destination, received_at, part, id) IN
               (SELECT controller, site, destination, received_at, part, id FROM destination_waiting
                WHERE received_at < ?1 LIMIT ?2)",
            HOUR,
        ),
    ] {
        if let Err(problem) = forget(environment, sql, age).await {
            console_error!("deliveries: nothing forgotten: {}", problem.name());
        }
    }
}

async fn forget(environment: &Environment, sql: &str, age: i64) -> Result<(), Problem> {
    let database = Database::of_environment(environment)?;
    let end = clock::later(clock::now()?, age.saturating_neg());
    database.run(database.statement(sql, &[time(end), D1Type::Integer(CHUNK)])?).await
}

#[cfg(test)]
mod tests {
    use super::Settlement;
    use serde_json::json;

    #[test]
    fn only_what_happened_is_counted() {
        let mut settlement = Settlement { delivered: 3, ..Settlement::default() };
        settlement.lose("http_400", 2);
        settlement.lose("too_old", 1);
        settlement.lose("http_400", 2);
        assert_eq!(
            settlement.rows(),
            [
                json!({"outcome": "delivered", "reason": "", "events": 3}),
                json!({"outcome": "lost", "reason": "http_400", "events": 4}),
                json!({"outcome": "lost", "reason": "too_old", "events": 1}),
            ]
        );
        assert!(Settlement::default().rows().is_empty());
    }
}
