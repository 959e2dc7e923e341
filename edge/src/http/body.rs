//! A body is read chunk by chunk and never past its limit.

use futures_util::StreamExt as _;
use worker::Request;

use super::{Call, Problem};

/// Refuses a body that is not said to be JSON, by name, or as the plain text that a page may send without asking first.
pub(crate) fn must_be_json(call: &Call) -> Result<(), Problem> {
    if call.header("Content-Type").as_deref().is_some_and(is_json) { Ok(()) } else { Err(Problem::unsupported_type()) }
}

fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    ["application/json", "text/plain"].iter().any(|accepted| essence.eq_ignore_ascii_case(accepted))
}

/// The whole body; a problem where it is larger than `limit` bytes, by what it says of itself or by what arrives.
pub(crate) async fn read_body(request: &mut Request, limit: usize) -> Result<Vec<u8>, Problem> {
    let declared = request.headers().get("Content-Length").ok().flatten().and_then(|length| length.parse::<u64>().ok());
    if declared.is_some_and(|length| usize::try_from(length).is_ok_and(|length| length > limit)) {
        return Err(Problem::body_too_large(limit));
    }
    let mut body = Vec::new();
    let Ok(mut chunks) = request.stream() else { return Ok(body) }; // There is none.
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| Problem::body_broken())?;
        if body.len().saturating_add(chunk.len()) > limit {
            return Err(Problem::body_too_large(limit));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

#[cfg(test)]
mod tests {
    use super::is_json;

    #[test]
    fn json_comes_by_its_name_or_as_plain_text() {
        for accepted in ["application/json", "text/plain;charset=UTF-8", "Text/Plain ; charset=utf-8"] {
            assert!(is_json(accepted), "{accepted}");
        }
        for refused in ["", "text/html", "application/x-www-form-urlencoded", "application/jsonp"] {
            assert!(!is_json(refused), "{refused}");
        }
    }
}
