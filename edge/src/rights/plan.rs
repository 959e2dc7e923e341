//! What must be done elsewhere: a task for each connection that knows the person, with the way there, and for each application that
//! has an endpoint for requests. It is written once; the row in the outbox goes in the same batch.

use nod_core::{
    id::{ConnectionId, ControllerId, ItemId, RightsRequestId},
    keys::MasterKeys,
    rights::platforms::{TaskKind, link},
    time::Timestamp,
};
use serde::{Deserialize, de::IgnoredAny};
use serde_json::{Value, json};
use worker::D1Type;

use super::{facts::Facts, reach::Reach};
use crate::{
    clock,
    database::{self, Database},
    http::Problem,
    keys,
};

/// Connections of one plan.
const MOST: i32 = 200;

#[derive(Deserialize)]
struct Connection {
    id: ConnectionId,
    source: String,
    shop: Option<String>,
    has_endpoint: u8,
}

/// The connections that told of the person, and those that want to be asked. The platform that passed the request on is not
/// told what it told us.
const CONNECTIONS: &str = "
  SELECT id, source, shop, rights_url IS NOT NULL AND disabled_at IS NULL AS has_endpoint FROM connections
  WHERE controller = ?1 AND id IS NOT ?3
    AND (rights_url IS NOT NULL AND disabled_at IS NULL OR id IN (
      SELECT observations.connection FROM json_each(?2) AS one
      CROSS JOIN observation_identities AS link ON link.controller = ?1 AND link.identity = one.value
      CROSS JOIN observations ON observations.controller = ?1 AND observations.id = link.observation
      UNION
      SELECT subject_consents.connection FROM json_each(?2) AS one
      CROSS JOIN subject_consent_identities AS link ON link.controller = ?1 AND link.identity = one.value
      CROSS JOIN subject_consents ON subject_consents.controller = ?1 AND subject_consents.id = link.consent))
  ORDER BY created_at LIMIT ?4";

const IS_DUE: &str =
    "EXISTS (SELECT 1 FROM outbox WHERE controller = ?1 AND kind = 'rights' AND object = 'plan/' || ?2)";

/// Plans a request that is to be planned; any other is left as it is.
pub(crate) async fn run(
    database: &Database,
    masters: &MasterKeys,
    controller: &ControllerId,
    request: &RightsRequestId,
) -> Result<(), Problem> {
    let arguments = [D1Type::Text(controller.as_str()), D1Type::Text(request.as_str())];
    let is_due = database.statement(&["SELECT 1 WHERE ", IS_DUE].concat(), &arguments)?;
    if database.first::<IgnoredAny>(is_due).await?.is_none() {
        return Ok(());
    }
    let facts = Facts::of(database, controller, request).await?.filter(Facts::is_active);
    let kind = facts.as_ref().and_then(|facts| TaskKind::of_request(facts.kind().name()));
    let mut tasks = Vec::new();
    if let (Some(facts), Some(kind)) = (&facts, kind) {
        let reach = Reach::of(database, masters, controller, request).await?;
        let can_be_asked = facts.sealed.is_some();
        for connection in connections(database, controller, &reach, facts).await? {
            tasks.push(task(kind, &connection, can_be_asked, clock::now()?)?);
        }
    }
    write(database, controller, request, &tasks).await
}

async fn connections(
    database: &Database,
    controller: &ControllerId,
    reach: &Reach,
    facts: &Facts,
) -> Result<Vec<Connection>, Problem> {
    let statement = database.statement(
        CONNECTIONS,
        &[
            D1Type::Text(controller.as_str()),
            D1Type::Text(&reach.list()?),
            database::optional_text(facts.connection.as_ref().map(ConnectionId::as_str)),
            D1Type::Integer(MOST),
        ],
    )?;
    database.all(statement).await
}

/// An application is asked by the address that the person has proven. Where there is none, it is done by hand.
fn task(kind: TaskKind, connection: &Connection, can_be_asked: bool, now: Timestamp) -> Result<Value, Problem> {
    let is_called = connection.has_endpoint != 0 && can_be_asked;
    let code = [&connection.source, ".", kind.name()].concat();
    Ok(json!({
        "id": ItemId::from_random(keys::random()?), "kind": kind.name(), "connection": connection.id,
        "code": code, "link": link(&connection.source, connection.shop.as_deref()),
        "next_at": is_called.then_some(now.millis()), "created_at": now.millis(),
    }))
}

async fn write(
    database: &Database,
    controller: &ControllerId,
    request: &RightsRequestId,
    tasks: &[Value],
) -> Result<(), Problem> {
    let insert = [
        "INSERT INTO rights_tasks (controller, request, id, kind, connection, code, link, state, next_at, created_at)
         SELECT ?1, ?2, value ->> 'id', value ->> 'kind', value ->> 'connection', value ->> 'code', value ->> 'link', 'open',
                value ->> 'next_at', value ->> 'created_at'
         FROM json_each(?3) WHERE ",
        IS_DUE,
    ];
    let arguments = [D1Type::Text(controller.as_str()), D1Type::Text(request.as_str())];
    let batch = vec![
        database.statement(
            &insert.concat(),
            &[
                D1Type::Text(controller.as_str()),
                D1Type::Text(request.as_str()),
                D1Type::Text(&database::json(&tasks)?),
            ],
        )?,
        database.statement(
            "DELETE FROM outbox WHERE controller = ?1 AND kind = 'rights' AND object = 'plan/' || ?2",
            &arguments,
        )?,
    ];
    database.batch::<IgnoredAny>(batch).await.map(drop)
}
