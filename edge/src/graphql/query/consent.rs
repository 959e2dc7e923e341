//! Choices: what was counted of them, and single records.

use async_graphql::Result;
use nod_core::{
    id::{RecordId, SiteKey},
    journal::{Action, Actor, Entry},
};
use serde_json::{Value, json};

use super::rights::moment;
use crate::{
    clock, consent,
    database::Database,
    graphql::{
        fields::{Asked, Work},
        paging,
        session::coded,
        shown::Shown,
        types::consent as types,
    },
    http::Problem,
    journal,
    page::Place,
    period::{MOST_DAYS, Period},
    receipt, site,
};

/// The days from `from` to `to`.
pub(super) fn period(asked: Asked<'_>) -> Result<Period> {
    let [from, to] = ["from", "to"].map(|name| moment(asked.arguments.must(name)));
    let wrong = || coded(format!("`to` is behind `from`, and at most {MOST_DAYS} days."), "BAD_INPUT");
    Period::of_days(from?, to?).ok_or_else(wrong)
}

/// `consentSummary`
pub(in crate::graphql) fn consent_summary(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let controller = asked.session.controller()?;
        let period = period(asked)?;
        let Some(key) = SiteKey::parse(asked.arguments.must("site")) else { return Ok(Shown::Nothing) };
        let database = Database::of(asked.session.call())?;
        if site::settings(&database, controller, &key).await?.is_none() {
            return Ok(Shown::Nothing);
        }
        Ok(types::summary(&consent::summary(&database, controller, &key, period).await?))
    })
}

/// `consentRecords`
pub(in crate::graphql) fn consent_records(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let controller = asked.session.controller()?;
        let page = paging::asked::<Place>(asked.arguments)?;
        let Some(key) = SiteKey::parse(asked.arguments.must("site")) else {
            return Ok(paging::shown(&page, [], false));
        };
        let found = consent::list(&Database::of(asked.session.call())?, controller, &key, &page).await?;
        let row =
            |row: &consent::Listed| Ok((Place { at: row.recorded_at, id: row.id.to_string() }, types::listed(row)?));
        Ok(paging::shown(&page, found.rows.iter().map(row).collect::<Result<Vec<_>, Problem>>()?, found.has_more))
    })
}

/// `consentRecord`
pub(in crate::graphql) fn consent_record(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let staff = asked.session.staff()?;
        let Some(id) = RecordId::parse(asked.arguments.must("id")) else { return Ok(Shown::Nothing) };
        let database = Database::of(asked.session.call())?;
        let Some(record) = consent::one(&database, &staff.controller, &id).await? else { return Ok(Shown::Nothing) };
        let key = receipt::key(asked.session.call())?;
        // Before anybody sees anything.
        let entry = Entry {
            controller: staff.controller.clone(),
            at: clock::now()?,
            actor: Actor::Staff,
            action: Action::ConsentRecordViewed,
            object: id.to_string(),
            detail: json!({"by": staff.actor}),
        };
        database.batch::<Value>(vec![journal::append(&database, &entry, "TRUE")?]).await?;
        Ok(types::record(&record, &key)?)
    })
}
