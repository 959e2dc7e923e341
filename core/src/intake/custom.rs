//! Custom applications: what a [`FieldMapping`] finds.

use crate::sorted::SortedMap;

use serde_json::Value;

use super::{
    Class, ClassMapping, ConsentMapping, ConsentStatement, Evidence, FieldMapping, Identifier, MAX_IDENTIFIERS,
    MAX_PEOPLE, Outcome, Path, PersonRecord, Reading, RecordMapping, Unusable, table,
};
use crate::{identity::Kind, time::Timestamp, webhook::Verified};

pub(super) fn read(verified: &Verified<'_>, mapping: &FieldMapping) -> Result<Outcome, Unusable> {
    let body: Value = crate::json::read(verified.body()).ok_or(Unusable::NotJson)?;
    let (_, name) = event(mapping, &body).ok_or(Unusable::NoEventType)?;
    let mut reading = Reading::new(name, occurred_at(mapping, &body).map(|(_, at)| at));
    if too_many(mapping, &body) {
        return Err(Unusable::TooMany);
    }
    for mapped in &mapping.classes {
        if mapped.path.find(&body).any(table::is_present) {
            reading.classes.insert(mapped.class);
        }
    }
    for record in &mapping.records {
        for (part, person) in people(record, &body) {
            let identifiers = Kind::ALL.into_iter().flat_map(|kind| identifiers(record, kind, person).1).collect();
            let mut found = PersonRecord::new(part, reading.happened_at, identifiers);
            found.authoritative = record.authoritative && !verified.proof().is_weak();
            if found.identifiers.is_empty() {
                continue;
            }
            reading.classes.extend(found.classes());
            let of_record = mapping.consents.iter().filter(|consent| is_of(mapping, consent, record));
            reading.consents.extend(of_record.filter_map(|consent| statement(consent, person, &found)));
            reading.records.push(found);
        }
    }
    match reading.records.iter().map(|record| record.identifiers.len()).sum() {
        0 => return Err(Unusable::NoIdentifier),
        1..=MAX_IDENTIFIERS => {}
        _ => return Err(Unusable::TooMany),
    }
    if !reading.consents.is_empty() {
        reading.classes.insert(Class::Preference);
    }
    Ok(reading.into_outcome())
}

/// The event's name, with the path that it is at: the first at which a name stands.
pub(super) fn event<'m>(mapping: &'m FieldMapping, body: &Value) -> Option<(&'m Path, String)> {
    mapping.event.iter().find_map(|path| {
        let name = path.find(body).find_map(|value| table::event_name(value.as_str()?))?;
        Some((path, name))
    })
}

/// When it happened, with the path that says so: the first at which a time stands.
pub(super) fn occurred_at<'m>(mapping: &'m FieldMapping, body: &Value) -> Option<(&'m Path, Timestamp)> {
    mapping.occurred_at.iter().find_map(|path| path.find(body).find_map(time).map(|at| (path, at)))
}

/// RFC 3339, or a number since 1970, of seconds or milliseconds: no time before the year 5138 has as many seconds as
/// one after 1973 has milliseconds.
pub(super) fn time(value: &Value) -> Option<Timestamp> {
    const FIRST_MILLIS: f64 = 1e11;
    let number = match value {
        Value::String(text) => match table::moment(text) {
            Some(at) => return Some(at),
            None => text.parse().ok()?,
        },
        Value::Number(number) => number.as_f64()?,
        _ => return None,
    };
    let millis = if number < FIRST_MILLIS { number * 1000.0 } else { number };
    // Beyond the years that a `Timestamp` takes, and far below what a double holds exactly.
    if !(0.0..1e15).contains(&millis) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "it is between 0 and 1e15, and the fraction is to go")]
    Timestamp::from_millis(millis as i64)
}

