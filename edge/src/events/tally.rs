//! What a group of messages adds to the counts: rows, each a JSON array in the order of its table's columns.

use std::collections::BTreeMap;

use nod_core::{
    events::{Event, Message, rollup, rollup::Tally},
    id::SiteKey,
};
use serde_json::{Value, json};

use super::{facts::Facts, sites::Sites};

/// What is added.
#[derive(Default)]
pub(super) struct Added<'a> {
    tallies: BTreeMap<&'a SiteKey, Tally>,
    /// By site, hour and name.
    blocked: BTreeMap<(&'a SiteKey, i64, &'a str), u32>,
    /// By site and hour.
    dropped: BTreeMap<(&'a SiteKey, i64), u32>,
    /// Site, day and mark.
    pub(super) visits: Vec<Value>,
    /// By site and purpose: what the journal says.
    pub(super) blocked_by_purpose: BTreeMap<&'a SiteKey, BTreeMap<&'a str, u32>>,
}

impl<'a> Added<'a> {
    /// Adds a message, of whose events only these are new.
    pub(super) fn add(&mut self, message: &'a Message, new: &[&Event], sites: &Sites) {
        let (site, hour) = (&message.site, rollup::hour(message.received_at));
        let tally = self.tallies.entry(site).or_default();
        for event in new {
            tally.add(event, sites.breakdowns(site));
        }
        for blocked in &message.blocked {
            add(self.blocked.entry((site, hour, &blocked.name)).or_default(), blocked.count);
        }
        for (purpose, count) in message.blocked_by_purpose() {
            add(self.blocked_by_purpose.entry(site).or_default().entry(purpose).or_default(), count);
        }
        if message.dropped > 0 {
            add(self.dropped.entry((site, hour)).or_default(), message.dropped);
        }
        if let Some(mark) = &message.visit {
            self.visits.push(json!([site, rollup::day(message.received_at), mark]));
        }
    }

    /// Site, hour, name, accepted, blocked.
    pub(super) fn counts(&self, facts: &mut Facts) -> Vec<Value> {
        let mut rows: BTreeMap<(&SiteKey, i64, String), (u32, u32)> = BTreeMap::new();
        let mut row = |site: &'a SiteKey, hour: i64, name: &str, (accepted, blocked)| {
            let day = hour.saturating_sub(hour.checked_rem(86_400_000).unwrap_or_default());
            let name = facts.names.admit((site.clone(), day), name.to_owned());
            let sum = rows.entry((site, hour, name)).or_default();
            add(&mut sum.0, accepted);
            add(&mut sum.1, blocked);
        };
        for (site, tally) in &self.tallies {
            for ((hour, name), count) in &tally.counts {
                row(site, *hour, name, (*count, 0));
            }
        }
        for ((site, hour, name), count) in &self.blocked {
            row(site, *hour, name, (0, *count));
        }
        let row = |((site, hour, name), (accepted, blocked))| json!([site, hour, name, accepted, blocked]);
        rows.into_iter().map(row).collect()
    }

    /// Site, day, name, property, value, accepted.
    pub(super) fn breakdowns(&self, facts: &mut Facts) -> Vec<Value> {
        let mut rows = Vec::new();
        for (site, tally) in &self.tallies {
            for (of, count) in &tally.breakdowns {
                let place = ((*site).clone(), of.day, of.name.clone(), of.property.clone());
                let value = facts.values.admit(place, of.value.clone());
                rows.push(json!([site, of.day, of.name, of.property, value, count]));
            }
        }
        rows
    }

    /// Site, hour, dropped.
    pub(super) fn drops(&self) -> Vec<Value> {
        self.dropped.iter().map(|((site, hour), count)| json!([site, hour, count])).collect()
    }
}

fn add(sum: &mut u32, count: u32) {
    *sum = sum.saturating_add(count);
}
