//! What can be asked.

mod consent;
mod delivery_summary;
mod events;
pub(super) mod rights;
mod rights_list;
mod sites;
mod staff;
mod subject;
mod tags;
mod views;

pub(super) use consent::{consent_record, consent_records, consent_summary};
pub(super) use delivery_summary::delivery_summary;
pub(super) use events::event_summary;
pub(super) use rights::{consent_history, rights_request, rights_request_by_token, site, subject_of};
pub(super) use rights_list::{rights_requests, rights_summary};
pub(super) use sites::{controller, notice, notice_words, notices, regimes, retention, site_settings, sites};
pub(super) use staff::{staff, staff_sessions, staff_tokens};
pub(super) use subject::data_subject;
pub(super) use tags::tags;
pub(super) use views::{answer_templates, saved_views};

use async_graphql::{Lookahead, Result};
use nod_core::{id::ConnectionId, time::Timestamp};

use super::{
    fields::{Asked, Work},
    input::Input,
    paging::{asked as page, shown},
    session::coded,
    shown::Shown,
    types::{
        self,
        connection::{Known, Wanted},
        delivery, journal as entry,
    },
};
use crate::{
    clock, connection,
    database::Database,
    http::{Call, Problem},
    journal,
    page::Place,
    staff::Staff,
    webhooks,
};

/// `me`
pub(super) fn me(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let Some(staff) = asked.session.visitor() else {
            return match asked.session.somebody() {
                Some(subject) => rights::me(asked.session, subject).await,
                None => Ok(Shown::Nothing),
            };
        };
        Ok(me_of_staff(asked.session.call(), staff).await?)
    })
}

/// The same for staff.
pub(super) async fn me_of_staff(call: &Call, staff: &Staff) -> Result<Shown, Problem> {
    let controller = vec![("id", (&staff.controller).into()), ("name", staff.controller_name.as_str().into())];
    let member = match &staff.session {
        Some(_) => crate::staff::member(&Database::of(call)?, &staff.controller, &staff.actor).await?,
        None => None,
    };
    let member =
        member.map(|member| types::staff::member(&call.environment, &staff.controller, &member)).transpose()?;
    Ok(Shown::Object(vec![
        ("kind", Shown::name("staff")),
        ("controller", Shown::Object(controller)),
        ("requests", Shown::List(Vec::new())),
        ("role", Shown::name(staff.role.name())),
        ("token", (&staff.actor).into()),
        ("staff", member.into()),
    ]))
}

/// `connections`
pub(super) fn connections(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let controller = asked.session.controller()?;
        let page = page::<Place>(asked.arguments)?;
        let after = match &page.after {
            Some(place) => Some((place.at, connection_id(&place.id)?)),
            None => None,
        };
        let after = after.as_ref().map(|(at, id)| (*at, id));
        let database = Database::of(asked.session.call())?;
        let found = page.page(connection::list(&database, controller, after, page.to_read()).await?);
        let nodes = Wanted::in_any(&nodes(asked)).shown(&database, controller, &found.rows).await?;
        let places = found.rows.iter().map(|row| Place { at: row.created_at, id: row.id.to_string() });
        Ok(shown(&page, places.zip(nodes), found.has_more))
    })
}

/// `deliveries`
pub(super) fn deliveries(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let controller = asked.session.controller()?;
        let page = page(asked.arguments)?;
        let filter = asked.arguments.input("filter");
        let [from, to] = period(filter)?;
        let filter = webhooks::Filter {
            from,
            to,
            connection: filter.and_then(|filter| filter.text("connection")).map(connection_id).transpose()?,
            status: filter.and_then(|filter| filter.name("status")),
        };
        let wanted = Wanted::in_any(&nodes(asked).map(|node| node.field("connection")));
        let database = Database::of(asked.session.call())?;
        let found = webhooks::list(&database, controller, &filter, &page, clock::now()?).await?;
        let known = Known::read(&database, controller, found.rows.iter().map(|row| &row.connection), wanted).await?;
        let rows = found
            .rows
            .iter()
            .map(|row| Ok((Place { at: row.received_at, id: row.id.to_string() }, delivery::shown(row, &known)?)));
        Ok(shown(&page, rows.collect::<Result<Vec<_>, Problem>>()?, found.has_more))
    })
}

/// `journal`
pub(super) fn journal(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let controller = asked.session.controller()?;
        let page = page(asked.arguments)?;
        let filter = asked.arguments.input("filter");
        let text = |name| filter.and_then(|filter| filter.text(name)).map(str::to_owned);
        let [from, to] = period(filter)?;
        let me = &asked.session.staff()?.actor;
        let actor = text("actor").map(|who| if who == "me" { me.to_string() } else { who });
        let filter = journal::Filter { action: text("action"), object: text("object"), actor, from, to };
        let found = journal::list(&Database::of(asked.session.call())?, controller, &filter, &page).await?;
        let rows = found.rows.iter().map(|row| Ok((row.seq, entry::shown(row)?)));
        Ok(shown(&page, rows.collect::<Result<Vec<_>, Problem>>()?, found.has_more))
    })
}

/// `from` and `to` of a filter.
fn period(filter: Option<Input<'_>>) -> Result<[Option<Timestamp>; 2]> {
    let moment = |name| filter.and_then(|filter| filter.text(name)).map(rights::moment).transpose();
    Ok([moment("from")?, moment("to")?])
}

/// Where a page's nodes are asked for.
fn nodes(asked: Asked<'_>) -> [Lookahead<'_>; 2] {
    let page = asked.look_ahead();
    [page.field("nodes"), page.field("edges").field("node")]
}

fn connection_id(id: &str) -> Result<ConnectionId> {
    ConnectionId::parse(id).ok_or_else(|| coded("There is no connection with this id.", "UNKNOWN_CONNECTION"))
}
