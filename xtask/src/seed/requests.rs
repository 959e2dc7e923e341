//! Rights requests, each led by the rules of core to where it stands: nothing is in a state that it could not have come to.

use anyhow::{Context, Result};
use nod_core::id::{ItemId, RightsRequestId};
use nod_core::journal::Actor;
use nod_core::region::Region;
use nod_core::rights::platforms::TaskKind;
use nod_core::rights::{self, DenialReason, Event, ExtensionReason, HoldReason, Kind, Origin, Party, State};
use nod_core::seal::{Context as Place, ShredKey};
use nod_core::time::Timestamp;
use serde_json::json;

use super::people::Person;
use super::rows::{Journal, Table};
use super::{DAY, Seed};

pub(super) const REQUESTS: usize = 2_000;

const KINDS: &[(Kind, u64)] = &[
    (Kind::Access, 30),
    (Kind::Deletion, 34),
    (Kind::Portability, 5),
    (Kind::Rectification, 6),
    (Kind::Restriction, 2),
    (Kind::Objection, 7),
    (Kind::OptOutOfSale, 11),
    (Kind::LimitSensitive, 2),
    (Kind::Other, 3),
];
const REGIONS: &[(&str, u64)] = &[
    ("DE", 28),
    ("FR", 14),
    ("GB", 16),
    ("US-CA", 18),
    ("US-CO", 4),
    ("US-VA", 3),
    ("ES", 7),
    ("CH", 4),
    ("BR", 4),
    ("NL", 2),
];
const MESSAGES: [&str; 6] = [
    "Please send me everything that you keep about me.",
    "I closed my account in spring. Please delete what is left of it.",
    "My surname is spelt wrong on every invoice.",
    "I never asked for your newsletter. Where do you have my address from?",
    "Please stop using my orders to show me advertising.",
    "",
];

/// What the requests make: statements, and the keys of what they say, by their names.
pub(super) struct Requests {
    pub(super) sql: String,
    pub(super) keys: Vec<(String, String)>,
}

/// The requests. Each is another person's: one has at most one open request of a kind.
pub(super) fn requests(seed: &mut Seed<'_>, people: &[Person], shop: &str, journal: &mut Journal) -> Result<Requests> {
    let mut tables = Tables::new();
    let mut keys = Vec::new();
    for person in people.iter().take(REQUESTS) {
        let life = Life::lead(seed, journal)?;
        let key = ShredKey::from_bytes(seed.random.bytes());
        keys.push((format!("shred/{}/rights/{}", seed.site().controller, life.id), key.to_base64url()));
        tables.request(seed, &life, person, &key);
        tables.messages(seed, &life, &key);
        tables.task(seed, &life, shop);
    }
    Ok(Requests { sql: tables.sql(), keys })
}

/// A request and what happened to it.
struct Life {
    id: RightsRequestId,
    region: &'static str,
    state: State,
    at: i64,
}

impl Life {
    fn lead(seed: &mut Seed<'_>, journal: &mut Journal) -> Result<Self> {
        let kind = *seed.random.weighted(KINDS);
        let region = *seed.random.weighted(REGIONS);
        let law = rights::governing(Region::parse(region).as_ref());
        // Most are of old: what is open is of the last weeks.
        let is_old = seed.random.percent(82);
        let at = if is_old { seed.now - 50 * DAY - seed.below(500 * DAY) } else { seed.moment(48) };
        let origin = if seed.random.percent(6) { Origin::Staff } else { Origin::Form };
        let filing = rights::Filing {
            kind,
            origin,
            law,
            calendar: law.calendar,
            verified: origin == Origin::Staff,
            duplicate_of: None,
        };
        let begun = rights::submit(&filing, time(at)?);
        let id = RightsRequestId::from_random(seed.random.bytes());
        let detail =
            json!({"kind": kind.name(), "law": law.id, "origin": origin.name(), "due_at": begun.state.clock.due_at});
        journal.add(seed.entry(at, Actor::Subject, begun.journal, id.as_str(), detail));
        let mut life = Self { id, region, state: begun.state, at };
        life.go_on(seed, journal, is_old)?;
        Ok(life)
    }

