//! Connections in D1.

use nod_core::{
    id::{ConnectionId, ControllerId, Fingerprint},
    time::Timestamp,
    webhook::shopify::ShopDomain,
};
use serde::Deserialize;
use worker::{D1PreparedStatement, D1Type};

use super::Connection;
use crate::{
    database::{self, Database, optional_text, optional_time, time},
    http::Problem,
};

const COLUMNS: &str = "controller, id, source, scheme, label, address, url, secret, secret_not_after, previous_secret, \
                       previous_not_after, shop, mapping, version, created_at, disabled_at, refused, refused_at, \
                       refused_because, rights_url, tested_at, tested_because";

const REGION: &str = "(SELECT region FROM controllers WHERE controllers.id = connections.controller) AS region";

/// A connection with what else its deliveries are judged by.
#[derive(Deserialize)]
pub(super) struct Found {
    #[serde(flatten)]
    pub(super) connection: Connection,
    /// Where the controller's numbers without a country code are dialled.
    pub(super) region: Option<String>,
}

/// The connection behind an address. The one query that cannot take a controller: it finds out which it is.
pub(super) async fn by_address(database: &Database, address: &Fingerprint) -> Result<Option<Found>, Problem> {
    let sql = format!("SELECT {COLUMNS}, {REGION} FROM connections WHERE address = ?1");
    database.first(database.statement(&sql, &[D1Type::Text(address.as_str())])?).await
}

/// One connection of a controller, with what else its deliveries are judged by.
pub(super) async fn with_region(
    database: &Database,
    controller: &ControllerId,
    id: &ConnectionId,
) -> Result<Option<Found>, Problem> {
    let sql = format!("SELECT {COLUMNS}, {REGION} FROM connections WHERE controller = ?1 AND id = ?2");
    database.first(database.statement(&sql, &[D1Type::Text(controller.as_str()), D1Type::Text(id.as_str())])?).await
}

/// One connection of a controller.
pub(crate) async fn get(
    database: &Database,
    controller: &ControllerId,
    id: &ConnectionId,
) -> Result<Option<Connection>, Problem> {
    let sql = format!("SELECT {COLUMNS} FROM connections WHERE controller = ?1 AND id = ?2");
    database.first(database.statement(&sql, &[D1Type::Text(controller.as_str()), D1Type::Text(id.as_str())])?).await
}

/// Connections of a controller by their ids.
pub(crate) async fn several(
    database: &Database,
    controller: &ControllerId,
    ids: &[&ConnectionId],
) -> Result<Vec<Connection>, Problem> {
    let sql =
        format!("SELECT {COLUMNS} FROM connections WHERE controller = ?1 AND id IN (SELECT value FROM json_each(?2))");
    let ids = database::json(&ids)?;
    database.all(database.statement(&sql, &[D1Type::Text(controller.as_str()), D1Type::Text(&ids)])?).await
}

/// A controller's connections, the oldest first, behind the one of that time and id.
pub(crate) async fn list(
    database: &Database,
    controller: &ControllerId,
    after: Option<(Timestamp, &ConnectionId)>,
    limit: u16,
) -> Result<Vec<Connection>, Problem> {
    let sql = format!(
        "SELECT {COLUMNS} FROM connections
         WHERE controller = ?1 AND (?2 IS NULL OR (created_at, id) > (?2, ?3))
         ORDER BY created_at, id LIMIT ?4"
    );
    let statement = database.statement(
        &sql,
        &[
            D1Type::Text(controller.as_str()),
            optional_time(after.map(|(at, _)| at)),
            optional_text(after.map(|(_, id)| id.as_str())),
            D1Type::Integer(limit.into()),
        ],
    )?;
    database.all(statement).await
}

/// The statement that makes a connection.
pub(crate) fn insertion(database: &Database, connection: &Connection) -> Result<D1PreparedStatement, Problem> {
    database.statement(
        &format!(
            "INSERT INTO connections ({COLUMNS})
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, 1, ?14, NULL, 0, NULL, NULL, NULL, NULL,
                     NULL)"
        ),
        &[
            D1Type::Text(connection.controller.as_str()),
            D1Type::Text(connection.id.as_str()),
            D1Type::Text(connection.source.name()),
            D1Type::Text(connection.scheme.name()),
            D1Type::Text(&connection.label),
            D1Type::Text(connection.address.as_str()),
            D1Type::Text(&connection.url),
            optional_text(connection.secret.as_deref()),
            optional_time(connection.secret_not_after),
            optional_text(connection.previous_secret.as_deref()),
            optional_time(connection.previous_not_after),
            optional_text(connection.shop.as_ref().map(ShopDomain::as_str)),
            optional_text(connection.mapping.as_deref()),
            time(connection.created_at),
        ],
    )
}

/// The statement that writes what may change of a connection, if it is still as it was read. Whoever changed it finds the row
/// at `connection.version + 1` with the new texts; otherwise somebody else was quicker.
pub(crate) fn update(database: &Database, connection: &Connection) -> Result<D1PreparedStatement, Problem> {
    database.statement(
        "UPDATE connections
         SET label = ?4, secret = ?5, secret_not_after = ?6, previous_secret = ?7, previous_not_after = ?8,
             mapping = ?9, disabled_at = ?10, version = version + 1
         WHERE controller = ?1 AND id = ?2 AND version = ?3
         RETURNING version",
        &[
            D1Type::Text(connection.controller.as_str()),
            D1Type::Text(connection.id.as_str()),
            D1Type::Real(connection.version.into()),
            D1Type::Text(&connection.label),
            optional_text(connection.secret.as_deref()),
            optional_time(connection.secret_not_after),
            optional_text(connection.previous_secret.as_deref()),
            optional_time(connection.previous_not_after),
            optional_text(connection.mapping.as_deref()),
            optional_time(connection.disabled_at),
        ],
    )
}

/// The statement that counts a call whose proof did not hold.
pub(crate) fn refused(
    database: &Database,
    controller: &ControllerId,
    id: &ConnectionId,
    at: Timestamp,
    because: &str,
) -> Result<D1PreparedStatement, Problem> {
    database.statement(
        "UPDATE connections SET refused = refused + 1, refused_at = ?3, refused_because = ?4
         WHERE controller = ?1 AND id = ?2",
        &[D1Type::Text(controller.as_str()), D1Type::Text(id.as_str()), time(at), D1Type::Text(because)],
    )
}

/// The statement that keeps what a test came to, of a connection that is still as it was read; it answers with a row.
pub(crate) fn tested(
    database: &Database,
    connection: &Connection,
    at: Timestamp,
    because: Option<&str>,
) -> Result<D1PreparedStatement, Problem> {
    database.statement(
        "UPDATE connections SET tested_at = ?4, tested_because = ?5
         WHERE controller = ?1 AND id = ?2 AND version = ?3 RETURNING version",
        &[
            D1Type::Text(connection.controller.as_str()),
            D1Type::Text(connection.id.as_str()),
            D1Type::Real(connection.version.into()),
            time(at),
            optional_text(because),
        ],
    )
}
