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
const KEPT: i64 = 30 * 24 * HOUR;
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

/// Whether nothing is left to do for it.
pub(super) async fn is_settled(database: &Database, delivery: &Delivery) -> Result<bool, Problem> {
    #[derive(Deserialize)]
    struct Found {
        found: u8,
    }
    let Delivery { controller, id, .. } = delivery;
    let statement = database.statement(
        &["SELECT ", IS_SETTLED, " AS found"].concat(),
        &[D1Type::Text(controller.as_str()), D1Type::Text(id.as_str())],
    )?;
    Ok(database.first::<Found>(statement).await?.is_some_and(|row| row.found != 0))
}

/// Settles it, unless it is settled already: counts and mark in one batch.
pub(super) async fn settle(
    database: &Database,
    delivery: &Delivery,
    settlement: &Settlement,
    now: Timestamp,
) -> Result<(), Problem> {
    let batch =
        vec![count(database, delivery, settlement, now)?, mark(database, &delivery.controller, &delivery.id, now)?];
    database.results(batch).await.map(drop)
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

/// Forgets marks that no queue can ask for any more. Over all controllers: an age is nobody's.
pub(crate) async fn tidy(environment: &Environment) {
    let forgotten = async {
        let database = Database::of_environment(environment)?;
        let statement = database.statement(
            "DELETE FROM destination_deliveries WHERE (controller, id) IN
               (SELECT controller, id FROM destination_deliveries WHERE at < ?1 LIMIT ?2)",
            &[time(clock::later(clock::now()?, KEPT.saturating_neg())), D1Type::Integer(CHUNK)],
        )?;
        database.run(statement).await
    };
    if let Err(problem) = forgotten.await {
        console_error!("deliveries: nothing forgotten: {}", problem.name());
    }
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