    fn go_on(&mut self, seed: &mut Seed<'_>, journal: &mut Journal, is_old: bool) -> Result<()> {
        if self.state.kind.needs_verification() && self.state.verified_at.is_none() {
            if seed.random.percent(9) {
                return self.expire(seed, journal, is_old);
            }
            self.happen(seed, journal, &Event::Verified { duplicate_of: None }, Party::Subject, 1)?;
        }
        let drawn = if is_old { seed.random.below(70) } else { seed.random.below(100) };
        match drawn {
            0..=54 => {
                self.happen(seed, journal, &Event::Started, Party::Staff, 3)?;
                self.happen(seed, journal, &Event::Fulfilled, Party::Staff, 14)
            }
            55..=63 => {
                let reason = if drawn % 2 == 0 { DenialReason::NoMatch } else { DenialReason::LegalObligation };
                self.happen(seed, journal, &Event::Denied { reason }, Party::Staff, 12)
            }
            64..=69 => self.happen(seed, journal, &Event::Withdrawn, Party::Subject, 4),
            70..=79 => self.happen(seed, journal, &Event::Started, Party::Staff, 3),
            80..=83 => {
                self.happen(seed, journal, &Event::Started, Party::Staff, 2)?;
                self.happen(seed, journal, &Event::Extended { reason: ExtensionReason::Complexity }, Party::Staff, 6)
            }
            84..=87 => self.happen(seed, journal, &Event::Held { reason: HoldReason::Clarification }, Party::Staff, 3),
            _ => Ok(()),
        }
    }

    fn expire(&mut self, seed: &Seed<'_>, journal: &mut Journal, is_old: bool) -> Result<()> {
        if !is_old {
            return Ok(());
        }
        self.at = self.state.expires_at().millis();
        self.apply(seed, journal, &Event::Expired, Party::System)
    }

    /// Something happens within so many days, if that is before now. What the law does not allow at that time does not happen.
    fn happen(
        &mut self,
        seed: &mut Seed<'_>,
        journal: &mut Journal,
        event: &Event,
        by: Party,
        days: i64,
    ) -> Result<()> {
        self.at += DAY / 48 + seed.below(days * DAY);
        if self.at < seed.now { self.apply(seed, journal, event, by) } else { Ok(()) }
    }

    fn apply(&mut self, seed: &Seed<'_>, journal: &mut Journal, event: &Event, by: Party) -> Result<()> {
        let Ok(next) = rights::apply(&self.state, event, by, time(self.at)?) else { return Ok(()) };
        self.state = next.state;
        let actor = match by {
            Party::Staff => Actor::Staff,
            Party::System => Actor::System,
            _ => Actor::Subject,
        };
        journal.add(seed.entry(
            self.at,
            actor,
            next.journal,
            self.id.as_str(),
            json!({"status": self.state.status.name()}),
        ));
        Ok(())
    }
}

struct Tables {
    requests: Table,
    messages: Table,
    tasks: Table,
}

impl Tables {
    fn new() -> Self {
        Self {
            requests: Table::new(
                "rights_requests",
                "controller, id, site, region, locale, contact, contact_mark, sealed, orders, expires_at, kind, origin, status, law, \
                 calendar, received_at, verified_at, acknowledge_by, acknowledged_at, due_at, paused, extended_at, extension_reason, \
                 held_since, hold_reason, denial_reason, closed_at",
            ),
            messages: Table::new("rights_messages", "controller, request, id, at, author, sealed"),
            tasks: Table::new("rights_tasks", "controller, request, id, kind, connection, code, state, created_at"),
        }
    }

