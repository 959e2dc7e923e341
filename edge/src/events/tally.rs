//! What a group of messages adds to the counts: rows, each a JSON array in the order of its table's columns.
//!
//! Everything is added up under the JSON text of a row's beginning: one kind of sum for all tables, because code that is
//! made anew for each kind is what a Worker's size is made of.

use nod_core::sorted::SortedMap;

use nod_core::{
    events::{Event, Message, rollup},
    id::SiteKey,
};
use serde_json::{Map, Value};

use super::{facts::Facts, sites::Sites};

/// Sums by the beginning of their row.
#[derive(Debug, Default)]
pub(super) struct Sums(SortedMap<String, [u32; 2]>);

impl Sums {
    fn add(&mut self, beginning: String, counts: [u32; 2]) {
        let sums = self.0.entry(beginning).or_default();
        for (sum, count) in sums.iter_mut().zip(counts) {
            *sum = sum.saturating_add(count);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A JSON array of the rows. Each ends with both of its sums.
    pub(super) fn rows(&self) -> String {
        let mut rows = String::from("[");
        for (beginning, [first, second]) in &self.0 {
            let before = if rows.len() > 1 { "," } else { "" };
            for part in [before, beginning, ",", &first.to_string(), ",", &second.to_string(), "]"] {
                rows.push_str(part);
            }
        }
        rows.push(']');
        rows
    }
}

/// The beginning of a row: a site, a time, and texts.
pub(super) fn beginning(site: &SiteKey, at: i64, texts: &[&str]) -> String {
    let mut row = ["[\"", site.as_str(), "\",", &at.to_string()].concat();
    for text in texts {
        row.push(',');
        row.push_str(&Value::from(*text).to_string());
    }
    row
}

/// What is added.
#[derive(Default)]
pub(super) struct Added {
    /// Site, hour, name, accepted, blocked.
    pub(super) counts: Sums,
    /// Site, day, name, property, value, accepted.
    pub(super) breakdowns: Sums,
    /// Site, day, purpose, accepted, blocked.
    pub(super) purposes: Sums,
    /// Site, hour, dropped.
    pub(super) drops: Sums,
    /// Site, day, mark.
    pub(super) visits: Sums,
    /// By site, what was blocked for which purpose: what the journal says.
    pub(super) blocked: SortedMap<String, Map<String, Value>>,
}

impl Added {
    /// Adds a message, of whose events only these are new.
    pub(super) fn add(&mut self, message: &Message, new: &[&Event], sites: &Sites, facts: &mut Facts) {
        let (site, hour) = (&message.site, rollup::hour(message.received_at));
        for event in new {
            self.count(site, rollup::hour(event.at), &event.name, [1, 0], facts);
            self.purposes.add(beginning(site, rollup::day(event.at), &[event.purpose.as_str()]), [1, 0]);
            self.break_down(site, event, sites, facts);
        }
        for blocked in &message.blocked {
            self.count(site, hour, &blocked.name, [0, blocked.count], facts);
            let day = rollup::day(message.received_at);
            self.purposes.add(beginning(site, day, &[&blocked.purpose]), [0, blocked.count]);
            let sum = self.blocked.entry(site.to_string()).or_default().entry(&blocked.purpose).or_insert(0.into());
            *sum = sum.as_u64().unwrap_or_default().saturating_add(blocked.count.into()).into();
        }
        // What is told again, because an answer was lost, brings nothing new and has told of its drops before.
        let is_told_first = message.events.is_empty() || !new.is_empty();
        if message.dropped > 0 && is_told_first {
            self.drops.add(beginning(site, hour, &[]), [message.dropped, 0]);
        }
        if let Some(mark) = &message.visit {
            self.visits.add(beginning(site, rollup::day(message.received_at), &[mark]), [0, 0]);
        }
    }

    fn count(&mut self, site: &SiteKey, hour: i64, name: &str, counts: [u32; 2], facts: &mut Facts) {
        let day = hour.saturating_sub(hour.checked_rem(86_400_000).unwrap_or_default());
        let name = facts.names.admit(beginning(site, day, &[]), name);
        self.counts.add(beginning(site, hour, &[&name]), counts);
    }

    fn break_down(&mut self, site: &SiteKey, event: &Event, sites: &Sites, facts: &mut Facts) {
        let day = rollup::day(event.at);
        for property in sites.breakdowns(site, &event.name) {
            let Some(value) = event.props.get(property).and_then(rollup::cleaned) else { continue };
            let value = facts.values.admit(beginning(site, day, &[&event.name, property]), &value);
            self.breakdowns.add(beginning(site, day, &[&event.name, property, &value]), [1, 0]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_json_however_their_texts_are_written() {
        let Some(site) = SiteKey::parse("shop") else { unreachable!("a site key") };
        let mut sums = Sums::default();
        assert_eq!((sums.is_empty(), sums.rows().as_str()), (true, "[]"));
        sums.add(beginning(&site, 5, &["a\"b", "ü\\"]), [1, 0]);
        sums.add(beginning(&site, 5, &["a\"b", "ü\\"]), [2, 3]);
        sums.add(beginning(&site, 5, &[]), [u32::MAX, 1]);
        sums.add(beginning(&site, 5, &[]), [1, 0]);
        assert_eq!(sums.rows(), r#"[["shop",5,4294967295,1],["shop",5,"a\"b","ü\\",3,3]]"#);
    }
}
