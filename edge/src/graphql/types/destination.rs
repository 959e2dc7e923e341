//! Destinations as staff see them.

use nod_core::id::{ControllerId, SiteKey};

use super::tags::place;
use crate::{
    destinations::{self, Overview},
    environment::Environment,
    graphql::{
        fields::{Asked, Work},
        shown::Shown,
    },
    http::Problem,
};

/// `Tags.destinations`
pub(in crate::graphql) fn destinations(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let Some((controller, site, _)) = place(asked)? else { return Ok(Shown::Nothing) };
        Ok(Shown::List(all(&asked.session.call().environment, controller, &site).await?))
    })
}

/// The published destinations of a site.
async fn all(environment: &Environment, controller: &ControllerId, site: &SiteKey) -> Result<Vec<Shown>, Problem> {
    Ok(destinations::overview(environment, controller, site).await?.into_iter().map(shown).collect())
}

/// The published destination of that id, if there is one.
pub(in crate::graphql) async fn one(
    environment: &Environment,
    controller: &ControllerId,
    site: &SiteKey,
    id: &str,
) -> Result<Option<Shown>, Problem> {
    let mut all = destinations::overview(environment, controller, site).await?;
    Ok(all.iter().position(|one| one.id == id).map(|place| shown(all.swap_remove(place))))
}

fn shown(overview: Overview) -> Shown {
    Shown::Object(vec![
        ("id", overview.id.into()),
        ("kind", Shown::name(overview.kind.name())),
        ("hasSecret", overview.has_secret.into()),
        ("state", Shown::name(overview.state.name())),
        ("openUntil", overview.open_until.into()),
        ("deliveredCount", overview.delivered.into()),
        ("withheldCount", overview.withheld.into()),
        ("lostCount", overview.lost.into()),
        ("lastError", overview.last_error.into()),
        ("lastErrorAt", overview.failed_at.into()),
    ])
}
