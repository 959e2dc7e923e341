//! What must be known before a group of messages is counted. Their claims are made here, too: what is claimed earlier is
//! theirs, and stays it.

use std::collections::{BTreeMap, BTreeSet};

use nod_core::{
    events::{Message, claims, claims::Claim, rollup},
    id::{BatchId, ControllerId, SiteKey},
    time::Timestamp,
};
use serde::Deserialize;
use serde_json::json;
use worker::{D1PreparedStatement, D1Type};

use super::{bounds::Bounded, people::Person, sites::Sites, times};
use crate::{
    database::{self, Database, time},
    http::Problem,
};

const CLAIM: &str = "
  INSERT OR IGNORE INTO event_claims (controller, site, source, low, high, message, at)
  SELECT ?1, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, ?3 FROM json_each(?2)";

/// What others claimed before. Of two that claim the same the row that came first has it, and rows come one after another.
const EARLIER: &str = "
  SELECT own.message, other.source, other.low, other.high FROM json_each(?2) AS item
  CROSS JOIN event_claims AS own ON own.controller = ?1 AND own.site = item.value ->> 0
    AND own.source = item.value ->> 1 AND own.low = item.value ->> 2 AND own.high = item.value ->> 3
    AND own.message = item.value ->> 4
  CROSS JOIN event_claims AS other ON other.controller = ?1 AND other.site = own.site AND other.source = own.source
    AND other.low <= own.high AND other.high >= own.low AND other.rowid < own.rowid AND other.message <> own.message";

const COUNTED: &str = "SELECT id FROM event_messages WHERE controller = ?1 AND id IN (SELECT value FROM json_each(?2))";

const NAMES: &str = "
  SELECT DISTINCT item.value ->> 0 AS site, item.value ->> 1 AS day, stored.name FROM json_each(?2) AS item
  CROSS JOIN event_counts AS stored ON stored.controller = ?1 AND stored.site = item.value ->> 0
    AND stored.hour >= item.value ->> 1 AND stored.hour < (item.value ->> 1) + 86400000";

const VALUES: &str = "
  SELECT stored.site, stored.day, stored.name, stored.property, stored.value FROM json_each(?2) AS item
  CROSS JOIN event_breakdowns AS stored ON stored.controller = ?1 AND stored.site = item.value ->> 0
    AND stored.day = item.value ->> 1 AND stored.name = item.value ->> 2 AND stored.property = item.value ->> 3";

/// Where names of events are told apart: a site's day.
pub(super) type NamePlace = (SiteKey, i64);
/// Where values are: the same, an event's name and a property.
pub(super) type ValuePlace = (SiteKey, i64, String, String);

/// What is known.
pub(super) struct Facts {
    /// By message, what others claimed before it.
    earlier: BTreeMap<BatchId, Vec<Claim>>,
    /// The messages that were counted before.
    pub(super) counted: BTreeSet<BatchId>,
    pub(super) names: Bounded<NamePlace>,
    pub(super) values: Bounded<ValuePlace>,
    /// The numbers of the people who are linked to their visitors already.
    pub(super) linked: BTreeSet<usize>,
}

