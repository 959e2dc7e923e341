//! Sites in KV, near the visitor: a copy of what D1 holds, read through. A KV that fails is slower, never wrong.

use nod_core::{id::SiteKey, site::Site};
use worker::{KvError, console_warn};

use crate::{environment::Environment, http::Call};

/// How long a changed site may go unnoticed.
const SECONDS: u64 = 300;

fn name(key: &SiteKey) -> String {
    format!("site/{key}")
}

/// The copy; `None` where there is none, it cannot be read, or KV fails.
pub(super) async fn get(call: &Call, key: &SiteKey) -> Option<Site> {
    let sites = call.environment.sites().inspect_err(|error| console_warn!("cache: {error}")).ok()?;
    let copy = sites.get(&name(key)).bytes().await.inspect_err(|error| warn("read", error)).ok()??;
    let site = nod_core::json::read(&copy);
    if site.is_none() {
        console_warn!("cache: the copy of {key} cannot be read");
    }
    site
}

/// Keeps a copy, after the answer has gone out.
pub(super) fn put(call: &Call, site: &Site) {
    let (environment, site) = (call.environment.clone(), site.clone());
    call.context.wait_until(async move { write(&environment, &site).await });
}

/// Keeps a copy.
pub(super) async fn write(environment: &Environment, site: &Site) {
    let (Ok(sites), Ok(copy)) = (environment.sites(), serde_json::to_string(site)) else { return };
    let written = match sites.put(&name(&site.key), copy) {
        Ok(put) => put.expiration_ttl(SECONDS).execute().await,
        Err(error) => Err(error),
    };
    if let Err(error) = written {
        warn("written", &error);
    }
}

fn warn(what: &str, error: &KvError) {
    console_warn!("cache: not {what}: {error:?}");
}
