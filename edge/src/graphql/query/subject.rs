//! Who somebody is. That it was asked is written in the journal.

use async_graphql::Result;
use nod_core::{
    id::IdentityId,
    identity::Kind,
    journal::{Action, Actor, Entry},
};
use serde_json::{Value, json};

use super::connection_id;
use crate::{
    clock,
    database::Database,
    graphql::{
        fields::{Asked, Work},
        input::Input,
        session::{Session, coded},
        shown::Shown,
        types::{
            connection::{Known, Wanted},
            subject,
        },
    },
    http::Problem,
    identity::{self, Found, Profile},
    journal, keys,
    staff::Staff,
};

/// `dataSubject`
pub(in crate::graphql) fn data_subject(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let session = asked.session;
        let staff = session.staff()?;
        let (identity, by) = match (asked.arguments.text("id"), asked.arguments.input("identifier")) {
            (Some(id), None) => (IdentityId::parse(id), "id"),
            (None, Some(identifier)) => find(session, staff, identifier).await?,
            _ => return Err(coded("Give either `id` or `identifier`.", "BAD_INPUT")),
        };
        let Some(identity) = identity else { return Ok(Shown::Nothing) };
        person(asked, &Database::of(session.call())?, staff, &identity, by).await
    })
}

/// A person, with what is asked for of them.
pub(in crate::graphql) async fn person(
    asked: Asked<'_>,
    database: &Database,
    staff: &Staff,
    identity: &IdentityId,
    by: &str,
) -> Result<Shown> {
    let masters = keys::masters(&asked.session.call().environment)?;
    let Some(profile) = identity::profile(database, &masters, &staff.controller, identity).await? else {
        return Ok(Shown::Nothing);
    };
    note(database, staff, &profile, by).await?;
    let wanted = Wanted::in_any(&subject::connections_of(&asked.look_ahead()));
    let known = Known::read(database, &staff.controller, subject::connections(&profile), wanted).await?;
    let requests = subject::requests(database, &staff.controller, &profile, &known).await?;
    Ok(subject::shown(profile, &known, requests))
}

/// The identity of an identifier, and the name of its kind.
async fn find(session: &Session, staff: &Staff, identifier: Input<'_>) -> Result<(Option<IdentityId>, &'static str)> {
    let connection = identifier.text("connection").map(connection_id).transpose()?;
    let kind = identifier.name("kind").as_deref().and_then(Kind::parse);
    let kind = kind.ok_or_else(|| Problem::internal("a kind of identity that the rules do not have"))?;
    let database = Database::of(session.call())?;
    let masters = keys::masters(&session.call().environment)?;
    let (controller, value) = (&staff.controller, identifier.must("value"));
    match identity::find_by_identifier(&database, &masters, controller, kind, value, connection.as_ref()).await? {
        Found::One(id) => Ok((Some(id), kind.name())),
        Found::None => Ok((None, kind.name())),
        Found::Several => {
            let sentence = "Several connections have given out this customer id. Name the connection, too.";
            Err(coded(sentence, "AMBIGUOUS_IDENTIFIER"))
        }
        Found::Unreadable(sentence) => Err(coded(sentence, "UNREADABLE_IDENTIFIER")),
    }
}

/// Writes in the journal that somebody looked, before they see anything. What they typed is not in it.
async fn note(database: &Database, staff: &Staff, profile: &Profile, by: &str) -> Result<(), Problem> {
    let entry = Entry {
        controller: staff.controller.clone(),
        at: clock::now()?,
        actor: Actor::Staff,
        action: Action::SubjectViewed,
        object: profile.id.to_string(),
        detail: json!({"by": staff.actor, "found_by": by}),
    };
    database.batch::<Value>(vec![journal::append(database, &entry, "1")?]).await.map(drop)
}
