//! Connections and what came through them: deliveries, whom they saw, and the calls that were refused.

use anyhow::{Context, Result};
use nod_core::id::{ConnectionId, Fingerprint};
use nod_core::journal::{Action, Actor};
use nod_core::keys::MasterKeys;
use nod_core::seal;
use nod_core::webhook::Scheme;
use serde_json::json;

use super::people::Person;
use super::rows::{Journal, Table};
use super::{DAY, Seed};

pub(super) const DELIVERIES: usize = 10_000;

/// A platform, and what it sends.
struct Platform {
    source: &'static str,
    scheme: Scheme,
    label: &'static str,
    events: &'static [&'static str],
    classes: &'static str,
    /// Of a hundred deliveries, so many are its.
    share: u64,
    /// Calls whose proof did not hold.
    refused: i64,
}

const PLATFORMS: [Platform; 4] = [
    Platform {
        source: "shopify",
        scheme: Scheme::Shopify,
        label: "Shop, Europe",
        events: &["orders/create", "orders/paid", "customers/update", "customers/create", "checkouts/create"],
        classes: r#"["customer_id","email","name","postal_address","transaction"]"#,
        share: 58,
        refused: 3,
    },
    Platform {
        source: "stripe",
        scheme: Scheme::Stripe,
        label: "Payments",
        events: &["checkout.session.completed", "charge.succeeded", "customer.updated"],
        classes: r#"["customer_id","email","name","payment","transaction"]"#,
        share: 26,
        refused: 0,
    },
    Platform {
        source: "mailchimp",
        scheme: Scheme::Mailchimp,
        label: "Newsletter",
        events: &["subscribe", "profile", "unsubscribe"],
        classes: r#"["email","name","preference"]"#,
        share: 11,
        refused: 0,
    },
    Platform {
        source: "custom",
        scheme: Scheme::SharedSecret,
        label: "Loyalty app",
        events: &["member.joined", "member.updated"],
        classes: r#"["customer_id","email"]"#,
        share: 5,
        refused: 41,
    },
];

/// A connection to one of them.
pub(super) struct Connection {
    pub(super) id: ConnectionId,
    platform: &'static Platform,
}

/// The connections and their rows, secrets sealed with the instance's own key.
pub(super) fn connections(seed: &mut Seed<'_>, masters: &MasterKeys) -> Result<(Vec<Connection>, String)> {
    let mut table = Table::new(
        "connections",
        "controller, id, source, scheme, label, address, url, secret, version, created_at, refused, refused_at, refused_because",
    );
    let controller = seed.site().controller.clone();
    let sealing = masters.sealing();
    let mut refused = Table::new("refused_deliveries", "controller, day, connection, refused");
    let today = seed.now - seed.now.rem_euclid(DAY);
    let mut made = Vec::new();
    for platform in &PLATFORMS {
        let scheme = platform.scheme;
        let id = ConnectionId::from_random(seed.random.bytes());
        let token = [seed.id(), seed.id()].concat();
        let token = token.get(..43).context("A token is too short.")?;
        let place = |column| seal::Context::new("connections", &controller, id.as_str(), column);
        let url = sealing.seal(
            &place("url"),
            seed.random.bytes(),
            format!("http://localhost/v1/webhooks/{token}").as_bytes(),
        );
        let secret = scheme.new_secret(&seed.random.bytes()).context("The scheme has no secret.")?;
        let secret = sealing.seal(&place("secret"), seed.random.bytes(), scheme.stored(&secret)?.expose().as_bytes());
        let last = (platform.refused > 0).then_some(seed.now - DAY / 8);
        table.add(&[
            controller.as_str().into(),
            id.as_str().into(),
            platform.source.into(),
            scheme.name().into(),
            platform.label.into(),
            Fingerprint::of(token.as_bytes()).as_str().into(),
            url.as_str().into(),
            secret.as_str().into(),
            1.into(),
            (seed.now - 120 * DAY).into(),
            platform.refused.into(),
            last.into(),
            last.map(|_| "mismatch").into(),
        ]);
        for (ago, count) in (0..).zip([platform.refused / 2, platform.refused - platform.refused / 2]) {
            if count > 0 {
                let day = today - ago * DAY;
                refused.add(&[controller.as_str().into(), day.into(), id.as_str().into(), count.into()]);
            }
        }
        made.push(Connection { id, platform });
    }
    Ok((made, [table, refused].iter().map(Table::sql).collect()))
}

