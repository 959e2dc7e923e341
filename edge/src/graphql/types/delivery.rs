//! Deliveries as staff see them.

use super::connection::Known;
use crate::{graphql::shown::Shown, http::Problem, webhooks::Kept};

/// A delivery with its connection, which is among the known ones if it is asked for.
pub(in crate::graphql) fn shown(kept: &Kept, known: &Known) -> Result<Shown, Problem> {
    let unreadable = |_| Problem::internal("the classes of a delivery cannot be read");
    let classes: Vec<String> = serde_json::from_str(&kept.classes).map_err(unreadable)?;
    Ok(Shown::Object(vec![
        ("id", (&kept.id).into()),
        ("event", kept.event.as_str().into()),
        ("status", Shown::name(&kept.status)),
        ("reason", kept.reason.as_deref().into()),
        ("receivedAt", kept.received_at.into()),
        ("happenedAt", kept.happened_at.into()),
        ("classes", Shown::list(classes)),
        ("proof", kept.proof.as_str().into()),
        ("bytes", kept.bytes.into()),
        ("repeats", kept.repeats.into()),
        ("body", kept.body.as_ref().into()),
        ("isReplayable", (kept.is_replayable != 0).into()),
        ("connection", known.shown(&kept.connection)),
    ]))
}
