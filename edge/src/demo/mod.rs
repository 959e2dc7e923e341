//! What only the demo shop needs, and only in development.

use crate::http::{Answer, Call, Method, Problem};

/// `/` leads to the shop.
pub(crate) fn welcome(call: &Call) -> Result<Answer, Problem> {
    call.must_be_get()?;
    Ok(Answer::empty(302).with("Location", "/demo/").with("Cache-Control", "no-store"))
}

/// `/demo/collect/{kind}`: where the stand-ins for third parties send what they measure. It is forgotten at once.
pub(crate) fn collect(call: &Call, kind: &str) -> Result<Answer, Problem> {
    if !call.environment.is_development() || !["analytics", "marketing", "video"].contains(&kind) {
        return Err(Problem::nothing_here());
    }
    match call.method() {
        Some(Method::Get | Method::Post) => Ok(Answer::empty(204).with("Cache-Control", "no-store")),
        _ => Err(Problem::method_not_allowed("GET, HEAD, POST")),
    }
}
