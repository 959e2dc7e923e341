//! A body is read chunk by chunk and never past its limit.

use futures_util::StreamExt as _;
use worker::Request;

use super::Problem;

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
