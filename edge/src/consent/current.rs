//! `GET /v1/consent?site=&visitor=`: what a visitor chose last.

use nod_core::{
    id::{SiteKey, VisitorId},
    site::Site,
};
use serde_json::json;

use super::store;
use crate::{
    http::{Answer, Call, Problem, cors},
    site,
};

pub(super) async fn answer(call: &Call) -> Result<Answer, Problem> {
    let parameter = |name| call.parameter(name).unwrap_or_default();
    let site = SiteKey::parse(&parameter("site")).ok_or_else(|| Problem::bad_parameter("site", "a site key"))?;
    let visitor = VisitorId::parse(&parameter("visitor"))
        .ok_or_else(|| Problem::bad_parameter("visitor", "22 to 36 letters, digits, hyphens and underscores"))?;
    let site = site::find(call, &site).await?;
    cors::must_be_admitted(call, &site)?;
    let answer = newest(call, &site, &visitor).await.unwrap_or_else(Answer::from);
    Ok(cors::share(answer, call, &site))
}

async fn newest(call: &Call, site: &Site, visitor: &VisitorId) -> Result<Answer, Problem> {
    let record = store::newest(&call.environment, &site.controller, &site.key, visitor).await?;
    Ok(Answer::json(200, &json!({"consent": record}))?.with("Cache-Control", "no-store"))
}
