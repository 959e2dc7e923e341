//! What happens in the world, each as the body that a platform sends about it.

use serde_json::{Value, json};

use super::{
    random::Random,
    world::{Message, SHOP, Via, World},
};
use crate::time::Timestamp;

const LIST: &str = "a6b5da1054";

/// As people write their addresses.
fn spelt(random: &mut Random, address: &str) -> String {
    match random.below(3) {
        0 => address.to_uppercase(),
        1 => format!(" {address}"),
        _ => address.to_owned(),
    }
}

impl World {
    pub(super) fn message(&mut self) -> Message {
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
        let email = spelt(&mut self.random, self.people[number].email());
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
        let email = spelt(&mut self.random, self.people[buyer].email());
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
}
