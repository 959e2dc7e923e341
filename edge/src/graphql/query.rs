//! What can be asked.

use async_graphql::{Context, ID, InputObject, Lookahead, Object, Result};
use nod_core::{
    id::{ConnectionId, IdentityId},
    identity::Kind,
    journal::{Action, Actor, Entry},
    staff::Role,
};
use serde_json::{Value, json};

use super::{
    limits,
    names::IdentityKind,
    paging::{Pages, asked, cost, shown},
    session::{Session, coded, here},
    types::{
        DataSubject, Delivery, DeliveryFilter, JournalConnection, JournalEdge, JournalEntry, JournalFilter, Me,
        RightsRequest, RightsRequestFilter, Wanted, WebhookConnection, connections, known, subject,
    },
};
use crate::{
    clock, connection,
    database::Database,
    http::Problem,
    identity::{self, Found, Profile},
    journal, keys,
    page::Place,
    rights,
    staff::Staff,
    webhooks,
};

/// An identifier as a person writes it. It is hashed for the look-up and then forgotten.
#[derive(InputObject)]
struct IdentifierInput {
    /// What it is.
    kind: IdentityKind,
    /// The address, the number, or the platform's id of its customer.
    value: String,
    /// The connection whose customer id it is.
    connection: Option<ID>,
}

/// Questions.
pub(super) struct Query;

#[Object]
impl Query {
    /// Whoever the bearer token stands for; null without one.
    async fn me(&self, context: &Context<'_>) -> Result<Option<Me>> {
        Ok(Me::of(Session::of(context)?))
    }

    /// The webhook sources, the oldest first. For viewers.
    #[graphql(complexity = "cost(first, child_complexity)")]
    async fn connections(
        &self,
        context: &Context<'_>,
        #[graphql(default_with = "Some(limits::USUAL_PAGE)", desc = "At most so many, up to 100.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
    ) -> Result<Pages<WebhookConnection>> {
        let session = Session::of(context)?;
        let controller = session.controller(Role::Viewer)?;
        let asked = asked::<Place>(first, after.as_deref())?;
        let after = match &asked.after {
            Some(place) => Some((place.at, connection_id(&ID(place.id.clone()))?)),
            None => None,
        };
        let wanted = Wanted::in_any(&nodes(context));
        here(async {
            let database = Database::of(session.call())?;
            let after = after.as_ref().map(|(at, id)| (*at, id));
            let page = asked.page(connection::list(&database, controller, after, asked.to_read()).await?);
            let places: Vec<_> =
                page.rows.iter().map(|row| Place { at: row.created_at, id: row.id.to_string() }).collect();
            let rows = wanted.shown(&database, controller, page.rows).await?;
            Ok(shown(&asked, places.into_iter().zip(rows), page.has_more))
        })
        .await
    }

    /// What is kept of deliveries, the newest first. For viewers.
    #[graphql(complexity = "cost(first, child_complexity)")]
    async fn deliveries(
        &self,
        context: &Context<'_>,
        filter: Option<DeliveryFilter>,
        #[graphql(default_with = "Some(limits::USUAL_PAGE)", desc = "At most so many, up to 100.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
    ) -> Result<Pages<Delivery>> {
        let session = Session::of(context)?;
        let controller = session.controller(Role::Viewer)?;
        let asked = asked::<Place>(first, after.as_deref())?;
        let filter = filter.unwrap_or_default();
        let filter = webhooks::Filter {
            connection: filter.connection.map(|id| connection_id(&id)).transpose()?,
            status: filter.status.map(super::names::DeliveryStatus::stored),
        };
        let wanted = Wanted::in_any(&nodes(context).map(|node| node.field("connection")));
        here(async {
            let database = Database::of(session.call())?;
            let page = webhooks::list(&database, controller, &filter, &asked, clock::now()?).await?;
            let known = known(&database, controller, page.rows.iter().map(|row| &row.connection), wanted).await?;
            let rows = page.rows.into_iter().map(|row| {
                let place = Place { at: row.received_at, id: row.id.to_string() };
                Ok((place, Delivery::new(row, &known)?))
            });
            Ok(shown(&asked, rows.collect::<Result<Vec<_>, Problem>>()?, page.has_more))
        })
        .await
    }

