//! Events as they are kept: counted by the hour.

use super::rows::Table;
use super::{DAY, HOUR, Seed};

/// How many events the counts add up to, nearly.
const EVENTS: i64 = 1_000_000;
const DAYS: i64 = 90;
/// What an event is called, and how many of a hundred are called so.
const NAMES: &[(&str, i64)] = &[
    ("page_view", 52),
    ("view_item", 21),
    ("read", 9),
    ("add_to_cart", 7),
    ("stayed", 6),
    ("begin_checkout", 3),
    ("purchase", 2),
];
/// What they are for, and how many of a hundred; how many of a hundred of those are blocked.
const PURPOSES: &[(&str, i64, i64)] = &[("analytics", 80, 28), ("marketing", 17, 55), ("functional", 3, 12)];
/// How much of a day's traffic an hour has.
const HOURS: [i64; 24] = [1, 1, 1, 1, 1, 2, 3, 5, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 7, 7, 5, 3, 2, 1];

/// Counts of events, visits and of what pages had to drop.
pub(super) fn counts(seed: &mut Seed<'_>) -> String {
    let mut events = Table::new("event_counts", "controller, site, hour, name, accepted, blocked");
    let mut drops = Table::new("event_drops", "controller, site, hour, dropped");
    let mut visits = Table::new("visit_counts", "controller, site, day, visits");
    let mut purposes = Table::new("event_purposes", "controller, site, day, purpose, accepted, blocked");
    let (controller, site) = (seed.site().controller.clone(), seed.site().key.clone());
    let (controller, site) = (controller.as_str(), site.as_str());
    let today = seed.now - seed.now.rem_euclid(DAY);
    let by_hour = HOURS.iter().sum::<i64>();
    for day in (1..=DAYS).map(|ago| today - ago * DAY) {
        let of_day = EVENTS / DAYS * (90 + seed.below(21)) / 100;
        visits.add(&[controller.into(), site.into(), day.into(), (of_day / 6).into()]);
        for (purpose, percent, refused) in PURPOSES {
            let count = of_day * percent / 100;
            let blocked = count * refused / 100;
            let counts = [(count - blocked).into(), blocked.into()];
            let [accepted, blocked] = counts;
            purposes.add(&[controller.into(), site.into(), day.into(), (*purpose).into(), accepted, blocked]);
        }
        for (hour, share) in (0..).map(|hour| day + hour * HOUR).zip(HOURS) {
            for (name, percent) in NAMES {
                let count = of_day * share * percent / by_hour / 100;
                let blocked = count * (28 + seed.below(8)) / 100;
                let counts = [(count - blocked).into(), blocked.into()];
                let [accepted, blocked] = counts;
                events.add(&[controller.into(), site.into(), hour.into(), (*name).into(), accepted, blocked]);
            }
            if seed.random.percent(2) {
                drops.add(&[controller.into(), site.into(), hour.into(), 3.into()]);
            }
        }
    }
    [events, drops, visits, purposes].iter().map(Table::sql).collect()
}
