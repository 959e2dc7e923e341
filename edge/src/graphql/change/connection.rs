//! Changes of connections, for owners.

use std::time::Duration;

use async_graphql::Result;
use nod_core::{
    id::ConnectionId,
    intake::{FieldMapping, InvalidMapping},
    webhook::{Scheme, Source},
};

use super::{UserError, done, refused, refused_with};
use crate::{
    connection::{Connection, Manager, NotDone, Wish},
    database::Database,
    graphql::{
        fields::{Asked, Work},
        input::Input,
        session::Session,
        shown::Shown,
        types::{connection::Wanted, mapping},
    },
    http::Problem,
    staff::Staff,
};

/// `createConnection`
pub(in crate::graphql) fn create_connection(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let (session, staff, input) = owner(asked)?;
        let database = Database::of(session.call())?;
        let origin = session.call().origin();
        let source = input.name("source").as_deref().and_then(Source::parse);
        let wish = Wish {
            source: source.ok_or_else(|| Problem::internal("a source that the rules do not have"))?,
            scheme: input.name("scheme").as_deref().and_then(Scheme::parse),
            label: input.must("label"),
            secret: input.text("secret"),
            origin: &origin,
        };
        Ok(match manager(session, &database, staff).create(&wish).await? {
            Ok(made) => done(vec![
                ("connection", one(asked, &database, staff, made.connection).await?),
                ("url", made.url.into()),
                ("secret", made.secret.into()),
            ]),
            Err(why) => refused(why),
        })
    })
}

/// `rotateConnectionSecret`
pub(in crate::graphql) fn rotate_connection_secret(asked: Asked<'_>) -> Work<'_> {
    /// How long two secrets hold where null is said, in seconds: what the schema says for nothing.
    const OVERLAP: i32 = 86_400;
    Box::pin(async move {
        let (session, staff, input) = owner(asked)?;
        let database = Database::of(session.call())?;
        let overlap = u64::try_from(input.number("overlapSeconds").unwrap_or(OVERLAP));
        let rotated = match (ConnectionId::parse(input.must("connection")), overlap) {
            (None, _) => Err(NotDone::Unknown),
            (_, Err(_)) => Err(NotDone::Overlap),
            (Some(id), Ok(overlap)) => {
                let manager = manager(session, &database, staff);
                manager.rotate(&id, input.text("secret"), Duration::from_secs(overlap)).await?
            }
        };
        Ok(match rotated {
            Ok(rotated) => done(vec![
                ("previousValidUntil", rotated.connection.previous_not_after.into()),
                ("connection", one(asked, &database, staff, rotated.connection).await?),
                ("secret", rotated.secret.into()),
            ]),
            Err(why) => refused(why),
        })
    })
}

/// `disableConnection`
pub(in crate::graphql) fn disable_connection(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let (session, staff, input) = owner(asked)?;
        let database = Database::of(session.call())?;
        let disabled = match ConnectionId::parse(input.must("connection")) {
            Some(id) => manager(session, &database, staff).disable(&id).await?,
            None => Err(NotDone::Unknown),
        };
        Ok(match disabled {
            Ok(disabled) => done(vec![("connection", one(asked, &database, staff, disabled).await?)]),
            Err(why) => refused(why),
        })
    })
}

/// `saveFieldMapping`
pub(in crate::graphql) fn save_field_mapping(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let (session, staff, input) = owner(asked)?;
        let mapping = match read_mapping(input) {
            Ok(mapping) => mapping,
            Err(why) => return Ok(refused(NotDone::Mapping(why))),
        };
        let trial = mapping.try_on(&input.json("sample"));
        let database = Database::of(session.call())?;
        let saved = match ConnectionId::parse(input.must("connection")) {
            Some(id) => manager(session, &database, staff).map(&id, &mapping, &trial).await?,
            None => Err(NotDone::Unknown),
        };
        let mut payload = vec![("trial", mapping::trial(&trial))];
        Ok(match saved {
            Ok(saved) => {
                payload.push(("connection", one(asked, &database, staff, saved).await?));
                done(payload)
            }
            Err(why) => refused_with(payload, why.into()),
        })
    })
}

/// `tryFieldMapping`
pub(in crate::graphql) fn try_field_mapping(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let (_, _, input) = owner(asked)?;
        Ok(match read_mapping(input) {
            Ok(mapping) => done(vec![("trial", mapping::trial(&mapping.try_on(&input.json("sample"))))]),
            Err(why) => refused(NotDone::Mapping(why)),
        })
    })
}

fn owner(asked: Asked<'_>) -> Result<(&Session, &Staff, Input<'_>)> {
    Ok((asked.session, asked.session.staff()?, asked.input()?))
}

fn manager<'a>(session: &'a Session, database: &'a Database, staff: &'a Staff) -> Manager<'a> {
    Manager { environment: &session.call().environment, database, staff }
}

fn read_mapping(input: Input<'_>) -> Result<FieldMapping, InvalidMapping> {
    let mapping = input.input("mapping").map(Input::as_rules_write_it).unwrap_or_default();
    FieldMapping::parse(&mapping.to_string())
}

/// The connection that a change is answered with, as far as it is asked for.
pub(super) async fn one(
    asked: Asked<'_>,
    database: &Database,
    staff: &Staff,
    connection: Connection,
) -> Result<Shown, Problem> {
    let wanted = Wanted::in_any(&[asked.look_ahead().field("connection")]);
    Ok(wanted.shown(database, &staff.controller, &[connection]).await?.pop().into())
}

impl From<NotDone> for UserError {
    fn from(why: NotDone) -> Self {
        Self { field: why.field(), code: why.code(), sentence: why.to_string() }
    }
}
