//! Mailchimp Transactional (Mandrill): what becomes of messages, several events in one delivery.

use crate::sorted::{Entry, SortedMap, SortedSet};

use serde_json::Value;

use super::{
    Channel,
    Class::{Credential, Email, FreeText, Name, OnlineIdentifier, PostalAddress, Preference},
    ConsentStatement, Evidence, Identifier, Ignored, MAX_PEOPLE, Outcome, PersonRecord, Reading, Unusable, Written,
    form,
    table::{self, Line, Person, Table},
};
use crate::{time::Timestamp, webhook::Verified};

/// One event. Links in messages are made for their reader, and some open the reader's account.
pub(super) const EVENT: Table = &[
    Line {
        at: &["", "msg", "msg.opens[]", "msg.clicks[]"],
        holds: &[
            (OnlineIdentifier, &["ip", "user_agent", "user_agent_parsed.*", "ua", "url", "location.*"]),
            (PostalAddress, &["location.city", "location.postal_code", "location.latitude", "location.longitude"]),
            (Credential, &["url"]),
        ],
    },
    Line {
        at: &["msg"],
        holds: &[
            (Email, &["email", "sender", "from_email", "to[][]", "cc[][]", "headers.From", "headers.To"]),
            (Name, &["from_name"]),
            (
                FreeText,
                &[
                    "subject",
                    "metadata",
                    "metadata.*",
                    "tags[]",
                    "text",
                    "html",
                    "raw_msg",
                    "headers.*",
                    "diag",
                    "bounce_description",
                    "smtp_events[].diag",
                    "attachments",
                    "images",
                ],
            ),
        ],
    },
    Line {
        at: &["reject", "entry"],
        holds: &[(Email, &["email", "sender"]), (FreeText, &["detail"]), (Preference, &["reason"])],
    },
];

/// Whoever the message went to, or whose address was put on a list.
pub(super) const RECIPIENT: Person =
    Person { email: &["msg.email", "reject.email", "entry.email"], phone: &[], customer_id: &[] };

/// Whoever wrote: of an inbound message, `msg.email` is the controller's own mailbox.
pub(super) const WRITER: Person = Person { email: &["msg.from_email"], phone: &[], customer_id: &[] };

/// What several events of different types are called.
const SEVERAL: &str = "several";

pub(super) fn read(verified: &Verified<'_>) -> Result<Outcome, Unusable> {
    let form = form::tree(verified.body()).ok_or(Unusable::NotAForm)?;
    let events = form.get("mandrill_events").and_then(Value::as_str).ok_or(Unusable::NotAForm)?;
    let Value::Array(events) = serde_json::from_str(events).map_err(|_| Unusable::NotJson)? else {
        return Err(Unusable::OtherShape);
    };
    if events.is_empty() {
        return Ok(Outcome::Ignored { event: "none".to_owned(), why: Ignored::Empty });
    }
    if events.len() > MAX_PEOPLE {
        return Err(Unusable::TooMany);
    }
    let names: SortedSet<_> = events.iter().map(name).collect::<Option<_>>().ok_or(Unusable::NoEventType)?;
    let mut all = names.into_iter();
    let name = match (all.next(), all.next()) {
        (Some(name), None) => name,
        _ => SEVERAL.to_owned(),
    };
    let mut reading = Reading::new(name, events.iter().filter_map(at).max());
    let mut people = Merged::default();
    for (number, event) in events.iter().enumerate() {
        table::classes(EVENT, event, &mut reading.classes);
        people.add(number, event);
    }
    reading.records.extend(people.records.into_values());
    reading.records.iter().for_each(|record| reading.classes.extend(record.classes()));
    reading.consents.extend(people.withdrawals.into_values());
    Ok(reading.into_outcome())
}

/// `open`, `unsub`; changes of the lists have a type instead: `blacklist`.
fn name(event: &Value) -> Option<String> {
    table::event_name(&table::text_at(event, "event").or_else(|| table::text_at(event, "type"))?)
}

fn at(event: &Value) -> Option<Timestamp> {
    table::seconds_at(event, "ts")
}

/// What the events say about each person, said once, as of the last time.
#[derive(Default)]
struct Merged {
    records: SortedMap<SortedSet<Identifier>, PersonRecord>,
    withdrawals: SortedMap<SortedSet<Identifier>, ConsentStatement>,
}

impl Merged {
    fn add(&mut self, number: usize, event: &Value) {
        let is = |name| event.get("event").and_then(Value::as_str) == Some(name);
        let about = if is("inbound") { WRITER } else { RECIPIENT }.identifiers(event);
        if about.is_empty() {
            return;
        }
        match self.records.entry(about.clone()) {
            Entry::Vacant(entry) => {
                entry.insert(PersonRecord::new(format!("event.{number}"), at(event), about.clone()));
            }
            Entry::Occupied(known) => known.observed_at = known.observed_at.max(at(event)),
        }
        if is("unsub") {
            let withdrawal = withdrawal(event, about.clone());
            let known = self.withdrawals.entry(about).or_insert_with(|| withdrawal.clone());
            if known.decided_at < withdrawal.decided_at {
                *known = withdrawal;
            }
        }
    }
}

fn withdrawal(event: &Value, about: SortedSet<Identifier>) -> ConsentStatement {
    let mut evidence = SortedMap::from([("event", Evidence::Plain("unsub".to_owned()))]);
    evidence.extend(table::text_at(event, "ip").map(|ip| ("ip", Evidence::Personal(Written::new(ip)))));
    ConsentStatement { about, channel: Channel::Email, granted: false, decided_at: at(event), evidence }
}
