//! A delivery that is made up to try a connection: what its platform would send of one person, new each time.
//!
//! The person does not exist: the address is under `example.com`, which nobody can own, and the number is one of those that
//! are given to nobody. Ids and times are drawn anew, as platforms do, so no two are the same delivery.

use std::fmt::Write as _;

use serde_json::Value;

use super::{ClassMapping, ConsentMapping, FieldMapping, Path, RecordMapping};
use crate::{
    id::Fingerprint,
    time::Timestamp,
    webhook::{Source, shopify::ShopDomain},
};

/// What is put in for `ID` (32 hex digits), `NUMBER`, `TIME` and `SECONDS`.
const SHOPIFY: &str = r#"{"id":NUMBER,"admin_graphql_api_id":"gid://shopify/Customer/NUMBER","email":"nod-test+ID@example.com",
"created_at":"TIME","updated_at":"TIME","first_name":"Test","last_name":"Delivery","state":"disabled","verified_email":true,
"phone":"+14155550100","tax_exemptions":[],"addresses":[],
"email_marketing_consent":{"state":"subscribed","opt_in_level":"single_opt_in","consent_updated_at":"TIME"},
"default_address":{"customer_id":NUMBER,"name":"Test Delivery","address1":"1 Test Street","city":"Ottawa","country_code":"CA"}}"#;

const STRIPE: &str = r#"{"id":"evt_ID","object":"event","created":SECONDS,"type":"customer.created","livemode":false,
"data":{"object":{"id":"cus_ID","object":"customer","created":SECONDS,"email":"nod-test+ID@example.com","name":"Test Delivery",
"phone":"+14155550100","address":{"line1":"1 Test Street","city":"Ottawa","country":"CA"},"metadata":{}}}}"#;

const MAILCHIMP: &str = "type=subscribe&fired_at=FIRED&data%5Bid%5D=SHORT&data%5Blist_id%5D=nod-test&\
data%5Bemail%5D=nod-test%2BID%40example.com&data%5Bemail_type%5D=html&data%5Bmerges%5D%5BEMAIL%5D=nod-test%2BID%40example.com&\
data%5Bmerges%5D%5BFNAME%5D=Test&data%5Bmerges%5D%5BLNAME%5D=Delivery&data%5Bip_signup%5D=192.0.2.1";

const MANDRILL: &str = r#"[{"event":"unsub","_id":"ID","ts":SECONDS,"ip":"192.0.2.1",
"msg":{"_id":"ID","ts":SECONDS,"email":"nod-test+ID@example.com","sender":"nod-test@example.com","subject":"A test delivery"}}]"#;

/// What a custom application calls it.
const EVENT: &str = "nod.test";

/// The shop of a connection that has not met its own yet.
const SHOP: &str = "nod-test.myshopify.com";

/// A made-up delivery, to be signed with [`crate::webhook::Authentication::sign`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeUp {
    /// What the sender calls it.
    pub id: String,
    /// The bytes to be signed.
    pub body: Vec<u8>,
    /// The headers that say what is in it; the proof is not among them.
    pub labels: Vec<(&'static str, String)>,
}

impl MadeUp {
    /// What the source would send now. A custom application's is made by its mapping; with none by the usual one.
    pub fn of(
        source: Source,
        mapping: Option<&FieldMapping>,
        shop: Option<&ShopDomain>,
        random: [u8; 16],
        now: Timestamp,
    ) -> Self {
        let filled = Filled::new(random, now);
        let (body, content) = match source {
            Source::Shopify => (filled.fill(SHOPIFY), "application/json"),
            Source::Stripe => (filled.fill(STRIPE), "application/json"),
            Source::Mailchimp => (filled.fill(MAILCHIMP), "application/x-www-form-urlencoded"),
            Source::Mandrill => {
                let events = encoded(&filled.fill(MANDRILL));
                (["mandrill_events=", &events].concat(), "application/x-www-form-urlencoded")
            }
            Source::Custom => {
                let standard = FieldMapping::standard();
                (filled.custom(mapping.unwrap_or(&standard)).to_string(), "application/json")
            }
        };
        let mut labels = vec![("content-type", content.to_owned())];
        if source == Source::Shopify {
            labels.extend([
                ("x-shopify-topic", "customers/create".to_owned()),
                ("x-shopify-shop-domain", shop.map_or(SHOP, ShopDomain::as_str).to_owned()),
                ("x-shopify-webhook-id", filled.id.clone()),
                ("x-shopify-triggered-at", now.rfc3339()),
            ]);
        }
        Self { id: ["msg_", &filled.id].concat(), body: body.into_bytes(), labels }
    }
}

