//! Rights requests as a file. It has no address and no name of anybody: what a person says is read on the request's own page.

use nod_core::{
    id::RightsRequestId,
    rights::{Kind, Law, Status},
    time::Timestamp,
};

use super::{AT_ONCE, Asked, File};
use crate::{
    http::Problem,
    page,
    rights::{self, Filter, Order, Request},
};

const COLUMNS: &[&str] = &[
    "number",
    "id",
    "kind",
    "status",
    "law",
    "region",
    "origin",
    "site",
    "received_at",
    "verified_at",
    "due_at",
    "days_left",
    "extended_at",
    "held_since",
    "hold_reason",
    "legal_hold",
    "denial_reason",
    "closed_at",
    "assigned",
    "connection",
    "external_reference",
];

pub(super) async fn file(asked: &mut Asked<'_>) -> Result<File, Problem> {
    let (filter, order) = (filter(asked).await?, order(asked)?);
    let mut file = File::new(COLUMNS);
    let mut after = None;
    loop {
        let page = page::Asked { first: AT_ONCE, after };
        let found = rights::list(asked.database, &asked.staff.controller, &filter, order, &page).await?;
        for row in &found.rows {
            push(&mut file, row, asked.now)?;
        }
        after = found.rows.last().map(|row| order.place_of(row));
        if file.is_done(found.has_more) {
            return Ok(file);
        }
    }
}

fn order(asked: &mut Asked<'_>) -> Result<Order, Problem> {
    let order = asked.name("order", |order| order == "newest" || order == "due")?;
    Ok(if order.as_deref() == Some("due") { Order::Due } else { Order::Newest })
}

async fn filter(asked: &mut Asked<'_>) -> Result<Filter, Problem> {
    let kind = asked.name("kind", |kind| Kind::parse(kind).is_some())?;
    let status = asked.name("status", |status| Status::parse(status).is_some())?;
    let law = asked.name("law", |law| Law::parse(law).is_some())?;
    let (due_before, is_overdue) = (asked.moment("dueBefore")?, asked.is("overdue")?);
    let assigned = asked.text("assigned");
    let assigned = asked.text("assignedTo").or(assigned);
    let (is_open, is_unassigned) = (asked.is("open")?, asked.is("unassigned")?);
    let include_unverified = asked.is("includeUnverified")?;
    let among = match asked.text("search") {
        Some(text) => Some(search(asked, &text).await?),
        None => None,
    };
    Ok(Filter {
        kind,
        status,
        law,
        is_open,
        due_before: [due_before, is_overdue.then_some(asked.now)].into_iter().flatten().min(),
        assigned: assigned.map(|who| if who == "me" { asked.staff.actor.to_string() } else { who }),
        is_unassigned,
        among,
        include_unverified,
    })
}

/// What was searched for is not in the journal, only that something was.
async fn search(asked: &mut Asked<'_>, text: &str) -> Result<Vec<RightsRequestId>, Problem> {
    asked.said.insert("search".to_owned(), true.into());
    if text.chars().count() > rights::LONGEST_SEARCH {
        return Err(Problem::wrong_parameter("search", "has too many characters"));
    }
    rights::search(&asked.call.environment, asked.database, &asked.staff.controller, text).await
}

fn push(file: &mut File, row: &Request, now: Timestamp) -> Result<(), Problem> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let time = |at: Option<Timestamp>| at.map(Timestamp::rfc3339).unwrap_or_default();
    let state = row.state()?;
    let days_left = if state.status.is_active() { state.days_left(now).to_string() } else { String::new() };
    let cells = [
        rights::number(&row.id).to_owned(),
        row.id.to_string(),
        row.kind.clone(),
        row.status.clone(),
        row.law.clone(),
        text(&row.region),
        row.origin.clone(),
        row.site.as_ref().map(ToString::to_string).unwrap_or_default(),
        row.received_at.rfc3339(),
        time(row.verified_at),
        row.due_at.rfc3339(),
        days_left,
        time(row.extended_at),
        time(row.held_since),
        text(&row.hold_reason),
        (row.legal_hold != 0).to_string(),
        text(&row.denial_reason),
        time(row.closed_at),
        text(&row.assigned),
        row.connection.as_ref().map(ToString::to_string).unwrap_or_default(),
        text(&row.external_reference),
    ];
    file.push(&cells.each_ref().map(String::as_str));
    Ok(())
}