/// Whether the lists are longer than is taken, whoever they name.
pub(super) fn too_many(mapping: &FieldMapping, body: &Value) -> bool {
    let roots = mapping.records.iter().filter_map(|record| record.root.as_ref());
    roots.map(|root| root.find(body).take(MAX_PEOPLE + 1).count()).sum::<usize>() > MAX_PEOPLE
}

/// The people of a record, with the part that each one is.
pub(super) fn people<'v>(record: &RecordMapping, body: &'v Value) -> Vec<(String, &'v Value)> {
    let Some(root) = &record.root else { return vec![(record.part.clone(), body)] };
    let name = |(number, person)| (format!("{}.{number}", record.part), person);
    root.find(body).take(MAX_PEOPLE).enumerate().map(name).collect()
}

/// A person's identifiers of a kind, with the path that they are at.
pub(super) fn identifiers<'m>(
    record: &'m RecordMapping,
    kind: Kind,
    person: &Value,
) -> (Option<&'m Path>, Vec<Identifier>) {
    let paths = match kind {
        Kind::Email => &record.email,
        Kind::Phone => &record.phone,
        Kind::CustomerId => &record.customer_id,
    };
    let found = paths.iter().find_map(|path| {
        let all: Vec<_> = path.find(person).filter_map(|value| table::identifier(kind, value)).collect();
        (!all.is_empty()).then_some((path, all))
    });
    found.map_or((None, Vec::new()), |(path, all)| (Some(path), all))
}

/// Whether the consent is of this record.
pub(super) fn is_of(mapping: &FieldMapping, consent: &ConsentMapping, record: &RecordMapping) -> bool {
    let first = mapping.records.first().map(|first| &first.part);
    consent.part.as_ref().or(first) == Some(&record.part)
}

/// What a value says, in the words that applications use. `None` where it says neither.
pub(super) fn decision(consent: &ConsentMapping, person: &Value) -> Option<bool> {
    match consent.granted.find(person).next()? {
        Value::Bool(granted) => Some(*granted),
        Value::String(word) => match word.trim().to_ascii_lowercase().replace(['-', ' '], "_").as_str() {
            "true" | "yes" | "granted" | "accepted" | "subscribed" | "subscribe" | "opt_in" | "opted_in" => Some(true),
            "false" | "no" | "denied" | "refused" | "withdrawn" | "revoked" | "unsubscribed" | "unsubscribe"
            | "opt_out" | "opted_out" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

fn statement(consent: &ConsentMapping, person: &Value, record: &PersonRecord) -> Option<ConsentStatement> {
    let granted = decision(consent, person)?;
    let said = consent.decided_at.as_ref().and_then(|path| path.find(person).find_map(time));
    Some(ConsentStatement {
        about: record.identifiers.clone(),
        channel: consent.channel,
        granted,
        decided_at: said.or(record.observed_at),
        evidence: SortedMap::from([("path", Evidence::Plain(consent.granted.to_string()))]),
    })
}

/// Where names and addresses usually are: at the top, or in `data`.
pub(super) fn standard_classes() -> Vec<ClassMapping> {
    const USUAL: &[(Class, &[&str])] = &[
        (Class::Name, &["name", "first_name", "last_name", "full_name", "username", "company"]),
        (Class::PostalAddress, &["address", "street", "city", "zip", "postal_code", "country", "shipping_address"]),
        (Class::OnlineIdentifier, &["ip", "ip_address", "user_agent", "session_id"]),
        (Class::Transaction, &["order_id", "order", "amount", "total"]),
        (Class::FreeText, &["note", "message", "comment", "description"]),
        (Class::Preference, &["locale", "language", "preferences"]),
        (Class::Credential, &["password", "token", "access_token", "refresh_token", "client_secret", "reset_url"]),
    ];
    let at = |class: Class, field: &str| {
        let paths = [format!("data.{field}"), field.to_owned()];
        paths.map(|path| ClassMapping { class, path: Path::unchecked(path) })
    };
    USUAL.iter().flat_map(|(class, fields)| fields.iter().flat_map(move |field| at(*class, field))).collect()
}