/// What is new in each.
struct Filled {
    id: String,
    now: Timestamp,
}

impl Filled {
    fn new(random: [u8; 16], now: Timestamp) -> Self {
        let digest = Fingerprint::of(&random);
        Self { id: digest.as_str().chars().take(32).collect(), now }
    }

    /// A template with what is new put in.
    fn fill(&self, template: &str) -> String {
        let time = self.now.rfc3339();
        // `2026-11-23T12:00:00.000Z` as Mailchimp's forms write it.
        let fired = time.get(..19).unwrap_or_default().replace('T', "+").replace(':', "%3A");
        let short: String = self.id.chars().take(10).collect();
        template
            .replace("NUMBER", &self.number().to_string())
            .replace("SECONDS", &(self.now.millis() / 1000).to_string())
            .replace("FIRED", &fired)
            .replace("SHORT", &short)
            .replace("TIME", &time)
            .replace("ID", &self.id)
    }

    /// As long as Shopify's.
    fn number(&self) -> u64 {
        let digits: String = self.id.chars().take(13).collect();
        u64::from_str_radix(&digits, 16).unwrap_or_default() | 1 << 51
    }

    fn custom(&self, mapping: &FieldMapping) -> Value {
        let mut body = Value::Null;
        put(&mut body, mapping.event.first(), EVENT.into());
        put(&mut body, mapping.occurred_at.first(), self.now.rfc3339().into());
        for record in &mapping.records {
            let consents = mapping.consents.iter().filter(|consent| super::custom::is_of(mapping, consent, record));
            let person = self.person(record, consents);
            match &record.root {
                Some(root) => put(&mut body, Some(root), person),
                None => merge(&mut body, person),
            }
        }
        for ClassMapping { path, .. } in &mapping.classes {
            put(&mut body, Some(path), "Test".into());
        }
        body
    }

    fn person<'m>(&self, record: &RecordMapping, consents: impl Iterator<Item = &'m ConsentMapping>) -> Value {
        let mut person = Value::Null;
        put(&mut person, record.email.first(), ["nod-test+", &self.id, "@example.com"].concat().into());
        put(&mut person, record.phone.first(), "+14155550100".into());
        put(&mut person, record.customer_id.first(), ["nod-test-", &self.id].concat().into());
        for consent in consents {
            put(&mut person, Some(&consent.granted), true.into());
            put(&mut person, consent.decided_at.as_ref(), self.now.rfc3339().into());
        }
        person
    }
}

/// Puts a value at a path, if there is one.
fn put(into: &mut Value, path: Option<&Path>, value: Value) {
    if let Some(path) = path {
        merge(into, path.around(value));
    }
}

/// Puts a tree into another. What stands there already stays.
fn merge(into: &mut Value, what: Value) {
    match (into, what) {
        (into @ Value::Null, what) => *into = what,
        (Value::Object(into), Value::Object(what)) => {
            for (key, value) in what {
                merge(into.entry(key).or_insert(Value::Null), value);
            }
        }
        (Value::Array(into), Value::Array(what)) => {
            if let (Some(first), Some(what)) = (into.first_mut(), what.into_iter().next()) {
                merge(first, what);
            }
        }
        _ => {}
    }
}