/// Deliveries, the observations that those who were read left, and their entries.
pub(super) fn deliveries(
    seed: &mut Seed<'_>,
    connections: &[Connection],
    people: &[Person],
    journal: &mut Journal,
) -> String {
    let mut tables = Tables::new();
    let shares: Vec<_> = connections.iter().map(|connection| (connection, connection.platform.share)).collect();
    for number in 0..DELIVERIES {
        let connection = *seed.random.weighted(&shares);
        let person = &people[number % people.len()];
        let at = seed.moment(90);
        let (status, reason) = match seed.random.below(1000) {
            0..=11 => ("dead_lettered", Some("no_identifier")),
            12..=40 => ("ignored", Some("no_personal_data")),
            _ => ("processed", None),
        };
        let id = tables.delivery(seed, connection, at, status, reason);
        if status == "ignored" {
            continue;
        }
        let (action, detail) = if status == "processed" {
            tables.observe(seed, connection, person, &id, at, number);
            (Action::DeliveryProcessed, json!({"connection": connection.id, "observations": 1, "status": status}))
        } else {
            (Action::DeliveryDeadLettered, json!({"connection": connection.id, "reason": reason, "status": status}))
        };
        journal.add(seed.entry(at, Actor::Platform, action, &id, detail));
    }
    tables.sql()
}

struct Tables {
    deliveries: Table,
    observations: Table,
    links: Table,
}

impl Tables {
    fn new() -> Self {
        Self {
            deliveries: Table::new(
                "deliveries",
                "controller, connection, id, effect, received_at, happened_at, event, status, reason, proof, classes, unreadable, body, \
                 bytes, dedupe",
            ),
            observations: Table::new(
                "observations",
                "controller, id, seq, connection, delivery, part, observed_at, authoritative, succession",
            ),
            links: Table::new("observation_identities", "controller, observation, identity"),
        }
    }

    fn delivery(
        &mut self,
        seed: &mut Seed<'_>,
        connection: &Connection,
        at: i64,
        status: &str,
        reason: Option<&str>,
    ) -> String {
        let id = seed.id();
        let event = connection.platform.events
            [usize::try_from(seed.random.below(connection.platform.events.len() as u64)).unwrap_or_default()];
        let body = Fingerprint::of(id.as_bytes());
        let proof = if connection.platform.scheme == Scheme::MailchimpUnsigned { "address" } else { "signature" };
        let bytes = 900 + seed.below(6_000);
        self.deliveries.add(&[
            seed.site().controller.as_str().into(),
            connection.id.as_str().into(),
            id.as_str().into(),
            id.as_str().into(),
            at.into(),
            (at - 700).into(),
            event.into(),
            status.into(),
            reason.into(),
            proof.into(),
            if status == "processed" { connection.platform.classes } else { "[]" }.into(),
            "{}".into(),
            body.as_str().into(),
            bytes.into(),
            body.as_str().into(),
        ]);
        id
    }

    /// A shop knows its customers by number and address; the others by the address.
    fn observe(
        &mut self,
        seed: &mut Seed<'_>,
        connection: &Connection,
        person: &Person,
        delivery: &str,
        at: i64,
        number: usize,
    ) {
        let id = seed.id();
        let controller = seed.site().controller.as_str().to_owned();
        let controller = controller.as_str();
        let seq = i64::try_from(number).unwrap_or_default() + 1;
        self.observations.add(&[
            controller.into(),
            id.as_str().into(),
            seq.into(),
            connection.id.as_str().into(),
            delivery.into(),
            "customer".into(),
            at.into(),
            1.into(),
            0.into(),
        ]);
        let customer = person.customer.as_deref().filter(|_| connection.platform.source == "shopify");
        for identity in [Some(person.identity.as_str()), customer].into_iter().flatten() {
            self.links.add(&[controller.into(), id.as_str().into(), identity.into()]);
        }
    }

    fn sql(&self) -> String {
        [&self.deliveries, &self.observations, &self.links].map(Table::sql).concat()
    }
}
