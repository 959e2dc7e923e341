//! Deliveries as staff see them.

use super::connection::{Known, source};
use crate::{
    graphql::shown::Shown,
    http::Problem,
    webhooks::{Counts, Kept, Summary, Tested},
};

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

/// What came through connections in a period.
pub(in crate::graphql) fn summary(summary: &Summary) -> Shown {
    let connections = summary.connections.iter().map(|one| {
        let members = vec![
            ("id", (&one.id).into()),
            ("label", one.label.as_str().into()),
            ("source", source(&one.source)),
            ("before", with(Vec::new(), one.before)),
        ];
        with(members, one.now)
    });
    let days = summary.days.iter().map(|(day, counts)| {
        Shown::Object(vec![
            ("day", (*day).into()),
            ("processed", counts.processed.into()),
            ("ignored", counts.ignored.into()),
            ("failed", counts.failed().into()),
        ])
    });
    let members = vec![
        ("connections", Shown::list(connections)),
        ("days", Shown::list(days)),
        ("before", with(Vec::new(), summary.before)),
    ];
    with(members, summary.all)
}

fn with(mut members: Vec<(&'static str, Shown)>, counts: Counts) -> Shown {
    members.extend([
        ("processed", counts.processed.into()),
        ("ignored", counts.ignored.into()),
        ("deadLettered", counts.dead_lettered.into()),
        ("duplicates", counts.duplicates.into()),
        ("refused", counts.refused.into()),
    ]);
    Shown::Object(members)
}

/// What came of a test delivery.
pub(in crate::graphql) fn tested(test: &Tested) -> Shown {
    let identities = test
        .identities
        .iter()
        .map(|(kind, count)| Shown::Object(vec![("kind", Shown::name(kind.name())), ("count", (*count).into())]));
    Shown::Object(vec![
        ("status", Shown::name(test.status)),
        ("reason", test.reason.into()),
        ("advice", test.advice.as_deref().into()),
        ("proof", test.proof.into()),
        ("event", test.event.as_str().into()),
        ("bytes", test.bytes.into()),
        ("classes", Shown::list(test.classes.iter().copied())),
        ("identities", Shown::list(identities)),
        ("consents", test.consents.into()),
    ])
}