/// As forms write a text.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte));
        } else {
            // A text takes whatever is written.
            _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        id::ConnectionId,
        identity::Kind,
        intake::{Class, Known, Outcome, Reading, read},
        webhook::{Delivery, Scheme, Secrets, Verified, verify},
    };

    const ADDRESS: &str = "https://nod.example/v1/webhooks/x";
    const SIGNED: [Scheme; 5] =
        [Scheme::Shopify, Scheme::Stripe, Scheme::Mailchimp, Scheme::Mandrill, Scheme::SharedSecret];

    fn now() -> Timestamp {
        Timestamp::from_millis(1_795_435_200_123).unwrap()
    }

    /// Makes one up, signs it, and has it judged and read as any delivery is.
    fn tried(
        scheme: Scheme,
        mapping: Option<&FieldMapping>,
        random: [u8; 16],
        check: impl FnOnce(&Verified<'_>, Reading),
    ) {
        let made = MadeUp::of(scheme.source(), mapping, None, random, now());
        let secret = scheme.stored(&scheme.new_secret(&[7; 32]).unwrap()).unwrap();
        let authentication = scheme.authentication(Secrets::new(secret), ADDRESS).unwrap();
        let mut headers = made.labels.clone();
        headers.extend(authentication.sign(&made.id, &made.body, now()).unwrap());
        let headers = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let delivery = Delivery { body: &made.body, headers };
        let verified = verify(&delivery, &authentication, now()).unwrap();
        let connection = ConnectionId::from_random([1; 16]);
        match read(&delivery, &verified, &Known { connection: &connection, shop: None, mapping }).unwrap() {
            Outcome::Useful(reading) => check(&verified, reading),
            Outcome::Ignored { event, why } => panic!("{event} was ignored: {why}"),
        }
    }

    #[test]
    fn what_is_made_up_is_authentic_and_names_one_person() {
        for scheme in SIGNED {
            tried(scheme, None, [3; 16], |_, reading| {
                assert_eq!(reading.records.len(), 1, "{}", scheme.name());
                assert!(reading.classes.contains(&Class::Email), "{}", scheme.name());
                assert_eq!(reading.happened_at.map(|at| at.millis() / 1000), Some(now().millis() / 1000));
                assert!(reading.request.is_none() && !reading.purge, "{}", scheme.name());
            });
        }
    }

    #[test]
    fn no_two_are_the_same_delivery() {
        for scheme in SIGNED {
            let mut keys = Vec::new();
            for random in [[1; 16], [2; 16]] {
                tried(scheme, None, random, |verified, reading| {
                    keys.push((verified.dedupe().clone(), reading.vendor_key.or_else(|| verified.vendor_key())));
                });
            }
            assert_ne!(keys[0].0, keys[1].0, "{}", scheme.name());
            assert!(keys[0].1.is_none() || keys[0].1 != keys[1].1, "{}", scheme.name());
        }
    }

    #[test]
    fn a_connection_that_knows_its_shop_is_tried_with_it() {
        let shop = ShopDomain::parse("jsmith.myshopify.com").unwrap();
        let made = MadeUp::of(Source::Shopify, None, Some(&shop), [1; 16], now());
        assert!(made.labels.contains(&("x-shopify-shop-domain", "jsmith.myshopify.com".into())));
    }

    #[test]
    fn an_applications_own_places_are_filled() {
        let mapping = FieldMapping::parse(
            r#"{"event": ["kind", "type"], "occurred_at": ["meta.at"],
                "records": [{"part": "buyer", "email": ["mail\\.main"], "customer_id": ["ids[].*"], "authoritative": true},
                            {"part": "guests", "root": "guests[]", "phone": ["tel"], "authoritative": false},
                            {"part": "again", "root": "guests[]", "email": ["mail"], "authoritative": false}],
                "classes": [{"class": "name", "path": "guests[].name"}, {"class": "free_text", "path": "kind"}],
                "consents": [{"part": "guests", "channel": "sms", "granted": "may.sms", "decided_at": "may.at"}]}"#,
        )
        .unwrap();
        tried(Scheme::SharedSecret, Some(&mapping), [5; 16], |_, reading| {
            assert_eq!(reading.event, EVENT);
            let kinds = |at: usize| reading.records[at].identifiers.iter().map(|found| found.kind).collect::<Vec<_>>();
            assert_eq!(reading.records.len(), 3);
            assert_eq!(
                (kinds(0), kinds(1), kinds(2)),
                (vec![Kind::Email, Kind::CustomerId], vec![Kind::Phone], vec![Kind::Email])
            );
            assert!(reading.consents[0].granted && reading.consents[0].decided_at.is_some());
            assert!(reading.classes.contains(&Class::Name));
        });
    }

    #[test]
    fn a_mapping_that_contradicts_itself_is_no_trouble() {
        let mapping = FieldMapping::parse(
            r#"{"event": ["a"], "records": [{"part": "p", "email": ["a.b"], "phone": ["[].c"], "authoritative": true}]}"#,
        )
        .unwrap();
        let made = MadeUp::of(Source::Custom, Some(&mapping), None, [1; 16], now());
        assert_eq!(String::from_utf8(made.body).unwrap(), r#"{"a":"nod.test"}"#);
    }
}
