//! The outside: people, what happens to them, and what the platforms send about it.

use std::collections::BTreeMap;

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

pub(super) struct Person {
    /// The addresses that the person has had; the last one is today's.
    pub(super) emails: Vec<String>,
    pub(super) phone: Option<String>,
    number: usize,
    /// The number of the account with the application.
    pub(super) user: usize,
}

impl Person {
    pub(super) fn email(&self) -> &str {
        self.emails.last().unwrap()
    }

    pub(super) fn shop_id(&self) -> u64 {
        706_405_506_930_370_000 + self.number as u64
    }

    pub(super) fn stripe(&self) -> String {
        format!("cus_{}", self.number)
    }

    /// The audiences give an id to each address.
    pub(super) fn member(&self) -> String {
        format!("m{}", self.email().len() * 1_000_000 + self.number * 100 + self.emails.len())
    }
}

/// Everything that is going to be said, and everybody it may be about.
pub(super) struct World {
    pub(super) messages: Vec<Message>,
    /// The canonical forms of everything that names somebody, by their text.
    pub(super) known: BTreeMap<String, Canonical>,
    pub(super) random: Random,
    pub(super) people: Vec<Person>,
    pub(super) now: i64,
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
