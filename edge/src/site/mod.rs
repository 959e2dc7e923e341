//! Sites: whose they are, where they may be embedded, and the notice that they show.

mod cache;
mod manage;
mod notices;
mod publish;
mod refusal;
mod settings;
mod store;

pub(crate) use manage::{Manager, SiteChange};
pub(crate) use notices::{
    Listed, before as notice_before, document as notice_document, list as notices, one as one_notice,
};
pub(crate) use publish::Wish;
pub(crate) use refusal::NotDone;
pub(crate) use settings::{About, Settings, about, list as all_settings, look, one as settings};

use nod_core::{
    id::{ControllerId, SiteKey},
    site::Site,
};

use crate::{
    circumstances::Circumstances,
    environment::Environment,
    http::{Answer, Call, Problem, cors},
};

/// The site of this name; possibly as it was some minutes ago.
pub(crate) async fn find(call: &Call, key: &SiteKey) -> Result<Site, Problem> {
    find_if_any(call, key).await?.ok_or_else(Problem::unknown_site)
}

/// The same, where it may not be there.
pub(crate) async fn find_if_any(call: &Call, key: &SiteKey) -> Result<Option<Site>, Problem> {
    if let Some(site) = cache::get(call, key).await {
        return Ok(Some(site));
    }
    let site = store::get(&call.environment, key).await?;
    if let Some(site) = &site {
        cache::put(call, site);
    }
    Ok(site)
}

/// The same site as it is now. The copy is renewed only for what is new, lest anybody could make us write at will.
pub(crate) async fn refresh(call: &Call, known: &Site) -> Result<Site, Problem> {
    let site = store::get(&call.environment, &known.key).await?.ok_or_else(Problem::unknown_site)?;
    if site.fingerprint != known.fingerprint || site.tags != known.tags || site.look != known.look {
        cache::put(call, &site);
    }
    Ok(site)
}

/// A site of this controller, as it is now.
pub(crate) async fn of_controller(
    environment: &Environment,
    controller: &ControllerId,
    key: &SiteKey,
) -> Result<Option<Site>, Problem> {
    Ok(store::get(environment, key).await?.filter(|site| site.controller == *controller))
}

/// Makes the copy anew, for a site that was changed here.
pub(crate) async fn renew(environment: &Environment, key: &SiteKey) -> Result<(), Problem> {
    if let Some(site) = store::get(environment, key).await? {
        cache::write(environment, &site).await;
    }
    Ok(())
}

/// The site that a path names.
pub(crate) async fn find_by_path(call: &Call, key: &str) -> Result<Site, Problem> {
    find(call, &SiteKey::parse(key).ok_or_else(Problem::unknown_site)?).await
}

/// `GET /{site key}/notice.json`: what the preferences show.
pub(crate) async fn notice(call: &Call, key: &str) -> Result<Answer, Problem> {
    call.must_be_get()?;
    let site = find_by_path(call, key).await?;
    let details = Circumstances::of(call).visit(&site)?.details();
    let freshness = if call.environment.is_development() { "no-cache" } else { "private, max-age=300" };
    let answer = Answer::json(200, &details)?
        .with("Cache-Control", freshness)
        .with("Vary", "Accept-Language, Sec-GPC, Accept-Encoding")
        .unless_known(call.header("If-None-Match").as_deref());
    Ok(cors::share(answer, call, &site))
}