    fn request(&mut self, seed: &mut Seed<'_>, life: &Life, person: &Person, key: &ShredKey) {
        let state = &life.state;
        let message = MESSAGES[usize::try_from(seed.random.below(6)).unwrap_or_default()];
        let said =
            json!({"email": person.email, "name": person.name, "message": message, "origin": "http://localhost:8787"});
        let controller = seed.site().controller.clone();
        let place = Place::new("rights_requests", &controller, life.id.as_str(), "sealed");
        let sealed = key.seal(&place, seed.random.bytes(), said.to_string().as_bytes());
        let is_proven = state.verified_at.is_some();
        let waits = state.status == rights::Status::AwaitingVerification;
        let millis = |at: Option<Timestamp>| at.map(Timestamp::millis);
        self.requests.add(&[
            controller.as_str().into(),
            life.id.as_str().into(),
            seed.site().key.as_str().into(),
            life.region.into(),
            if life.region == "DE" { "de" } else { "en" }.into(),
            is_proven.then_some(person.identity.as_str()).into(),
            (!is_proven).then_some(person.mark.as_str()).into(),
            sealed.as_str().into(),
            "[]".into(),
            waits.then(|| state.expires_at().millis()).into(),
            state.kind.name().into(),
            state.origin.name().into(),
            state.status.name().into(),
            state.law.id.into(),
            state.calendar.id.into(),
            state.received_at.millis().into(),
            millis(state.verified_at).into(),
            millis(state.clock.acknowledge_by).into(),
            millis(state.acknowledged_at).into(),
            state.clock.due_at.millis().into(),
            state.clock.paused.into(),
            state.extension.map(|extension| extension.at.millis()).into(),
            state.extension.map(|extension| extension.reason.name()).into(),
            state.hold.map(|hold| hold.since.millis()).into(),
            state.hold.map(|hold| hold.reason.name()).into(),
            state.denial.map(DenialReason::name).into(),
            millis(state.closed_at).into(),
        ]);
    }

    fn messages(&mut self, seed: &mut Seed<'_>, life: &Life, key: &ShredKey) {
        if life.state.verified_at.is_none() || !seed.random.percent(20) {
            return;
        }
        let controller = seed.site().controller.clone();
        let talk = [
            ("staff", "Which of your two accounts is it about?"),
            ("subject", "The one with the blue mug, from last year."),
        ];
        for (author, text) in talk {
            let id = ItemId::from_random(seed.random.bytes());
            let place = Place::new("rights_messages", &controller, id.as_str(), "sealed");
            let sealed = key.seal(&place, seed.random.bytes(), text.as_bytes());
            let at = life.at + if author == "staff" { 1 } else { 5 };
            let row = [controller.as_str(), life.id.as_str(), id.as_str()].map(Into::into);
            let [owner, request, id] = row;
            self.messages.add(&[owner, request, id, at.into(), author.into(), sealed.as_str().into()]);
        }
    }

    /// What is left to do in the shop, for what is open.
    fn task(&mut self, seed: &mut Seed<'_>, life: &Life, shop: &str) {
        let is_open = life.state.verified_at.is_some() && life.state.status.is_open();
        let Some(kind) = TaskKind::of_request(life.state.kind.name()).filter(|_| is_open) else { return };
        let (id, code) = (seed.id(), format!("shopify.{}", kind.name()));
        let controller = seed.site().controller.as_str();
        self.tasks.add(&[
            controller.into(),
            life.id.as_str().into(),
            id.as_str().into(),
            kind.name().into(),
            shop.into(),
            code.as_str().into(),
            "open".into(),
            life.at.into(),
        ]);
    }

    fn sql(&self) -> String {
        [&self.requests, &self.messages, &self.tasks].map(Table::sql).concat()
    }
}

fn time(millis: i64) -> Result<Timestamp> {
    Timestamp::from_millis(millis).context("A seeded time is none.")
}
