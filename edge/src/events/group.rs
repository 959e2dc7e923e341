//! A controller's messages that came together, counted in one batch. A message is counted once however often the queue
//! delivers it, and an event once however often pages send it.

use std::collections::BTreeSet;

use nod_core::{
    events::{Event, Message, claims},
    id::{BatchId, ControllerId},
    journal::{Action, Actor, Entry},
    time::Timestamp,
};
use serde::Deserialize;
use serde_json::json;
use worker::{D1PreparedStatement, D1Type};

use super::{
    facts::Facts,
    hand_on,
    people::{self, Person},
    sites::Sites,
    tally::Added,
};
use crate::{
    clock,
    database::{self, Database, first_row, time},
    environment::Environment,
    http::Problem,
    journal, keys,
};

/// Holds as long as none of the messages in `?2` was counted.
const NEW: &str =
    "NOT EXISTS (SELECT 1 FROM event_messages WHERE controller = ?1 AND id IN (SELECT value FROM json_each(?2)))";

const COUNTS: &str = "
  INSERT INTO event_counts (controller, site, hour, name, accepted, blocked)
  SELECT ?1, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(?3) WHERE ";
const ADD_COUNTS: &str = " ON CONFLICT (controller, site, hour, name)
  DO UPDATE SET accepted = accepted + excluded.accepted, blocked = blocked + excluded.blocked";

const BREAKDOWNS: &str = "
  INSERT INTO event_breakdowns (controller, site, day, name, property, value, accepted)
  SELECT ?1, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5 FROM json_each(?3) WHERE ";
const ADD_BREAKDOWNS: &str = " ON CONFLICT (controller, site, day, name, property, value)
  DO UPDATE SET accepted = accepted + excluded.accepted";

const DROPS: &str = "
  INSERT INTO event_drops (controller, site, hour, dropped)
  SELECT ?1, value ->> 0, value ->> 1, value ->> 2 FROM json_each(?3) WHERE ";
const ADD_DROPS: &str = " ON CONFLICT (controller, site, hour) DO UPDATE SET dropped = dropped + excluded.dropped";

/// A day that was folded is closed: what comes for it so late may have been counted under the same mark.
const VISITS: &str = "
  INSERT INTO visit_marks (controller, site, day, mark)
  SELECT ?1, value ->> 0, value ->> 1, value ->> 2 FROM json_each(?3) AS item
  WHERE NOT EXISTS (SELECT 1 FROM visit_counts WHERE controller = ?1 AND site = item.value ->> 0 AND day = item.value ->> 1)
    AND ";

const DONE: &str = "INSERT INTO event_messages (controller, id, at) SELECT ?1, value, ?3 FROM json_each(?2) WHERE ";

/// Counts the messages, and hands their events to the destinations that may have them.
pub(super) async fn count_and_hand_on(
    environment: &Environment,
    controller: &ControllerId,
    messages: &[Message],
) -> Result<(), Problem> {
    let database = Database::of_environment(environment)?;
    let now = clock::now()?;
    let sites = Sites::of(environment, controller, messages).await?;
    let people = people::named(&*keys::masters(environment)?, controller, messages)?;
    let mut facts = Facts::read(&database, controller, messages, &sites, &people, now).await?;
    let fresh: Vec<Vec<&Event>> =
        messages.iter().map(|message| claims::unclaimed(&message.events, facts.earlier(&message.id))).collect();
    let group = Group { database: &database, controller, now };
    group.count(messages, &fresh, &sites, people, &mut facts).await?;
    hand_on::hand_on(environment, controller, messages.iter().zip(&fresh), &sites).await
}

struct Group<'a> {
    database: &'a Database,
    controller: &'a ControllerId,
    now: Timestamp,
}

impl Group<'_> {
    /// Counts those that were not counted. All of it or nothing.
    async fn count(
        &self,
        messages: &[Message],
        fresh: &[Vec<&Event>],
        sites: &Sites,
        people: Vec<Person>,
        facts: &mut Facts,
    ) -> Result<(), Problem> {
        let mut added = Added::default();
        let mut ids: BTreeSet<&BatchId> = BTreeSet::new();
        for (message, fresh) in messages.iter().zip(fresh) {
            // The queue may bring the same message twice at once.
            if !facts.counted.contains(&message.id) && ids.insert(&message.id) {
                added.add(message, fresh, sites);
            }
        }
        if ids.is_empty() {
            return Ok(());
        }
        let people = people.into_iter().enumerate().filter(|(number, _)| !facts.linked.contains(number));
        let batch =
            self.batch(&database::json(&ids)?, &added, &people.map(|(_, person)| person).collect::<Vec<_>>(), facts)?;
        let results = self.database.results(batch).await?;
        match results.last().map(first_row::<Row>) {
            Some(Ok(Some(_))) => Ok(()),
            // Somebody else counted one of them in the meantime. That is known when they are delivered again.
            _ => Err(Problem::still_changing()),
        }
    }

    /// Everything that is added, if none of the messages was counted by then; at last, that they are.
    fn batch(
        &self,
        ids: &str,
        added: &Added<'_>,
        people: &[Person],
        facts: &mut Facts,
    ) -> Result<Vec<D1PreparedStatement>, Problem> {
        let mut batch = Vec::new();
        for (sql, end, rows) in [
            (COUNTS, ADD_COUNTS, added.counts(facts)),
            (BREAKDOWNS, ADD_BREAKDOWNS, added.breakdowns(facts)),
            (DROPS, ADD_DROPS, added.drops()),
        ] {
            if !rows.is_empty() {
                batch.push(self.insertion(sql, end, ids, &database::json(&rows)?)?);
            }
        }
        if !added.visits.is_empty() {
            batch.push(self.insertion(VISITS, " ON CONFLICT DO NOTHING", ids, &database::json(&added.visits)?)?);
        }
        let mut entries = self.blocked(added);
        if !people.is_empty() {
            let rows = database::json(&people)?;
            batch.push(self.insertion(people::IDENTITIES, " ON CONFLICT DO NOTHING", ids, &rows)?);
            batch.push(self.insertion(people::LINKS, " ON CONFLICT DO NOTHING", ids, &rows)?);
            entries.extend(people::entries(self.controller, people, self.now));
        }
        if !entries.is_empty() {
            batch.push(journal::append_all(self.database, self.controller, &entries, ids, NEW)?);
        }
        let done = [DONE, NEW, " RETURNING id"].concat();
        let arguments = [D1Type::Text(self.controller.as_str()), D1Type::Text(ids), time(self.now)];
        batch.push(self.database.statement(&done, &arguments)?);
        Ok(batch)
    }

    fn insertion(&self, sql: &str, end: &str, ids: &str, rows: &str) -> Result<D1PreparedStatement, Problem> {
        let arguments = [D1Type::Text(self.controller.as_str()), D1Type::Text(ids), D1Type::Text(rows)];
        self.database.statement(&[sql, NEW, end].concat(), &arguments)
    }

    /// One entry for each site: how many events were dropped for which purpose.
    fn blocked(&self, added: &Added<'_>) -> Vec<Entry> {
        let entry = |(site, counts)| Entry {
            controller: self.controller.clone(),
            at: self.now,
            actor: Actor::System,
            action: Action::EventsBlocked,
            object: ToString::to_string(site),
            detail: json!({"site": site, "counts": counts}),
        };
        added.blocked_by_purpose.iter().map(entry).collect()
    }
}

#[derive(Deserialize)]
struct Row {
    #[expect(dead_code, reason = "that there is one is the answer")]
    id: BatchId,
}
