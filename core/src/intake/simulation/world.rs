//! The outside: people, what happens to them, and what the platforms send about it.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::random::Random;
use crate::{
    id::ConnectionId,
    identity::{
        Canonical,
        customer_id::{self, CUSTOMER, Namespace},
        email::{self, tests_support::Platform},
        phone,
    },
    time::Timestamp,
    webhook::{Authentication, Scheme, Secrets, Source, StoredSecret},
};

pub(super) const SHOP: &str = "main.myshopify.com";
const LIST: &str = "a6b5da1054";
/// When the first thing happens, in milliseconds.
const BEGIN: i64 = 1_750_000_000_000;

/// What a message comes through: the index of its connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Via {
    Shop,
    Payments,
    Audience,
    /// An audience whose webhooks carry no signature.
    Hearsay,
    App,
}

impl Via {
    pub(super) const ALL: [Self; 5] = [Self::Shop, Self::Payments, Self::Audience, Self::Hearsay, Self::App];

    pub(super) fn id(self) -> ConnectionId {
        ConnectionId::from_random([self as u8; 16])
    }

    pub(super) const fn scheme(self) -> Scheme {
        match self {
            Self::Shop => Scheme::Shopify,
            Self::Payments => Scheme::Stripe,
            Self::Audience => Scheme::Mailchimp,
            Self::Hearsay => Scheme::MailchimpUnsigned,
            Self::App => Scheme::SharedSecret,
        }
    }

    /// The secret of this number, as it is stored.
    pub(super) fn secret(self, number: u8) -> Option<StoredSecret> {
        self.scheme().new_secret(&[number; 32]).map(|text| self.scheme().stored(&text).unwrap())
    }

    /// What the platform signs with while it holds the secret of this number.
    pub(super) fn signing(self, number: u8) -> Authentication {
        let secrets = self.secret(number).map_or(Secrets::none(), Secrets::new);
        self.scheme().authentication(secrets, "").unwrap()
    }
}

/// What a platform has to say, until it is heard.
pub(super) struct Message {
    pub(super) via: Via,
    /// The platform's id of it.
    pub(super) id: String,
    pub(super) at: Timestamp,
    /// Shopify's labels, which nobody signed.
    pub(super) topic: &'static str,
    pub(super) shop: &'static str,
    pub(super) body: Vec<u8>,
}

struct Person {
    emails: Vec<String>,
    phone: Option<String>,
    number: usize,
    /// The member ids that the audiences gave, one for each address.
    user: usize,
}

impl Person {
    fn email(&self) -> &str {
        self.emails.last().unwrap()
    }

    fn shop_id(&self) -> u64 {
        706_405_506_930_370_000 + self.number as u64
    }

    fn stripe(&self) -> String {
        format!("cus_{}", self.number)
    }

    fn member(&self) -> String {
        format!("m{}", self.email().len() * 1_000_000 + self.number * 100 + self.emails.len())
    }
}

/// Everything that is going to be said, and everybody it may be about.
pub(super) struct World {
    pub(super) messages: Vec<Message>,
    /// The canonical forms of everything that names somebody, by their text.
    pub(super) known: BTreeMap<String, Canonical>,
    random: Random,
    people: Vec<Person>,
    now: i64,
}

impl World {
    pub(super) fn new(seed: u64, people: usize, messages: usize) -> Self {
        let mut world = Self {
            messages: Vec::new(),
            known: BTreeMap::new(),
            random: Random::new(seed),
            people: Vec::new(),
            now: BEGIN,
        };
        world.people = (0..people).map(|number| world.person(number)).collect();
        for _ in 0..messages {
            world.now += 1000 * i64::try_from(1 + world.random.below(60)).unwrap();
            let message = world.message();
            world.messages.push(message);
        }
        world.know();
        world
    }

    /// After everything has happened.
    pub(super) fn end(&self) -> i64 {
        self.now + 1000
    }

    /// One in ten shares a number with the person before; one in ten wrote something that is no number.
    fn person(&mut self, number: usize) -> Person {
        let phone = match self.random.below(10) {
            0..=5 => Some(format!("+49 151 {number:07}")),
            6 => Some(format!("+49 151 {:07}", number.saturating_sub(1))),
            7 => Some("555-555-BILL".to_owned()),
            _ => None,
        };
        Person { emails: vec![format!("person.{number}@example.com")], phone, number, user: number }
    }

