//! Choices and what was counted of them, as staff see them.

use nod_core::{consent::Record, receipt::ReceiptKey, sorted::SortedMap};

use crate::{
    consent::{Listed, Share, Summary, Sums},
    graphql::shown::Shown,
    http::Problem,
};

/// What was chosen in a period.
pub(in crate::graphql) fn summary(summary: &Summary) -> Shown {
    let share = |share: &Share| {
        // A region that is not known has no name.
        let value = Some(share.value.as_str()).filter(|value| !value.is_empty());
        with(vec![("value", value.into())], share.sums)
    };
    let purpose = |share: &Share| with(vec![("purpose", share.value.as_str().into())], share.sums);
    let days = summary.days.iter().map(|(day, sums)| with(vec![("day", (*day).into())], *sums));
    let members = vec![
        ("days", Shown::list(days)),
        ("regions", Shown::list(summary.regions.iter().map(share))),
        ("languages", Shown::list(summary.languages.iter().map(share))),
        ("purposes", Shown::list(summary.purposes.iter().map(purpose))),
        ("before", with(Vec::new(), summary.before)),
    ];
    with(members, summary.all)
}

fn with(mut members: Vec<(&'static str, Shown)>, sums: Sums) -> Shown {
    members.extend([
        ("choices", sums.choices().into()),
        ("granted", sums.granted.into()),
        ("refused", sums.refused.into()),
        ("partial", sums.partial.into()),
    ]);
    Shown::Object(members)
}

/// A record, with its receipt.
pub(in crate::graphql) fn record(record: &Record, key: &ReceiptKey) -> Result<Shown, Problem> {
    let receipt = key.sign(record).map_err(|_| Problem::internal("a record that JSON cannot hold"))?;
    let purposes = record.purposes.iter().map(|(id, granted)| choice(id.as_str(), *granted));
    Ok(Shown::Object(vec![
        ("id", (&record.id).into()),
        ("at", record.recorded_at.into()),
        ("site", (&record.site).into()),
        ("visitor", record.visitor.as_str().into()),
        ("action", record.action.name().into()),
        ("surface", record.surface.name().into()),
        ("noticeFingerprint", (&record.notice).into()),
        ("noticeVersion", record.notice_version.into()),
        ("locale", record.locale.as_str().into()),
        ("regime", record.regime.as_str().into()),
        ("region", record.region.as_deref().into()),
        ("gpc", record.gpc.into()),
        ("purposes", Shown::list(purposes)),
        ("previous", record.previous.as_ref().map(Shown::from).into()),
        ("receipt", receipt.into()),
    ]))
}

/// A record in a list.
pub(in crate::graphql) fn listed(row: &Listed) -> Result<Shown, Problem> {
    let purposes: SortedMap<String, bool> =
        serde_json::from_str(&row.purposes).map_err(|_| Problem::internal("a consent record that cannot be read"))?;
    Ok(Shown::Object(vec![
        ("id", (&row.id).into()),
        ("at", row.recorded_at.into()),
        ("action", row.action.as_str().into()),
        ("surface", row.surface.as_str().into()),
        ("noticeVersion", row.notice_version.into()),
        ("locale", row.locale.as_str().into()),
        ("regime", row.regime.as_str().into()),
        ("region", row.region.as_deref().into()),
        ("gpc", (row.gpc != 0).into()),
        ("purposes", Shown::list(purposes.iter().map(|(id, granted)| choice(id, *granted)))),
    ]))
}

fn choice(id: &str, granted: bool) -> Shown {
    Shown::Object(vec![("id", id.into()), ("granted", granted.into())])
}
