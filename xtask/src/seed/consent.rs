//! Consent records, as visitors of the demo site would have left them in four months.

use anyhow::{Context, Result};
use nod_core::consent::{Action, Surface};
use nod_core::id::{RecordId, VisitorId};
use nod_core::journal;
use nod_core::regime;
use nod_core::region::Region;
use serde_json::json;

use super::rows::{Journal, Table};
use super::{DAY, Seed};

pub(super) const RECORDS: u64 = 100_000;
/// How many days the records are spread over.
const DAYS: i64 = 120;

const REGIONS: &[(&str, u64)] = &[
    ("DE", 24),
    ("FR", 15),
    ("GB", 14),
    ("US-CA", 11),
    ("ES", 8),
    ("US-TX", 6),
    ("NL", 5),
    ("IT", 5),
    ("CH", 4),
    ("BR", 3),
    ("AT", 3),
    ("US-NY", 2),
];

/// The records and their entries of the journal.
pub(super) fn records(seed: &mut Seed<'_>, journal: &mut Journal) -> String {
    let mut table = Table::new(
        "consent_records",
        "controller, site, visitor, id, notice, notice_version, action, purposes, vendors, locale, surface, regime, region, gpc, \
         recorded_at, claimed_at, previous",
    );
    let mut last: Option<(VisitorId, RecordId, i64)> = None;
    for number in 0..RECORDS {
        // Some change their mind, some days later.
        let before = last.take().filter(|_| seed.random.percent(6));
        let at = match &before {
            Some((_, _, at)) => (at + 1 + seed.random.below(9 * 86_400_000).cast_signed()).min(seed.now),
            None => seed.moment(DAYS),
        };
        let visitor =
            before.as_ref().map_or_else(|| VisitorId::parse(&seed.id()), |(visitor, ..)| Some(visitor.clone()));
        let (Some(visitor), Some(id)) = (visitor, RecordId::parse(&seed.id())) else { continue };
        let choice = Choice::draw(seed, before.is_some(), at);
        choice.add(seed, &mut table, &visitor, &id, before.as_ref().map(|(_, id, _)| id.as_str()), at);
        journal.add(seed.entry(
            at,
            journal::Actor::Visitor,
            journal::Action::ConsentRecorded,
            id.as_str(),
            json!({"site": seed.site().key, "action": choice.action, "notice": seed.site().fingerprint}),
        ));
        if number % 3 == 0 {
            last = Some((visitor, id, at));
        }
    }
    table.sql()
}

/// The counts of all records, by the statement that the migration made them with.
pub(super) fn counts() -> Result<&'static str> {
    const MIGRATION: &str = include_str!("../../../edge/migrations/0008_consent_counts.sql");
    let begins = MIGRATION.find("INSERT INTO consent_counts").context("The migration counts nothing.")?;
    MIGRATION.get(begins..).context("The migration counts nothing.")
}

struct Choice {
    action: Action,
    surface: Surface,
    region: &'static str,
    locale: &'static str,
    regime: &'static str,
    gpc: bool,
    purposes: String,
}

impl Choice {
    fn draw(seed: &mut Seed<'_>, is_change: bool, at: i64) -> Self {
        let region = *seed.random.weighted(REGIONS);
        let regime = regime::governing(Region::parse(region).as_ref());
        // Since a month, a little more people allow something: there is a trend to be seen.
        let is_late = at > seed.now - 30 * DAY;
        let yes = if is_late { 58 } else { 51 } + if region.starts_with("US") { 14 } else { 0 };
        let action = match seed.random.below(100) {
            _ if is_change => Action::Custom,
            drawn if drawn < yes => Action::AcceptAll,
            drawn if drawn < yes + 27 => Action::RejectAll,
            _ => Action::Custom,
        };
        let locale = match region {
            "DE" | "AT" | "CH" => "de",
            "FR" => "fr",
            "ES" => "es",
            _ => "en",
        };
        let locale = if seed.random.percent(9) { "en" } else { locale };
        let surface = if action == Action::Custom { Surface::Preferences } else { Surface::Banner };
        let gpc = region.starts_with("US") && seed.random.percent(12);
        let purposes = Self::purposes(seed, action);
        Self { action, surface, region, locale, regime: regime.id, gpc, purposes }
    }

    fn purposes(seed: &mut Seed<'_>, action: Action) -> String {
        let mut purposes = serde_json::Map::new();
        let notice = &seed.demo.site.notice;
        for purpose in &notice.purposes {
            let granted = purpose.essential
                || match action {
                    Action::AcceptAll => true,
                    Action::Custom => seed.random.percent(if purpose.id.as_str() == "marketing" { 18 } else { 62 }),
                    _ => false,
                };
            purposes.insert(purpose.id.to_string(), granted.into());
        }
        serde_json::Value::Object(purposes).to_string()
    }

    fn add(
        &self,
        seed: &Seed<'_>,
        table: &mut Table,
        visitor: &VisitorId,
        id: &RecordId,
        before: Option<&str>,
        at: i64,
    ) {
        let site = seed.site();
        table.add(&[
            site.controller.as_str().into(),
            site.key.as_str().into(),
            visitor.as_str().into(),
            id.as_str().into(),
            site.fingerprint.as_str().into(),
            i64::from(site.notice.version).into(),
            self.action.name().into(),
            self.purposes.as_str().into(),
            "{}".into(),
            self.locale.into(),
            self.surface.name().into(),
            self.regime.into(),
            self.region.into(),
            i64::from(self.gpc).into(),
            at.into(),
            (at - 180).into(),
            before.into(),
        ]);
    }
}
