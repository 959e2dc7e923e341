//! The queue of rights requests, and how much of it there is.

use async_graphql::Result;
use nod_core::id::RightsRequestId;

use super::{nodes, rights::moment};
use crate::{
    clock,
    database::Database,
    graphql::{
        fields::{Asked, Work},
        input::Input,
        paging::{asked_in_order, shown_in_order},
        session::{Session, coded},
        shown::Shown,
        types::{
            connection::{Known, Wanted},
            rights as request,
        },
    },
    http::Problem,
    rights::{self, Filter, Order, Request, Summary},
};

/// `rightsRequests`
pub(in crate::graphql) fn rights_requests(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let controller = asked.session.controller()?;
        let is_due = asked.arguments.name("order").as_deref() == Some("due");
        let order = if is_due { Order::Due } else { Order::Newest };
        let page = asked_in_order(asked.arguments, is_due)?;
        let database = Database::of(asked.session.call())?;
        let filter = match asked.arguments.input("filter") {
            Some(filter) => read(asked.session, &database, filter).await?,
            None => Filter::default(),
        };
        let wanted = Wanted::in_any(&nodes(asked).map(|node| node.field("connection")));
        let found = rights::list(&database, controller, &filter, order, &page).await?;
        let ids = found.rows.iter().filter_map(|row| row.connection.as_ref());
        let known = Known::read(&database, controller, ids, wanted).await?;
        let row = |row: &Request| Ok((order.place_of(row), request::of_staff(controller, row, &known)?));
        let rows = found.rows.iter().map(row).collect::<Result<Vec<_>, Problem>>()?;
        Ok(shown_in_order(&page, is_due, rows, found.has_more))
    })
}

/// Which requests somebody asks for.
async fn read(session: &Session, database: &Database, filter: Input<'_>) -> Result<Filter> {
    let staff = session.staff()?;
    let now = clock::now()?;
    let assigned = filter.text("assignedTo").or_else(|| filter.text("assigned"));
    let due_before = filter.text("dueBefore").map(moment).transpose()?;
    let late = filter.is("overdue").then_some(now);
    let among = match filter.text("search").map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => Some(search(session, database, text).await?),
        None => None,
    };
    Ok(Filter {
        kind: filter.name("kind"),
        status: filter.name("status"),
        law: filter.text("law").map(str::to_owned),
        is_open: filter.is("open"),
        due_before: [due_before, late].into_iter().flatten().min(),
        assigned: assigned.map(|who| if who == "me" { staff.actor.to_string() } else { who.to_owned() }),
        is_unassigned: filter.is("unassigned"),
        among,
        include_unverified: filter.is("includeUnverified"),
    })
}

async fn search(session: &Session, database: &Database, text: &str) -> Result<Vec<RightsRequestId>> {
    if text.chars().count() > rights::LONGEST_SEARCH {
        return Err(coded(format!("`search` has at most {} characters.", rights::LONGEST_SEARCH), "BAD_INPUT"));
    }
    Ok(rights::search(&session.call().environment, database, session.controller()?, text).await?)
}

/// `rightsSummary`
pub(in crate::graphql) fn rights_summary(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let database = Database::of(asked.session.call())?;
        let found = rights::summary(&database, asked.session.controller()?, clock::now()?).await?;
        Ok(summary(&found))
    })
}

fn summary(found: &Summary) -> Shown {
    let sum = |part: fn(&rights::OfKind) -> i64| found.by_kind.iter().map(part).fold(0, i64::saturating_add);
    let by_kind = found
        .by_kind
        .iter()
        .map(|one| Shown::Object(vec![("kind", Shown::name(&one.kind)), ("open", one.open.into())]));
    Shown::Object(vec![
        ("open", sum(|one| one.open).into()),
        ("dueSoon", sum(|one| one.due_soon).into()),
        ("overdue", sum(|one| one.overdue).into()),
        ("unverified", found.unverified.into()),
        ("onHold", sum(|one| one.on_hold).into()),
        ("unassigned", sum(|one| one.unassigned).into()),
        ("byKind", Shown::list(by_kind)),
    ])
}
