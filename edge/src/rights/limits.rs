//! How much one network may ask for, and everybody together for one site. The numbers are in `wrangler.toml`.

use nod_core::{
    events::visit::{self, Salt},
    id::SiteKey,
};

use crate::{
    environment::Environment,
    events::{day_salt, is_within},
    http::{Call, Problem},
};
use nod_core::{id::ControllerId, time::Timestamp};

/// A network by a mark that is keyed with the day's salt: the address itself is kept nowhere.
pub(crate) async fn network(
    call: &Call,
    controller: &ControllerId,
    site: &SiteKey,
    now: Timestamp,
) -> Result<String, Problem> {
    let address = call.header("CF-Connecting-IP").unwrap_or_default();
    let salt = day_salt(&call.environment, controller, now).await;
    let salt: Salt = salt.ok_or_else(Problem::keys_unavailable)?;
    Ok(visit::mark(&salt, site, &address, "rights"))
}

/// Which limit a call is beyond, if it is beyond one.
pub(crate) async fn too_many(environment: &Environment, site: &SiteKey, network: &str) -> Option<&'static str> {
    if !is_within(environment.rights_limit(), network.to_owned()).await {
        return Some("network");
    }
    let of_site = is_within(environment.site_rights_limit(), site.to_string()).await;
    (!of_site).then_some("site")
}
