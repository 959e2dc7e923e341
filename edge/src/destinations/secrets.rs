//! Secrets of destinations: sealed, each for its own place. A webhook's is drawn here and shown once; the others' are the
//! vendor's. While a webhook's secret changes, both sign for a day, so that the receiver can change over in peace.

use std::fmt;

use nod_core::{
    destinations::Kind,
    id::{ControllerId, SiteKey},
    journal::{Action, Actor, Entry},
    seal::Context,
    time::Timestamp,
    webhook::standard_webhooks::Key,
};
use serde::Deserialize;
use serde_json::{Value, json};
use worker::D1Type;

use crate::{
    clock,
    database::{Database, optional_text, optional_time, time},
    environment::Environment,
    http::Problem,
    journal::append,
    keys,
    staff::Staff,
    tags,
};

/// How long the secret before it signs too.
const OVERLAP: i64 = 24 * 60 * 60 * 1000;

#[derive(Deserialize)]
struct Row {
    secret: String,
    previous: Option<String>,
    previous_not_after: Option<Timestamp>,
}

/// Why a secret was not set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotSet {
    /// Neither the published configuration nor the draft has such a destination.
    UnknownDestination,
    /// Its kind has no secret.
    NoSecret,
    /// The vendor makes it; none was given.
    Missing,
    /// It is not in the form of one.
    Malformed(Kind),
}

impl NotSet {
    /// The code that the API uses.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::UnknownDestination => "UNKNOWN_DESTINATION",
            Self::NoSecret => "NO_SECRET",
            Self::Missing | Self::Malformed(_) => "INVALID_SECRET",
        }
    }

    /// The part of the input that it is about.
    pub(crate) const fn field(self) -> &'static str {
        match self {
            Self::UnknownDestination | Self::NoSecret => "destination",
            Self::Missing | Self::Malformed(_) => "secret",
        }
    }
}

impl fmt::Display for NotSet {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::UnknownDestination => {
                "Neither the published tags nor the draft have a destination with this id. Save the draft first."
            }
            Self::NoSecret => "A destination of this kind needs no secret. Leave it out.",
            Self::Missing => "The vendor makes this secret. Copy it from there and give it.",
            Self::Malformed(Kind::Webhook) => {
                "The secret is not whsec_ and 24 to 64 bytes in base64. Leave it out, and one is made and shown once."
            }
            Self::Malformed(_) => "The secret is empty, too long, or holds a space or a line break. Copy it again.",
        })
    }
}

fn place(controller: &ControllerId, site: &SiteKey, destination: &str) -> Context {
    let row = [site.as_str(), "/", destination].concat();
    Context::new("destination_secrets", controller, &row, "secret")
}

/// The secrets that hold now, the newest first.
pub(super) async fn open(
    environment: &Environment,
    database: &Database,
    controller: &ControllerId,
    site: &SiteKey,
    destination: &str,
    now: Timestamp,
) -> Result<Vec<String>, Problem> {
    let Some(row) = load(database, controller, site, destination).await? else { return Ok(Vec::new()) };
    let place = place(controller, site, destination);
    let previous = row.previous.filter(|_| row.previous_not_after.is_some_and(|last| now <= last));
    [Some(row.secret), previous]
        .into_iter()
        .flatten()
        .map(|sealed| keys::open_text(environment, &place, &sealed))
        .collect()
}

async fn load(
    database: &Database,
    controller: &ControllerId,
    site: &SiteKey,
    destination: &str,
) -> Result<Option<Row>, Problem> {
    let statement = database.statement(
        "SELECT secret, previous, previous_not_after FROM destination_secrets
         WHERE controller = ?1 AND site = ?2 AND destination = ?3",
        &[D1Type::Text(controller.as_str()), D1Type::Text(site.as_str()), D1Type::Text(destination)],
    )?;
    database.first(statement).await
}

/// Sets a destination's secret. The answer is the one that was drawn, where none was given to a webhook. `at_once` ends the
/// one before it now, for when it is in the wrong hands.
pub(crate) async fn set_secret(
    environment: &Environment,
    staff: &Staff,
    site: &SiteKey,
    destination: &str,
    given: Option<&str>,
    at_once: bool,
) -> Result<Result<Option<String>, NotSet>, Problem> {
    let database = Database::of_environment(environment)?;
    let controller = &staff.controller;
    let Some(kind) = kind(environment, &database, controller, site, destination).await? else {
        return Ok(Err(NotSet::UnknownDestination));
    };
    let drawn = match given.map(str::trim) {
        _ if !kind.needs_secret() => return Ok(Err(NotSet::NoSecret)),
        Some(secret) if !kind.takes_secret(secret) => return Ok(Err(NotSet::Malformed(kind))),
        None if !kind.draws_secret() => return Ok(Err(NotSet::Missing)),
        Some(_) => None,
        None => Some(Key::shared_text(&keys::random()?)),
    };
    let secret = drawn.as_deref().or(given.map(str::trim)).unwrap_or_default();
    let now = clock::now()?;
    let before = load(&database, controller, site, destination).await?.filter(|_| kind.draws_secret() && !at_once);
    let entry = Entry {
        controller: controller.clone(),
        at: now,
        actor: Actor::Staff,
        action: Action::DestinationSecretSet,
        object: [site.as_str(), "/", destination].concat(),
        detail: json!({"kind": kind.name(), "by": staff.actor}),
    };
    let sealed = keys::seal(environment, &place(controller, site, destination), secret.as_bytes())?;
    let set = database.statement(
        "INSERT INTO destination_secrets (controller, site, destination, secret, previous, previous_not_after, set_at, set_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT DO UPDATE SET secret = ?4, previous = ?5, previous_not_after = ?6, set_at = ?7, set_by = ?8",
        &[
            D1Type::Text(controller.as_str()),
            D1Type::Text(site.as_str()),
            D1Type::Text(destination),
            D1Type::Text(&sealed),
            optional_text(before.as_ref().map(|row| row.secret.as_str())),
            optional_time(before.as_ref().map(|_| clock::later(now, OVERLAP))),
            time(now),
            D1Type::Text(staff.actor.as_str()),
        ],
    )?;
    database.results(vec![set, append(&database, &entry, "TRUE")?]).await?;
    Ok(Ok(drawn))
}

/// The destination's kind, as it is published or, before that, drafted.
async fn kind(
    environment: &Environment,
    database: &Database,
    controller: &ControllerId,
    site: &SiteKey,
    destination: &str,
) -> Result<Option<Kind>, Problem> {
    let published = tags::current(environment, controller, site).await?;
    if let Some(kind) = published.and_then(|published| kind_in(published.configuration.document(), destination)) {
        return Ok(Some(kind));
    }
    let draft = tags::draft(database, controller, site).await?;
    let document: Option<Value> = draft.and_then(|draft| serde_json::from_str(&draft.document).ok());
    Ok(document.and_then(|document| kind_in(&document, destination)))
}

fn kind_in(configuration: &Value, destination: &str) -> Option<Kind> {
    let mut all = configuration.get("destinations")?.as_array()?.iter();
    let found = all.find(|one| one.get("id").and_then(Value::as_str) == Some(destination))?;
    found.get("kind").and_then(Value::as_str).and_then(Kind::parse)
}
