//! What was counted of events.

use async_graphql::Result;
use nod_core::{id::SiteKey, time::Timestamp};

use crate::{
    database::Database,
    destinations,
    events::{self, Wanted},
    graphql::{
        fields::{Asked, Work},
        session::coded,
        shown::Shown,
        types,
    },
    period::{MOST_DAYS_OF_HOURS as MOST_DAYS, Period},
    tags,
};

/// `eventSummary`
pub(in crate::graphql) fn event_summary(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let controller = asked.session.controller()?;
        let period = period(asked)?;
        let Some(site) = SiteKey::parse(asked.arguments.must("site")) else { return Ok(Shown::Nothing) };
        let database = Database::of(asked.session.call())?;
        if tags::state(&database, controller, &site).await?.is_none() {
            return Ok(Shown::Nothing);
        }
        let answer = asked.look_ahead();
        let wanted = Wanted {
            hours: answer.field("events").field("hours").exists(),
            breakdowns: answer.field("breakdowns").exists(),
            days: answer.field("days").exists(),
            purposes: answer.field("purposes").exists(),
            before: answer.field("before").exists(),
        };
        let summary = events::summary(&database, controller, &site, period, wanted).await?;
        let summary =
            summary.ok_or_else(|| coded("That is too much at once. Ask for a shorter period.", "TOO_MUCH"))?;
        let fates = if answer.field("destinations").exists() {
            destinations::counts(&database, controller, &site, Some((period.from, period.to))).await?
        } else {
            Vec::new()
        };
        Ok(types::events::shown(&summary, &fates))
    })
}

fn period(asked: Asked<'_>) -> Result<Period> {
    let moment = |name: &str| {
        let wrong = || coded(format!("`{name}` is no moment. Write one such as 2026-11-23T12:00:00Z."), "BAD_INPUT");
        Timestamp::parse(asked.arguments.must(name)).ok_or_else(wrong)
    };
    let wrong = || coded(format!("`to` is behind `from`, and at most {MOST_DAYS} days."), "BAD_INPUT");
    Period::of_hours(moment("from")?, moment("to")?).ok_or_else(wrong)
}
