//! What Shopify's customers allow.

use crate::sorted::{SortedMap, SortedSet};

use serde_json::Value;

use super::{Channel, ConsentStatement, Evidence, Identifier, table};
use crate::time::Timestamp;

/// The decisions in a customer's record, in either of the two ways that Shopify has written them. `otherwise` is the
/// time where a decision has none.
pub(super) fn of_customer(
    customer: &Value,
    about: &SortedSet<Identifier>,
    otherwise: Option<Timestamp>,
) -> Vec<ConsentStatement> {
    if about.is_empty() {
        return Vec::new();
    }
    let email = customer.get("email_marketing_consent").filter(|consent| consent.is_object());
    let decisions = [
        (Channel::Email, email.map_or_else(|| older(customer), newer)),
        (Channel::Sms, customer.get("sms_marketing_consent").and_then(newer)),
    ];
    let statement = |(channel, decision): (Channel, Option<Decision>)| {
        let Decision { granted, decided_at, evidence } = decision?;
        let decided_at = decided_at.or(otherwise);
        Some(ConsentStatement { about: about.clone(), channel, granted, decided_at, evidence })
    };
    decisions.into_iter().filter_map(statement).collect()
}

struct Decision {
    granted: bool,
    decided_at: Option<Timestamp>,
    evidence: SortedMap<&'static str, Evidence>,
}

/// The objects. A person who was never asked, has not confirmed yet or has no working address has decided nothing.
fn newer(consent: &Value) -> Option<Decision> {
    let granted = match table::text_at(consent, "state")?.to_ascii_lowercase().as_str() {
        "subscribed" => true,
        "unsubscribed" | "redacted" => false,
        _ => return None,
    };
    Some(Decision {
        granted,
        decided_at: table::moment_at(consent, "consent_updated_at"),
        evidence: evidence(consent, &["state", "opt_in_level", "consent_updated_at", "consent_collected_from"]),
    })
}

/// The fields of older versions. `false` alone is a box that nobody ticked, and takes nothing back; beside the level
/// that consent was given at, it does.
fn older(customer: &Value) -> Option<Decision> {
    let granted = customer.get("accepts_marketing")?.as_bool()?;
    if !granted && table::text_at(customer, "marketing_opt_in_level").is_none() {
        return None;
    }
    let mut evidence = evidence(customer, &["marketing_opt_in_level", "accepts_marketing_updated_at"]);
    evidence.insert("accepts_marketing", Evidence::Plain(granted.to_string()));
    Some(Decision { granted, decided_at: table::moment_at(customer, "accepts_marketing_updated_at"), evidence })
}

fn evidence(within: &Value, names: &[&'static str]) -> SortedMap<&'static str, Evidence> {
    names.iter().filter_map(|name| Some((*name, table::plain(table::text_at(within, name))?))).collect()
}
