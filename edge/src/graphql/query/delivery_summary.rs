//! What came through connections in a period.

use super::consent::period;
use crate::{
    database::Database,
    graphql::{
        fields::{Asked, Work},
        types::delivery,
    },
    webhooks,
};

/// `deliverySummary`
pub(in crate::graphql) fn delivery_summary(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let controller = asked.session.controller()?;
        let period = period(asked)?;
        let database = Database::of(asked.session.call())?;
        Ok(delivery::summary(&webhooks::summary(&database, controller, period).await?))
    })
}
