//! A controller's messages that came together, counted in one batch. A message is counted once however often the queue
//! delivers it, and an event once however often pages send it.

use nod_core::{
    events::{Event, Message, claims},
    id::ControllerId,
    journal::{Action, Actor, Entry},
    time::Timestamp,
};
use serde::de::IgnoredAny;
use serde_json::{Map, Value, json};
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
    database::{self, Database, time},
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

const PURPOSES: &str = "
  INSERT INTO event_purposes (controller, site, day, purpose, accepted, blocked)
  SELECT ?1, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(?3) WHERE ";
const ADD_PURPOSES: &str = " ON CONFLICT (controller, site, day, purpose)
  DO UPDATE SET accepted = accepted + excluded.accepted, blocked = blocked + excluded.blocked";

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
        let mut ids: Vec<&str> = Vec::new();
        for (message, fresh) in messages.iter().zip(fresh) {
            // The queue may bring the same message twice at once.
            if !facts.is_counted(&message.id) && !ids.contains(&message.id.as_str()) {
                ids.push(message.id.as_str());
                added.add(message, fresh, sites, facts);
            }
        }
        if ids.is_empty() {
            return Ok(());
        }
        let people = people.into_iter().enumerate().filter(|(number, _)| !facts.linked.contains(number));
        let people: Vec<Person> = people.map(|(_, person)| person).collect();
        let batch = self.batch(&database::json(&ids)?, &added, &people)?;
        match self.database.batch::<IgnoredAny>(batch).await? {
            Some(_) => Ok(()),
            // Somebody else counted one of them in the meantime. That is known when they are delivered again.
            None => Err(Problem::still_changing()),
        }
    }

    /// Everything that is added, if none of the messages was counted by then; at last, that they are.
    fn batch(&self, ids: &str, added: &Added, people: &[Person]) -> Result<Vec<D1PreparedStatement>, Problem> {
        let mut batch = Vec::new();
        for (sql, end, sums) in [
            (COUNTS, ADD_COUNTS, &added.counts),
            (BREAKDOWNS, ADD_BREAKDOWNS, &added.breakdowns),
            (PURPOSES, ADD_PURPOSES, &added.purposes),
            (DROPS, ADD_DROPS, &added.drops),
            (VISITS, " ON CONFLICT DO NOTHING", &added.visits),
        ] {
            if !sums.is_empty() {
                batch.push(self.insertion(sql, end, ids, &sums.rows())?);
            }
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
    fn blocked(&self, added: &Added) -> Vec<Entry> {
        let entry = |(site, counts): (&String, &Map<String, Value>)| Entry {
            controller: self.controller.clone(),
            at: self.now,
            actor: Actor::System,
            action: Action::EventsBlocked,
            object: site.clone(),
            detail: json!({"site": site, "counts": counts}),
        };
        added.blocked.iter().map(entry).collect()
    }
}
