//! How much one address may bring, and all of them together for one site. The numbers are in `wrangler.toml`.

use nod_core::{
    events::visit::{self, Salt},
    site::Site,
};
use worker::{RateLimiter, console_warn};

use crate::{environment::Environment, http::Problem};

/// Refuses a call too many. An address is counted under a mark that is keyed with the day's salt: it is kept nowhere.
pub(super) async fn check(
    environment: &Environment,
    site: &Site,
    salt: Option<&Salt>,
    address: &str,
) -> Result<(), Problem> {
    let of_address = match salt {
        Some(salt) => is_within(environment.events_limit(), visit::mark(salt, &site.key, address, "")).await,
        None => true,
    };
    if of_address && is_within(environment.site_events_limit(), site.key.to_string()).await {
        Ok(())
    } else {
        Err(Problem::too_many_calls())
    }
}

/// A limit that cannot be asked is none: it is there for those who bring too much, and must not stop all the others.
pub(crate) async fn is_within(limit: worker::Result<RateLimiter>, key: String) -> bool {
    let asked = match limit {
        Ok(limit) => limit.limit(key).await,
        Err(error) => Err(error),
    };
    asked.map_or_else(
        |error| {
            console_warn!("limit: {error}");
            true
        },
        |outcome| outcome.success,
    )
}
