//! A site's tags.

use nod_core::id::SiteKey;

use crate::{
    database::Database,
    graphql::{
        fields::{Asked, Work},
        shown::Shown,
        types,
    },
    tags,
};

/// `tags`
pub(in crate::graphql) fn tags(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let controller = asked.session.controller()?;
        let Some(site) = SiteKey::parse(asked.arguments.must("site")) else { return Ok(Shown::Nothing) };
        let state = tags::state(&Database::of(asked.session.call())?, controller, &site).await?;
        Ok(state.map(|state| types::tags::shown(&site, &state)).into())
    })
}
