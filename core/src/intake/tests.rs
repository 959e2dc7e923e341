//! Readings of the platforms' own samples, and of what nobody should send.

mod custom;
mod hidden;
mod hostile;
mod mailchimp;
mod mandrill;
mod shopify;
mod stripe;
mod tables;

use super::{ConsentStatement, Evidence, PersonRecord, Reading, Relation};

/// A record in one line: `order@2022-01-01T00:05:00.000Z: email jon@doe.ca, phone +16135550199`.
fn line(record: &PersonRecord) -> String {
    let named: Vec<_> =
        record.identifiers.iter().map(|found| format!("{} {}", found.kind.name(), found.value.expose())).collect();
    let at = record.observed_at.map_or("?".to_owned(), crate::time::Timestamp::rfc3339);
    let hint = if record.authoritative { "" } else { " (hint)" };
    let succession = if record.relation == Relation::Succession { " (succession)" } else { "" };
    format!("{}@{at}{hint}{succession}: {}", record.part, named.join(", "))
}

fn lines(reading: &Reading) -> Vec<String> {
    reading.records.iter().map(line).collect()
}

/// A statement in one line: `email granted@…: list_id=a6b5da1054`.
fn consent(statement: &ConsentStatement) -> String {
    let written = |evidence: &Evidence| match evidence {
        Evidence::Plain(text) => text.clone(),
        Evidence::Personal(value) => format!("({})", value.expose()),
    };
    let evidence: Vec<_> =
        statement.evidence.iter().map(|(name, evidence)| format!("{name}={}", written(evidence))).collect();
    let at = statement.decided_at.map_or("?".to_owned(), crate::time::Timestamp::rfc3339);
    let granted = if statement.granted { "granted" } else { "withdrawn" };
    format!("{} {granted}@{at}: {}", statement.channel.name(), evidence.join(" "))
}

fn consents(reading: &Reading) -> Vec<String> {
    reading.consents.iter().map(consent).collect()
}

fn classes(reading: &Reading) -> String {
    reading.classes.iter().map(|class| class.name()).collect::<Vec<_>>().join(" ")
}