    /// One person, found by an identifier or by the id of any of their identities. Give one of the two. That somebody looked
    /// is written in the journal. For viewers.
    #[graphql(complexity = "1_000 + 10 * child_complexity")]
    async fn data_subject(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The id of an identity.")] id: Option<ID>,
        identifier: Option<IdentifierInput>,
    ) -> Result<Option<DataSubject>> {
        let session = Session::of(context)?;
        let staff = session.staff(Role::Viewer)?;
        let (identity, by) = match (id, identifier) {
            (Some(id), None) => (IdentityId::parse(&id), "id"),
            (None, Some(identifier)) => (find(session, staff, &identifier).await?, Kind::from(identifier.kind).name()),
            _ => return Err(coded("Give either `id` or `identifier`.", "BAD_INPUT")),
        };
        let Some(identity) = identity else { return Ok(None) };
        let wanted = Wanted::in_any(&people(&context.look_ahead()));
        here(async {
            let database = Database::of(session.call())?;
            let masters = keys::masters(&session.call().environment)?;
            let Some(profile) = identity::profile(&database, &masters, &staff.controller, &identity).await? else {
                return Ok(None);
            };
            note(&database, staff, &profile, by).await?;
            let known = known(&database, &staff.controller, connections(&profile), wanted).await?;
            subject(profile, &known).map(Some)
        })
        .await
    }

    /// What was done with personal data, the newest first. For viewers.
    #[graphql(complexity = "cost(first, child_complexity)")]
    async fn journal(
        &self,
        context: &Context<'_>,
        filter: Option<JournalFilter>,
        #[graphql(default_with = "Some(limits::USUAL_PAGE)", desc = "At most so many, up to 100.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
    ) -> Result<Pages<JournalEntry, JournalConnection, JournalEdge>> {
        let session = Session::of(context)?;
        let controller = session.controller(Role::Viewer)?;
        let asked = asked::<i64>(first, after.as_deref())?;
        let filter = filter.unwrap_or_default();
        let filter = journal::Filter { action: filter.action, object: filter.object };
        here(async {
            let page = journal::list(&Database::of(session.call())?, controller, &filter, &asked).await?;
            let rows = page.rows.into_iter().map(|row| Ok((row.seq, JournalEntry::try_from(row)?)));
            Ok(shown(&asked, rows.collect::<Result<Vec<_>, Problem>>()?, page.has_more))
        })
        .await
    }

    /// What is asked for in people's names, the newest first. For viewers.
    #[graphql(complexity = "cost(first, child_complexity)")]
    async fn rights_requests(
        &self,
        context: &Context<'_>,
        filter: Option<RightsRequestFilter>,
        #[graphql(default_with = "Some(limits::USUAL_PAGE)", desc = "At most so many, up to 100.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
    ) -> Result<Pages<RightsRequest>> {
        let session = Session::of(context)?;
        let controller = session.controller(Role::Viewer)?;
        let asked = asked::<Place>(first, after.as_deref())?;
        let filter = filter.unwrap_or_default();
        let filter = rights::Filter {
            kind: filter.kind.map(super::names::RightsKind::stored),
            status: filter.status.map(super::names::RightsStatus::stored),
        };
        let wanted = Wanted::in_any(&nodes(context).map(|node| node.field("connection")));
        here(async {
            let database = Database::of(session.call())?;
            let page = rights::list(&database, controller, &filter, &asked).await?;
            let ids = page.rows.iter().filter_map(|row| row.connection.as_ref());
            let known = known(&database, controller, ids, wanted).await?;
            let rows = page.rows.into_iter().map(|row| {
                let place = Place { at: row.received_at, id: row.id.to_string() };
                Ok((place, RightsRequest::new(row, &known)?))
            });
            Ok(shown(&asked, rows.collect::<Result<Vec<_>, Problem>>()?, page.has_more))
        })
        .await
    }
}

/// Where a page's nodes are asked for.
fn nodes<'a>(context: &'a Context<'_>) -> [Lookahead<'a>; 2] {
    [context.look_ahead().field("nodes"), context.look_ahead().field("edges").field("node")]
}

/// Where a person's connections are asked for.
pub(super) fn people<'a>(person: &Lookahead<'a>) -> [Lookahead<'a>; 3] {
    ["platforms", "consents", "requests"].map(|list| person.field(list).field("connection"))
}

pub(super) fn connection_id(id: &ID) -> Result<ConnectionId> {
    ConnectionId::parse(id).ok_or_else(|| coded("There is no connection with this id.", "UNKNOWN_CONNECTION"))
}

/// The identity of an identifier.
async fn find(session: &Session, staff: &Staff, identifier: &IdentifierInput) -> Result<Option<IdentityId>> {
    let connection = identifier.connection.as_ref().map(connection_id).transpose()?;
    let found = here(async {
        let database = Database::of(session.call())?;
        let masters = keys::masters(&session.call().environment)?;
        let (kind, value) = (identifier.kind.into(), identifier.value.as_str());
        identity::find_by_identifier(&database, &masters, &staff.controller, kind, value, connection.as_ref()).await
    })
    .await?;
    match found {
        Found::One(id) => Ok(Some(id)),
        Found::None => Ok(None),
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
        detail: json!({"token": staff.token, "by": by}),
    };
    database.batch::<Value>(vec![journal::append(database, &entry, "1")?]).await.map(drop)
}
