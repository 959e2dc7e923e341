//! For how long what is kept is kept: facts, from the constants that the work of each capability goes by.

use crate::{destinations, events, rights, webhooks};

const DAY: i64 = 86_400_000;

/// What is kept, and for how many days; nothing where only an erasure ends it.
pub(crate) fn periods() -> [(&'static str, Option<i64>); 11] {
    let days = |millis: i64| millis.checked_div(DAY);
    [
        ("consent_records", None),
        ("consent_counts", None),
        ("notices", None),
        ("journal", None),
        ("event_counts", None),
        ("queued_events", Some(events::QUEUE_DAYS)),
        ("refused_deliveries", Some(webhooks::REFUSED_DAYS)),
        ("dead_letters", Some(webhooks::DEAD_LETTER_DAYS.into())),
        ("destination_deliveries", days(destinations::KEPT)),
        ("closed_rights_requests", days(rights::KEPT)),
        ("rights_files", days(rights::FILES_KEPT)),
    ]
}
