//! Everything that is known of a destination when it is its turn: what it is, what it wants, how it fares, what the site's
//! visitors are asked.

use nod_core::{
    destinations::Destination,
    id::{ControllerId, PurposeId, SiteKey},
    site::Site,
};

use super::{health::Health, secrets};
use crate::{clock, database::Database, environment::Environment, http::Problem, site, tags};

/// The way to a destination.
pub(super) struct Route<'a> {
    pub(super) environment: &'a Environment,
    pub(super) database: Database,
    pub(super) controller: &'a ControllerId,
    pub(super) key: &'a SiteKey,
    pub(super) name: &'a str,
    /// Where it leads; nothing if the site or the destination is gone.
    pub(super) end: Option<End>,
    pub(super) health: Health,
}

/// Where it leads.
pub(super) struct End {
    pub(super) site: Site,
    /// Every purpose of the notice.
    pub(super) purposes: Vec<PurposeId>,
    pub(super) destination: Destination,
    /// The newest first.
    pub(super) secrets: Vec<String>,
}

impl<'a> Route<'a> {
    /// The way as it is now.
    pub(super) async fn load(
        environment: &'a Environment,
        controller: &'a ControllerId,
        key: &'a SiteKey,
        name: &'a str,
    ) -> Result<Self, Problem> {
        let database = Database::of_environment(environment)?;
        let health = Health::load(&database, controller, key, name).await?;
        let end = end(environment, &database, controller, key, name).await?;
        Ok(Self { environment, database, controller, key, name, end, health })
    }
}

async fn end(
    environment: &Environment,
    database: &Database,
    controller: &ControllerId,
    key: &SiteKey,
    name: &str,
) -> Result<Option<End>, Problem> {
    let Some(site) = site::of_controller(environment, controller, key).await? else { return Ok(None) };
    let Some(published) = tags::current(environment, controller, key).await? else { return Ok(None) };
    let found = Destination::all(published.configuration.document(), environment.hosts())
        .into_iter()
        .find(|one| one.id == name);
    let Some(destination) = found else { return Ok(None) };
    let secrets = if destination.kind.needs_secret() {
        secrets::open(environment, database, controller, key, name, clock::now()?).await?
    } else {
        Vec::new()
    };
    let purposes = site.notice.purposes.iter().map(|purpose| purpose.id.clone()).collect();
    Ok(Some(End { site, purposes, destination, secrets }))
}
