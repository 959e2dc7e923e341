//! `tags.json`: what a page gets of a version.

use super::published;
use crate::{
    http::{Answer, Call, Problem},
    site,
};

/// `GET /{site key}/tags.json?v=N`; without `v`, of the version that is published.
pub(crate) async fn answer(call: &Call, key: &str) -> Result<Answer, Problem> {
    call.must_be_get()?;
    let site = site::find_by_path(call, key).await?;
    let asked = call.parameter("v");
    let version = match &asked {
        Some(number) => number.parse().ok(),
        None => site.tags.as_ref().map(|tags| tags.version),
    };
    let version = version.ok_or_else(Problem::unknown_tags)?;
    let published = published::version(&call.environment, &site.controller, &site.key, version).await?;
    let published = published.ok_or_else(Problem::unknown_tags)?;
    // What a number stands for is never changed, but in development a database begins anew.
    let freshness = match asked {
        Some(_) if !call.environment.is_development() => "public, max-age=31536000, immutable",
        _ => "no-cache",
    };
    Ok(Answer::json(200, &published.page)?
        .with("Cache-Control", freshness)
        .with("Access-Control-Allow-Origin", "*")
        .with("Cross-Origin-Resource-Policy", "cross-origin")
        .unless_known(call.header("If-None-Match").as_deref()))
}