    fn message(&mut self) -> Message {
        match self.random.below(100) {
            0..=19 => self.customer(),
            20..=39 => self.order(),
            40..=47 => self.email_consent(),
            48..=59 => self.payment(),
            60..=67 => self.member(Via::Audience),
            68..=71 => self.new_address(),
            72..=81 => self.user(),
            82..=87 => self.member(Via::Hearsay),
            88..=90 => self.rights(),
            91..=95 => self.noise(),
            _ => self.nonsense(),
        }
    }

    fn someone(&mut self) -> usize {
        self.random.place(self.people.len())
    }

    /// As people write their addresses.
    fn spelt(&mut self, address: &str) -> String {
        match self.random.below(3) {
            0 => address.to_uppercase(),
            1 => format!(" {address}"),
            _ => address.to_owned(),
        }
    }

    fn time(&self) -> Timestamp {
        Timestamp::from_millis(self.now).unwrap()
    }

    fn via(&self, via: Via, topic: &'static str, body: Vec<u8>) -> Message {
        let id = format!("msg_{}", self.messages.len());
        Message { via, id, at: self.time(), topic, shop: SHOP, body }
    }

    fn shop(&self, topic: &'static str, body: &Value) -> Message {
        self.via(Via::Shop, topic, body.to_string().into_bytes())
    }

    fn customer(&mut self) -> Message {
        let number = self.someone();
        let subscribed = self.random.one_in(2);
        let email = self.spelt(&self.people[number].email().to_owned());
        let person = &self.people[number];
        let consent = json!({
            "state": if subscribed { "subscribed" } else { "not_subscribed" },
            "opt_in_level": "single_opt_in",
            "consent_updated_at": self.time().rfc3339(),
        });
        let body = json!({
            "id": person.shop_id(), "email": email, "phone": person.phone, "first_name": "Somebody",
            "updated_at": self.time().rfc3339(), "email_marketing_consent": consent,
        });
        self.shop("customers/update", &body)
    }

    /// One in ten is a gift: ordered by one person for the account of another.
    fn order(&mut self) -> Message {
        let number = self.someone();
        let buyer = if self.random.one_in(10) { self.someone() } else { number };
        let email = self.spelt(&self.people[buyer].email().to_owned());
        let customer = &self.people[number];
        let body = json!({
            "id": 820_982_911_946_000_000_u64 + self.messages.len() as u64, "email": email,
            "phone": self.people[buyer].phone, "order_number": self.messages.len(), "updated_at": self.time().rfc3339(),
            "order_status_url": "https://shop.example/orders/1/authenticate?key=secret",
            "customer": { "id": customer.shop_id(), "email": customer.email(), "updated_at": self.time().rfc3339() },
        });
        self.shop("orders/create", &body)
    }

    fn email_consent(&mut self) -> Message {
        let number = self.someone();
        let state = if self.random.one_in(2) { "subscribed" } else { "unsubscribed" };
        let person = &self.people[number];
        let body = json!({
            "customer_id": person.shop_id(), "email_address": person.email(),
            "email_marketing_consent": { "state": state, "consent_updated_at": self.time().rfc3339() },
        });
        self.shop("customers_email_marketing_consent/update", &body)
    }

    /// A customer of the payment account. One in eight has a new address, and the event says which one it had.
    fn payment(&mut self) -> Message {
        let number = self.someone();
        let before = self.people[number].email().to_owned();
        let previous = if self.random.one_in(8) {
            self.move_house(number);
            json!({ "email": before })
        } else {
            json!({})
        };
        let person = &self.people[number];
        let body = json!({
            "id": format!("evt_{}", self.messages.len()), "object": "event", "type": "customer.updated",
            "created": self.now / 1000,
            "data": {
                "object": { "id": person.stripe(), "object": "customer", "email": person.email(), "phone": person.phone },
                "previous_attributes": previous,
            },
        });
        self.via(Via::Payments, "", body.to_string().into_bytes())
    }

    fn move_house(&mut self, number: usize) {
        let next = self.people[number].emails.len();
        self.people[number].emails.push(format!("person.{number}.{next}@example.org"));
    }

    fn member(&mut self, via: Via) -> Message {
        let number = self.someone();
        let kind = if self.random.one_in(2) { "subscribe" } else { "unsubscribe" };
        let person = &self.people[number];
        let (id, email) = (person.member(), person.email().to_owned());
        let fields = [("data[id]", id.as_str()), ("data[email]", &email), ("data[ip_opt]", "10.20.10.30")];
        self.form(via, kind, &fields)
    }

