//! What must be known before a group of messages is counted. Their claims are made here, too: what is claimed earlier is
//! theirs, and stays it.

use nod_core::sorted::{SortedMap, SortedSet};

use nod_core::{
    events::{Message, claims, claims::Claim, rollup},
    id::{BatchId, ControllerId},
    time::Timestamp,
};
use serde::Deserialize;
use serde_json::Value;
use worker::{D1Result, D1Type};

use super::{
    bounds::Bounded,
    people::{self, Person},
    sites::Sites,
    tally::beginning,
};
use crate::{
    database::{self, Database, first_row, time},
    http::Problem,
};

const CLAIM: &str = "
  INSERT OR IGNORE INTO event_claims (controller, site, source, low, high, message, at)
  SELECT ?1, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, ?3 FROM json_each(?2)";

/// What others claimed before. Of two that claim the same the row that came first has it, and rows come one after another.
const EARLIER: &str = "
  SELECT json_group_array(json_array(own.message, other.source, other.low, other.high)) AS rows
  FROM json_each(?2) AS item
  CROSS JOIN event_claims AS own ON own.controller = ?1 AND own.site = item.value ->> 0
    AND own.source = item.value ->> 1 AND own.low = item.value ->> 2 AND own.high = item.value ->> 3
    AND own.message = item.value ->> 4
  CROSS JOIN event_claims AS other ON other.controller = ?1 AND other.site = own.site AND other.source = own.source
    AND other.low <= own.high AND other.high >= own.low AND other.rowid < own.rowid AND other.message <> own.message";

const COUNTED: &str = "
  SELECT json_group_array(json_array(id)) AS rows FROM event_messages
  WHERE controller = ?1 AND id IN (SELECT value FROM json_each(?2))";

const NAMES: &str = "
  SELECT json_group_array(DISTINCT json_array(item.value, stored.name)) AS rows FROM json_each(?2) AS item
  CROSS JOIN event_counts AS stored ON stored.controller = ?1 AND stored.site = (item.value || ']') ->> 0
    AND stored.hour >= (item.value || ']') ->> 1 AND stored.hour < ((item.value || ']') ->> 1) + 86400000";

const VALUES: &str = "
  SELECT json_group_array(json_array(item.value, stored.value)) AS rows FROM json_each(?2) AS item
  CROSS JOIN event_breakdowns AS stored ON stored.controller = ?1 AND stored.site = (item.value || ']') ->> 0
    AND stored.day = (item.value || ']') ->> 1 AND stored.name = (item.value || ']') ->> 2
    AND stored.property = (item.value || ']') ->> 3";

/// What is known.
pub(super) struct Facts {
    /// By message, what others claimed before it.
    earlier: SortedMap<String, Vec<Claim>>,
    /// The messages that were counted before.
    counted: SortedSet<String>,
    /// Names that are told apart: on a site's day.
    pub(super) names: Bounded,
    /// Values that are: the same, of an event's property.
    pub(super) values: Bounded,
    /// The numbers of the people who are linked to their visitors already.
    pub(super) linked: Vec<usize>,
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
        let claims = claimed(messages);
        let ids: Vec<&BatchId> = messages.iter().map(|message| &message.id).collect();
        let (names, values) = places(messages, sites);
        let [id, text] = [D1Type::Text(controller.as_str()), D1Type::Text(&claims)];
        let mut batch = vec![database.statement(CLAIM, &[id, text, time(now)])?];
        for (sql, list) in [
            (EARLIER, claims.as_str()),
            (COUNTED, &database::json(&ids)?),
            (NAMES, &names),
            (VALUES, &values),
            (people::LINKED, &database::json(&people)?),
        ] {
            batch.push(database.statement(sql, &[D1Type::Text(controller.as_str()), D1Type::Text(list)])?);
        }
        let mut answers = database.results(batch).await?.into_iter().skip(1);
        let mut next = || answers.next().map_or_else(|| Ok(Vec::new()), |answer| rows(&answer));
        let mut facts = Self {
            earlier: SortedMap::new(),
            counted: SortedSet::new(),
            names: Bounded::new(rollup::MAX_NAMES),
            values: Bounded::new(rollup::MAX_VALUES),
            linked: Vec::new(),
        };
        for row in next()? {
            let claim = Claim { source: text_of(&row, 1), low: number(&row, 2), high: number(&row, 3) };
            facts.earlier.entry(text_of(&row, 0)).or_default().push(claim);
        }
        facts.counted.extend(next()?.iter().map(|row| text_of(row, 0)));
        for row in next()? {
            facts.names.know(text_of(&row, 0), text_of(&row, 1));
        }
        for row in next()? {
            facts.values.know(text_of(&row, 0), text_of(&row, 1));
        }
        facts.linked.extend(next()?.iter().filter_map(|row| usize::try_from(number(row, 0)).ok()));
        Ok(facts)
    }

    /// What others claimed before this message.
    pub(super) fn earlier(&self, message: &BatchId) -> &[Claim] {
        self.earlier.get(message.as_str()).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether the message was counted before.
    pub(super) fn is_counted(&self, message: &BatchId) -> bool {
        self.counted.contains(message.as_str())
    }
}

/// Rows that the database has put into one text.
fn rows(answer: &D1Result) -> Result<Vec<Value>, Problem> {
    #[derive(Deserialize)]
    struct Row {
        rows: String,
    }
    let text = first_row::<Row>(answer)?.map(|row| row.rows);
    match serde_json::from_str(text.as_deref().unwrap_or("[]")) {
        Ok(Value::Array(rows)) => Ok(rows),
        _ => Err(Problem::internal("rows that are none")),
    }
}

fn text_of(row: &Value, column: usize) -> String {
    row.get(column).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn number(row: &Value, column: usize) -> u32 {
    row.get(column).and_then(Value::as_u64).and_then(|number| u32::try_from(number).ok()).unwrap_or_default()
}

/// What each message claims: site, source, low, high, message. Neither of these texts needs an escape.
fn claimed(messages: &[Message]) -> String {
    let mut rows = String::new();
    for message in messages {
        for Claim { source, low, high } in claims::claims(&message.events) {
            let before = if rows.is_empty() { "[[\"" } else { ",[\"" };
            let numbers = ["\",", &low.to_string(), ",", &high.to_string(), ",\""].concat();
            for part in [before, message.site.as_str(), "\",\"", &source, &numbers, message.id.as_str(), "\"]"] {
                rows.push_str(part);
            }
        }
    }
    if rows.is_empty() { "[]".to_owned() } else { rows + "]" }
}

/// Where names and where values are told apart, each place by the beginning of its rows.
fn places(messages: &[Message], sites: &Sites) -> (String, String) {
    let [mut names, mut values] = [SortedSet::new(), SortedSet::new()];
    for message in messages {
        names.insert(beginning(&message.site, rollup::day(message.received_at), &[]));
        for event in &message.events {
            let day = rollup::day(event.at);
            names.insert(beginning(&message.site, day, &[]));
            for property in sites.breakdowns(&message.site, &event.name) {
                values.insert(beginning(&message.site, day, &[&event.name, property]));
            }
        }
    }
    (listed(&names), listed(&values))
}

/// A JSON array of texts, which are beginnings of rows and so have no end yet.
fn listed(places: &SortedSet<String>) -> String {
    Value::Array(places.iter().map(|place| Value::from(place.as_str())).collect()).to_string()
}
