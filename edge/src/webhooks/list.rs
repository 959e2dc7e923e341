//! What is kept of deliveries, for staff: the newest first.

use nod_core::sorted::SortedMap;

use nod_core::{
    id::{ConnectionId, ControllerId, DeliveryId, Fingerprint},
    time::Timestamp,
};
use serde::Deserialize;
use worker::D1Type;

use crate::{
    database::{Database, optional_text, optional_time, time},
    http::Problem,
    page::{Asked, Page, older_than},
};

/// A delivery as it is kept.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Kept {
    pub(crate) id: DeliveryId,
    pub(crate) connection: ConnectionId,
    pub(crate) received_at: Timestamp,
    pub(crate) happened_at: Option<Timestamp>,
    pub(crate) event: String,
    pub(crate) status: String,
    pub(crate) reason: Option<String>,
    pub(crate) proof: String,
    /// JSON array.
    pub(crate) classes: String,
    /// The body's SHA-256; nothing once it was purged.
    pub(crate) body: Option<Fingerprint>,
    pub(crate) bytes: u32,
    pub(crate) repeats: u32,
    /// Whether what is needed to replay it is still there.
    pub(crate) is_replayable: u8,
}

/// Which deliveries.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    pub(crate) connection: Option<ConnectionId>,
    pub(crate) status: Option<String>,
    /// From this moment.
    pub(crate) from: Option<Timestamp>,
    /// Before this moment.
    pub(crate) to: Option<Timestamp>,
}

const COLUMNS: &str =
    "id, connection, received_at, happened_at, event, status, reason, proof, classes, body, bytes, repeats,
       EXISTS (SELECT 1 FROM dead_letters WHERE dead_letters.controller = deliveries.controller
               AND dead_letters.delivery = deliveries.id AND dead_letters.expires_at > ?2) AS is_replayable";

/// The newest first.
pub(crate) async fn list(
    database: &Database,
    controller: &ControllerId,
    filter: &Filter,
    asked: &Asked,
    now: Timestamp,
) -> Result<Page<Kept>, Problem> {
    let [before, before_id] = older_than(asked.after.as_ref());
    let statement = database.statement(
        &format!(
            "SELECT {COLUMNS} FROM deliveries
             WHERE controller = ?1 AND (?3 IS NULL OR connection = ?3) AND (?4 IS NULL OR status = ?4)
               AND (received_at, id) < (?5, ?6) AND received_at >= COALESCE(?8, 0) AND (?9 IS NULL OR received_at < ?9)
             ORDER BY received_at DESC, id DESC LIMIT ?7"
        ),
        &[
            D1Type::Text(controller.as_str()),
            time(now),
            optional_text(filter.connection.as_ref().map(ConnectionId::as_str)),
            optional_text(filter.status.as_deref()),
            before,
            before_id,
            D1Type::Integer(asked.to_read().into()),
            optional_time(filter.from),
            optional_time(filter.to),
        ],
    )?;
    Ok(asked.page(database.all(statement).await?))
}

/// One delivery.
pub(crate) async fn get(
    database: &Database,
    controller: &ControllerId,
    id: &DeliveryId,
    now: Timestamp,
) -> Result<Option<Kept>, Problem> {
    let statement = database.statement(
        &format!("SELECT {COLUMNS} FROM deliveries WHERE controller = ?1 AND id = ?3"),
        &[D1Type::Text(controller.as_str()), time(now), D1Type::Text(id.as_str())],
    )?;
    database.first(statement).await
}

#[derive(Deserialize)]
struct Latest {
    connection: ConnectionId,
    at: Option<Timestamp>,
}

/// When each of these connections had its last delivery; without those that had none.
pub(crate) async fn latest(
    database: &Database,
    controller: &ControllerId,
    connections: &[&ConnectionId],
) -> Result<SortedMap<ConnectionId, Timestamp>, Problem> {
    let connections = serde_json::to_string(connections).map_err(|_| Problem::internal("ids that JSON cannot hold"))?;
    let statement = database.statement(
        "SELECT value AS connection,
                (SELECT MAX(received_at) FROM deliveries WHERE controller = ?1 AND connection = value) AS at
         FROM json_each(?2)",
        &[D1Type::Text(controller.as_str()), D1Type::Text(&connections)],
    )?;
    let rows: Vec<Latest> = database.all(statement).await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.connection, row.at?))).collect())
}
