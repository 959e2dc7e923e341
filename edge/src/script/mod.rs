//! `nod.js`: the stub with the configuration of this visit.

mod page;

use nod_core::script;

use crate::{
    circumstances::Circumstances,
    http::{Answer, Call, Problem},
    site,
};

/// `GET /{site key}/nod.js`
pub(crate) async fn answer(call: &Call, key: &str) -> Result<Answer, Problem> {
    call.must_be_get()?;
    let site = site::find_by_path(call, key).await?;
    let page = page::load(call).await?;
    let circumstances = Circumstances::of(call);
    let configuration = circumstances.visit(&site)?.configuration(&page.banner, circumstances.played());
    let configuration =
        script::expression(&configuration).map_err(|_| Problem::internal("a configuration that JSON cannot hold"))?;
    // Private: which law and language a visitor gets is theirs alone, and no shared cache knows by what it was picked.
    let freshness =
        if call.environment.is_development() { "no-cache" } else { "private, max-age=300, stale-while-revalidate=600" };
    Ok(Answer::new(200, "text/javascript; charset=utf-8", page.script(&configuration).into_bytes())
        .with("Cache-Control", freshness)
        .with("Vary", "Accept-Language, Sec-GPC, Accept-Encoding")
        .with("Cross-Origin-Resource-Policy", "cross-origin")
        .unless_known(call.header("If-None-Match").as_deref()))
}
