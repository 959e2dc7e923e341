//! What the site of Nod itself declares about itself.

use serde_json::json;

use crate::http::{Answer, Call, Problem};

/// `GET /.well-known/gpc.json`: this origin abides by Global Privacy Control (the signal's specification, section 3.4).
pub(crate) fn global_privacy_control(call: &Call) -> Result<Answer, Problem> {
    call.must_be_get()?;
    Ok(Answer::json(200, &json!({"gpc": true, "lastUpdate": "2026-11-23"}))?
        .with("Cache-Control", "public, max-age=86400"))
}
