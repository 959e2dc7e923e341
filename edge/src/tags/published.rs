//! Published versions, ready for use. A version is never changed, so its copies, in the memory of an isolate and in KV near
//! the visitor, are right however old they are. A KV that fails is slower, never wrong.

use std::{cell::RefCell, collections::VecDeque, rc::Rc};

use nod_core::{
    id::{ControllerId, SiteKey},
    tags::{Configuration, page},
};
use serde_json::Value;
use worker::console_warn;

use super::store;
use crate::{database::Database, environment::Environment, http::Problem};

/// As many versions as an isolate holds.
const MOST: usize = 16;
/// How long KV keeps one that nobody asks for, in seconds.
const SECONDS: u64 = 7 * 86_400;

/// A version.
pub(crate) struct Published {
    site: SiteKey,
    /// Its number.
    pub(crate) version: u32,
    /// What it says.
    pub(crate) configuration: Configuration,
    /// What a page gets of it.
    pub(crate) page: Value,
}

thread_local! {
    /// The newest first.
    static COPIES: RefCell<VecDeque<Rc<Published>>> = const { RefCell::new(VecDeque::new()) };
}

/// A version of a site; nothing where there is no such version.
pub(crate) async fn version(
    environment: &Environment,
    controller: &ControllerId,
    site: &SiteKey,
    version: u32,
) -> Result<Option<Rc<Published>>, Problem> {
    let is_it = |copy: &&Rc<Published>| copy.version == version && copy.site == *site;
    if let Some(copy) = COPIES.with_borrow(|copies| copies.iter().find(is_it).map(Rc::clone)) {
        return Ok(Some(copy));
    }
    let document = if let Some(document) = near(environment, site, version).await {
        document
    } else {
        let database = Database::of_environment(environment)?;
        let Some(document) = store::document(&database, controller, site, version).await? else { return Ok(None) };
        keep(environment, site, version, document.clone()).await;
        document
    };
    let known = Rc::new(read(site, version, &document)?);
    COPIES.with_borrow_mut(|copies| {
        copies.push_front(Rc::clone(&known));
        copies.truncate(MOST);
    });
    Ok(Some(known))
}

/// What a site's pages get now, by the database; nothing where nothing is published. For work that has no copy of the site at
/// hand.
pub(crate) async fn current(
    environment: &Environment,
    controller: &ControllerId,
    site: &SiteKey,
) -> Result<Option<Rc<Published>>, Problem> {
    let state = store::state(&Database::of_environment(environment)?, controller, site).await?;
    match state.and_then(|state| state.published) {
        Some(published) => version(environment, controller, site, published).await,
        None => Ok(None),
    }
}

/// Puts a copy into KV.
pub(super) async fn keep(environment: &Environment, site: &SiteKey, version: u32, document: String) {
    let written = async {
        let copy = environment.sites()?.put(&name(site, version), document)?;
        Ok::<_, worker::Error>(copy.expiration_ttl(SECONDS).execute().await?)
    };
    if let Err(error) = written.await {
        console_warn!("cache: not written: {error}");
    }
}

async fn near(environment: &Environment, site: &SiteKey, version: u32) -> Option<String> {
    let sites = environment.sites().inspect_err(|error| console_warn!("cache: {error}")).ok()?;
    let read = sites.get(&name(site, version)).text().await;
    read.inspect_err(|error| console_warn!("cache: not read: {error:?}")).ok()?
}

fn name(site: &SiteKey, version: u32) -> String {
    format!("tags/{site}/{version}")
}

fn read(site: &SiteKey, version: u32, document: &str) -> Result<Published, Problem> {
    let unreadable = |_| Problem::internal(&format!("version {version} of the tags of {site} cannot be read"));
    let configuration = Configuration::published(serde_json::from_str(document).map_err(unreadable)?);
    Ok(Published { site: site.clone(), version, page: page::document(&configuration, version), configuration })
}
