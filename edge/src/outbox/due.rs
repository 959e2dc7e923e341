//! What is due, sorted: reckonings of one controller and kind together, because one look at the facts serves them all.

use nod_core::sorted::{SortedMap, SortedSet};

use nod_core::{
    id::{ConnectionId, ControllerId},
    keys::MasterKeys,
    time::Timestamp,
};
use serde::Deserialize;
use worker::{D1Type, console_error};

use super::{backoff, purge::Purge};
use crate::{
    database::{Database, time},
    http::Problem,
    identity::{self, Reckoned, Work},
    rights,
};

/// Rows of one round.
const MOST: i32 = 50;
/// Why a reckoning waits whose neighbourhood is not bounded.
const TOO_LARGE: &str = "too_large";

#[derive(Clone, Debug, Deserialize)]
struct Row {
    controller: ControllerId,
    kind: String,
    object: String,
    attempts: u32,
}

/// Objects with how often they failed.
type Objects = SortedMap<String, u32>;

/// What is due.
#[derive(Debug, Default)]
pub(super) struct Due {
    pub(super) reckonings: SortedMap<(ControllerId, Work), Objects>,
    pub(super) purges: Vec<Purge>,
    pub(super) rights: Vec<Rights>,
}

/// Something to be done about a rights request.
#[derive(Clone, Debug)]
pub(super) struct Rights {
    pub(super) controller: ControllerId,
    /// What, and of which request.
    pub(super) object: String,
    pub(super) attempts: u32,
}

impl Rights {
    pub(super) fn row(&self) -> backoff::Row<'_> {
        let Self { controller, object, attempts } = self;
        backoff::Row { controller, kind: rights::KIND, object, attempts: *attempts }
    }
}

/// The longest overdue first.
pub(super) async fn load(database: &Database, now: Timestamp) -> Result<Due, Problem> {
    let statement = database.statement(
        "SELECT controller, kind, object, attempts FROM outbox WHERE next_at <= ?1 ORDER BY next_at LIMIT ?2",
        &[time(now), D1Type::Integer(MOST)],
    )?;
    Ok(sorted(database.all(statement).await?))
}

fn sorted(rows: Vec<Row>) -> Due {
    let mut due = Due::default();
    for Row { controller, kind, object, attempts } in rows {
        let work = [Work::Observations, Work::Splits].into_iter().find(|work| work.kind() == kind);
        let connection = (kind == Purge::KIND).then(|| ConnectionId::parse(&object)).flatten();
        if let Some(work) = work {
            due.reckonings.entry((controller, work)).or_default().insert(object, attempts);
        } else if let Some(connection) = connection {
            due.purges.push(Purge { controller, connection, attempts });
        } else if kind == rights::KIND {
            due.rights.push(Rights { controller, object, attempts });
        }
    }
    due
}

/// Reckons together what can be reckoned together. Where that fails, each is tried for itself, so that one does not hold up
/// the others; and what fails for itself waits.
pub(super) async fn reckon(
    database: &Database,
    masters: &MasterKeys,
    controller: &ControllerId,
    work: Work,
    objects: &Objects,
) -> Result<(), Problem> {
    let all: SortedSet<&str> = objects.keys().map(String::as_str).collect();
    if let Ok(Reckoned::Done) = identity::reckon(database, masters, controller, work, &all).await {
        return Ok(());
    }
    for (object, attempts) in objects {
        let alone = identity::reckon(database, masters, controller, work, &SortedSet::from([object.as_str()])).await;
        let failure = match alone {
            Ok(Reckoned::Done) => continue,
            Ok(Reckoned::TooLarge) => TOO_LARGE,
            Err(problem) => problem.name(),
        };
        console_error!("outbox: {} {object}: {failure}", work.kind());
        let row = backoff::Row { controller, kind: work.kind(), object, attempts: *attempts };
        backoff::later(database, &row, failure).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_sorted_by_whose_and_what_it_is() {
        let connection = ConnectionId::from_random([1; 16]).to_string();
        let rows = [
            ("one", "reckon", "b"),
            ("one", "reckon", "a"),
            ("other", "reckon", "c"),
            ("one", "reckon_split", "d"),
            ("one", "purge", &connection),
            ("one", "rights", "plan/a"),
            ("one", "of another time", "e"),
        ];
        let row = |(controller, kind, object): (&str, &str, &str)| {
            let controller = ControllerId::parse(controller)?;
            Some(Row { controller, kind: kind.to_owned(), object: object.to_owned(), attempts: 0 })
        };
        let due = sorted(rows.into_iter().filter_map(row).collect());
        let groups: Vec<(&str, Work, Vec<&str>)> = due
            .reckonings
            .iter()
            .map(|((controller, work), objects)| {
                (controller.as_str(), *work, objects.keys().map(String::as_str).collect())
            })
            .collect();
        assert_eq!(
            groups,
            [
                ("one", Work::Observations, vec!["a", "b"]),
                ("one", Work::Splits, vec!["d"]),
                ("other", Work::Observations, vec!["c"]),
            ]
        );
        assert_eq!(due.purges.iter().map(|purge| purge.connection.as_str()).collect::<Vec<_>>(), [connection.as_str()]);
        assert_eq!(due.rights.iter().map(|rights| rights.row().object).collect::<Vec<_>>(), ["plan/a"]);
    }
}
