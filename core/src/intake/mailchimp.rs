//! Mailchimp: what an audience's events say about its members.

use crate::sorted::{SortedMap, SortedSet};

use serde_json::Value;

use super::{
    Channel,
    Class::{CustomerId, Email, FreeText, Name, OnlineIdentifier, Phone, PostalAddress, Preference, Transaction},
    ConsentStatement, Evidence, Identifier, Ignored, Outcome, Reading, Relation, Unusable, Written, form,
    table::{self, Line, Person, Table},
};
use crate::{time::Timestamp, webhook::Verified};

/// `merges` are the audience's own fields: the names that Mailchimp gives them by itself have a class, and all others may hold
/// anything.
pub(super) const MEMBER: Table = &[
    Line {
        at: &["data"],
        holds: &[
            (Email, &["email", "old_email", "new_email"]),
            (CustomerId, &["id", "new_id", "web_id"]),
            (OnlineIdentifier, &["ip_opt", "ip_signup"]),
            (Preference, &["email_type", "list_id", "action", "reason"]),
        ],
    },
    Line {
        at: &["data.merges"],
        holds: &[
            (Email, &["EMAIL"]),
            (Name, &["FNAME", "LNAME", "NAME", "COMPANY"]),
            (Phone, &["PHONE", "SMSPHONE"]),
            (PostalAddress, &["ADDRESS", "ADDRESS.*", "ZIP", "CITY", "STATE", "COUNTRY"]),
            (Preference, &["INTERESTS", "GROUPINGS", "GROUPINGS.*", "LANGUAGE"]),
            (Transaction, &["LASTORDER"]),
            (FreeText, &["*"]),
        ],
    },
];

/// `data.email` and the merge field are the same address. The number is the audience's own field for one.
pub(super) const PERSON: Person =
    Person { email: &["data.email"], phone: &["data.merges.PHONE"], customer_id: &["data.id"] };

/// Both addresses are the same member's, one after the other; the id is the one that goes with the new address.
pub(super) const SUCCESSION: Person =
    Person { email: &["data.old_email", "data.new_email"], phone: &[], customer_id: &["data.new_id"] };

pub(super) fn read(verified: &Verified<'_>) -> Result<Outcome, Unusable> {
    let body = form::tree(verified.body()).ok_or(Unusable::NotAForm)?;
    let named = table::text_at(&body, "type").as_deref().and_then(table::event_name);
    let name = named.ok_or(Unusable::NoEventType)?;
    let mut reading = Reading::new(name, fired_at(&body));
    let (person, relation) = match reading.event.as_str() {
        "subscribe" | "unsubscribe" | "profile" | "cleaned" => (PERSON, Relation::Together),
        "upemail" => (SUCCESSION, Relation::Succession),
        _ => return Ok(Outcome::Ignored { event: reading.event, why: Ignored::NoPersonalData }),
    };
    table::classes(MEMBER, &body, &mut reading.classes);
    let about = person.identifiers(&body);
    reading.consents.extend(consent(&reading, &body, &about));
    reading.add("member", reading.happened_at, about);
    for record in &mut reading.records {
        record.relation = relation;
        record.authoritative = !verified.proof().is_weak();
    }
    Ok(reading.into_outcome())
}

/// `2009-03-26 21:35:57`, in UTC.
fn fired_at(body: &Value) -> Option<Timestamp> {
    let text = table::text_at(body, "fired_at")?;
    let time = chrono::NaiveDateTime::parse_from_str(&text, "%Y-%m-%d %H:%M:%S").ok()?;
    Timestamp::from_millis(time.and_utc().timestamp_millis())
}

/// An address that bounces says nothing about what its owner wants, so `cleaned` takes nothing back.
fn consent(reading: &Reading, body: &Value, about: &SortedSet<Identifier>) -> Option<ConsentStatement> {
    let (granted, names): (_, &[(&'static str, &'static str)]) = match reading.event.as_str() {
        "subscribe" => (true, &[("list_id", "data.list_id")]),
        "unsubscribe" => (
            false,
            &[
                ("list_id", "data.list_id"),
                ("action", "data.action"),
                ("reason", "data.reason"),
                ("campaign_id", "data.campaign_id"),
            ],
        ),
        _ => return None,
    };
    if about.is_empty() {
        return None;
    }
    let plain = |(name, path): &(&'static str, &'static str)| Some((*name, table::plain(table::text_at(body, path))?));
    let personal = |(name, path): (&'static str, &'static str)| {
        Some((name, Evidence::Personal(Written::new(table::text_at(body, path)?))))
    };
    let mut evidence: SortedMap<_, _> = names.iter().filter_map(plain).collect();
    evidence.extend([("ip_opt", "data.ip_opt"), ("ip_signup", "data.ip_signup")].into_iter().filter_map(personal));
    evidence.extend(reading.happened_at.map(|at| ("fired_at", Evidence::Plain(at.rfc3339()))));
    let (about, decided_at) = (about.clone(), reading.happened_at);
    Some(ConsentStatement { about, channel: Channel::Email, granted, decided_at, evidence })
}
