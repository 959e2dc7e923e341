//! An application's own endpoint for requests: where it is, and the secret that calls to it are signed with.

use nod_core::{
    destinations::{Endpoint, InvalidEndpoint},
    id::{ConnectionId, ControllerId},
    journal::{Action, Actor, Entry},
    seal::Context,
    webhook::standard_webhooks::Key,
};
use serde::de::IgnoredAny;
use serde_json::json;
use worker::D1Type;

use crate::{
    clock,
    database::{Database, optional_text},
    environment::Environment,
    http::Problem,
    journal::append,
    keys,
    staff::Staff,
};

/// Why an endpoint was not set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotSet {
    /// There is no such connection, or it is disabled.
    UnknownConnection,
    /// The address may not be called.
    Address(InvalidEndpoint),
}

/// Sets a connection's endpoint, or with no address takes it away. The new secret is shown once.
pub(crate) async fn set(
    environment: &Environment,
    database: &Database,
    staff: &Staff,
    connection: &ConnectionId,
    url: Option<&str>,
) -> Result<Result<Option<String>, NotSet>, Problem> {
    if let Some(Err(why)) = url.map(|url| Endpoint::parse(url, environment.hosts())) {
        return Ok(Err(NotSet::Address(why)));
    }
    let controller = &staff.controller;
    let secret = url.map(|_| Ok::<_, Problem>(Key::shared_text(&keys::random()?))).transpose()?;
    let seal = |secret: &String| keys::seal(environment, &place(controller, connection), secret.as_bytes());
    let sealed = secret.as_ref().map(seal).transpose()?;
    let entry = Entry {
        controller: controller.clone(),
        at: clock::now()?,
        actor: Actor::Staff,
        action: Action::ConnectionRightsEndpointSet,
        object: connection.to_string(),
        detail: json!({"is_set": url.is_some(), "by": staff.actor}),
    };
    let is_there = "EXISTS (SELECT 1 FROM connections WHERE controller = ?1 AND id = ?2 AND disabled_at IS NULL)";
    let update = database.statement(
        "UPDATE connections SET rights_url = ?3, rights_secret = ?4
         WHERE controller = ?1 AND id = ?2 AND disabled_at IS NULL RETURNING 1",
        &[
            D1Type::Text(controller.as_str()),
            D1Type::Text(connection.as_str()),
            optional_text(url),
            optional_text(sealed.as_deref()),
        ],
    )?;
    let done = database.batch::<IgnoredAny>(vec![append(database, &entry, is_there)?, update]).await?;
    Ok(if done.is_some() { Ok(secret) } else { Err(NotSet::UnknownConnection) })
}

/// Where the secret belongs.
pub(super) fn place(controller: &ControllerId, connection: &ConnectionId) -> Context {
    Context::new("connections", controller, connection.as_str(), "rights_secret")
}