impl Facts {
    /// Claims the messages' events, and reads what is stored.
    pub(super) async fn read(
        database: &Database,
        controller: &ControllerId,
        messages: &[Message],
        sites: &Sites,
        people: &[Person],
        now: Timestamp,
    ) -> Result<Self, Problem> {
        let ask = Ask { database, controller };
        let claims = database::json(&claimed(messages))?;
        let ids: Vec<&BatchId> = messages.iter().map(|message| &message.id).collect();
        let [id, text] = [D1Type::Text(controller.as_str()), D1Type::Text(&claims)];
        let batch = vec![
            database.statement(CLAIM, &[id, text, time(now)])?,
            ask.about(EARLIER, &claims)?,
            ask.about(COUNTED, &database::json(&ids)?)?,
            ask.about(NAMES, &database::json(&name_places(messages))?)?,
            ask.about(VALUES, &database::json(&value_places(messages, sites))?)?,
            ask.about(super::people::LINKED, &database::json(&people)?)?,
        ];
        let results = database.results(batch).await?;
        let [_, earlier, counted, names, values, linked] = results.as_slice() else {
            return Err(Problem::internal("a batch without its answers"));
        };
        let earlier: Vec<EarlierRow> = earlier.results()?;
        let counted: Vec<IdRow> = counted.results()?;
        let names: Vec<NameRow> = names.results()?;
        let values: Vec<ValueRow> = values.results()?;
        let linked: Vec<ItemRow> = linked.results()?;
        Ok(Self {
            earlier: by_message(earlier),
            counted: counted.into_iter().map(|row| row.id).collect(),
            names: Bounded::new(rollup::MAX_NAMES, names.into_iter().map(|row| ((row.site, row.day), row.name))),
            values: Bounded::new(
                rollup::MAX_VALUES,
                values.into_iter().map(|row| ((row.site, row.day, row.name, row.property), row.value)),
            ),
            linked: linked.into_iter().map(|row| row.item).collect(),
        })
    }

    /// What others claimed before this message.
    pub(super) fn earlier(&self, message: &BatchId) -> &[Claim] {
        self.earlier.get(message).map(Vec::as_slice).unwrap_or_default()
    }
}

struct Ask<'a> {
    database: &'a Database,
    controller: &'a ControllerId,
}

impl Ask<'_> {
    fn about(&self, sql: &str, list: &str) -> Result<D1PreparedStatement, Problem> {
        self.database.statement(sql, &[D1Type::Text(self.controller.as_str()), D1Type::Text(list)])
    }
}

#[derive(Deserialize)]
struct EarlierRow {
    message: BatchId,
    source: String,
    low: u32,
    high: u32,
}

#[derive(Deserialize)]
struct IdRow {
    id: BatchId,
}

#[derive(Deserialize)]
struct NameRow {
    site: SiteKey,
    day: i64,
    name: String,
}

#[derive(Deserialize)]
struct ValueRow {
    site: SiteKey,
    day: i64,
    name: String,
    property: String,
    value: String,
}

#[derive(Deserialize)]
struct ItemRow {
    item: usize,
}

fn by_message(rows: Vec<EarlierRow>) -> BTreeMap<BatchId, Vec<Claim>> {
    let mut earlier: BTreeMap<BatchId, Vec<Claim>> = BTreeMap::new();
    for EarlierRow { message, source, low, high } in rows {
        earlier.entry(message).or_default().push(Claim { source, low, high });
    }
    earlier
}

/// What each message claims.
fn claimed(messages: &[Message]) -> Vec<serde_json::Value> {
    let of = |message: &Message| {
        let row = |claim: &Claim| json!([message.site, claim.source, claim.low, claim.high, message.id]);
        claims::claims(&message.events).iter().map(row).collect::<Vec<_>>()
    };
    messages.iter().flat_map(of).collect()
}

fn name_places(messages: &[Message]) -> BTreeSet<(&SiteKey, i64)> {
    let of = |message: &'_ Message| {
        let times = message.events.iter().map(|event| event.at).chain([message.received_at]);
        times.map(|at| times::day(at).millis()).collect::<BTreeSet<_>>()
    };
    messages.iter().flat_map(|message| of(message).into_iter().map(|day| (&message.site, day))).collect()
}

fn value_places<'a>(messages: &'a [Message], sites: &'a Sites) -> BTreeSet<(&'a SiteKey, i64, &'a str, &'a str)> {
    let mut places = BTreeSet::new();
    for message in messages {
        for event in &message.events {
            for property in sites.breakdowns(&message.site).get(&event.name).into_iter().flatten() {
                places.insert((&message.site, rollup::day(event.at), event.name.as_str(), property.as_str()));
            }
        }
    }
    places
}