    fn new_address(&mut self) -> Message {
        let number = self.someone();
        let old = self.people[number].email().to_owned();
        self.move_house(number);
        let person = &self.people[number];
        let (id, new) = (person.member(), person.email().to_owned());
        let fields = [("data[new_id]", id.as_str()), ("data[old_email]", &old), ("data[new_email]", &new)];
        self.form(Via::Audience, "upemail", &fields)
    }

    fn form(&self, via: Via, kind: &str, fields: &[(&str, &str)]) -> Message {
        let fired = self.time().rfc3339().replace('T', "+").replace(':', "%3A");
        let fired = fired.split('.').next().unwrap();
        let head = format!("type={kind}&fired_at={fired}&data%5Blist_id%5D={LIST}");
        let encoded = |(name, value): &(&str, &str)| {
            format!("&{}={}", name.replace('[', "%5B").replace(']', "%5D"), value.replace('@', "%40"))
        };
        let body = fields.iter().map(encoded).fold(head, |body, field| body + &field);
        self.via(via, "", body.into_bytes())
    }

    /// The application gives the number of a closed account to somebody else.
    fn user(&mut self) -> Message {
        let number = self.someone();
        if self.random.one_in(20) {
            self.people[number].user = self.someone();
        }
        let person = &self.people[number];
        let body = json!({
            "type": "user.updated", "timestamp": self.time().rfc3339(),
            "data": { "user_id": person.user, "email": person.email(), "phone": person.phone },
        });
        self.via(Via::App, "", body.to_string().into_bytes())
    }

    fn rights(&mut self) -> Message {
        let number = self.someone();
        let person = &self.people[number];
        let customer = json!({ "id": person.shop_id(), "email": person.email(), "phone": person.phone });
        let orders = [self.messages.len()];
        if self.random.one_in(2) {
            let body = json!({
                "shop_id": 954_889, "shop_domain": SHOP, "orders_requested": orders, "customer": customer,
                "data_request": { "id": self.messages.len() },
            });
            return self.shop("customers/data_request", &body);
        }
        let body = json!({ "shop_id": 954_889, "shop_domain": SHOP, "customer": customer, "orders_to_redact": orders });
        self.shop("customers/redact", &body)
    }

    /// What concerns nobody.
    fn noise(&mut self) -> Message {
        let number = self.messages.len();
        match self.random.below(3) {
            0 => self.shop("products/update", &json!({ "id": number, "title": "A thing" })),
            1 => {
                let body = json!({
                    "id": format!("evt_{number}"), "object": "v2.core.event", "type": "v1.billing.meter.updated",
                    "created": self.time().rfc3339(), "related_object": { "id": "mtr_1", "type": "billing.meter" },
                });
                self.via(Via::Payments, "", body.to_string().into_bytes())
            }
            _ => self.form(Via::Audience, "campaign", &[("data[id]", &format!("c{number}")), ("data[status]", "sent")]),
        }
    }

    /// What is authentic and cannot be used.
    fn nonsense(&mut self) -> Message {
        let number = self.messages.len();
        let order = |world: &Self| world.shop("customers/redact", &json!({ "id": number, "line_items": [] }));
        match self.random.below(4) {
            0 => order(self),
            1 => Message { shop: "other.myshopify.com", topic: "orders/create", ..order(self) },
            2 => self.via(Via::Payments, "", format!("event {number}").into_bytes()),
            _ => self.via(Via::App, "", json!({ "type": "ping", "number": number }).to_string().into_bytes()),
        }
    }

    /// Works out what everything that may have been said is called.
    fn know(&mut self) {
        let mut add = |value: Canonical| {
            self.known.insert(value.expose().to_owned(), value);
        };
        for person in &self.people {
            person.phone.iter().filter_map(|written| phone::canonical(written).ok()).for_each(&mut add);
            for (number, address) in person.emails.iter().enumerate() {
                add(email::canonical(address, &Platform).unwrap());
                let then = Person { emails: person.emails[..=number].to_vec(), phone: None, ..*person };
                for via in Via::ALL {
                    let id = match via {
                        Via::Shop => then.shop_id().to_string(),
                        Via::Payments => then.stripe(),
                        Via::Audience | Via::Hearsay => then.member(),
                        Via::App => then.number.to_string(),
                    };
                    let (connection, source): (_, Source) = (via.id(), via.scheme().source());
                    let namespace =
                        Namespace { source: source.name(), connection: connection.as_str(), kind: CUSTOMER };
                    add(customer_id::canonical(namespace, &id).unwrap());
                }
            }
        }
    }
}
