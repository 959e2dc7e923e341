//! Who visitors are, where a page said so and the visitor allowed it: links between a visitor and identities.
//!
//! Identities are stored as everywhere, in pseudonyms only. A link is no observation: that two identities belong to one
//! visitor makes them not one person, because anybody can type an address, and people share browsers.

use nod_core::{
    events::Message,
    id::{ControllerId, IdentityId, SiteKey, VisitorId},
    identity::{Kind, pseudonym::Pseudonym},
    journal::{Action, Actor, Entry},
    keys::MasterKeys,
    time::Timestamp,
};
use serde::Serialize;
use serde_json::json;

use crate::{http::Problem, keys};

/// One identity of one visitor.
#[derive(Serialize)]
pub(super) struct Person {
    site: SiteKey,
    visitor: VisitorId,
    /// The id that the identity gets if none of the candidates is stored.
    id: IdentityId,
    kind: Kind,
    /// Every pseudonym that it may be stored under, the newest first.
    candidates: Vec<Pseudonym>,
    key_version: u16,
    form: u8,
    /// In milliseconds.
    at: i64,
}

/// The numbers of those who are linked already.
pub(super) const LINKED: &str = "
  SELECT json_group_array(DISTINCT json_array(item.key)) AS rows FROM json_each(?2) AS item
  CROSS JOIN json_each(item.value, '$.candidates') AS candidate
  CROSS JOIN identities ON identities.controller = ?1 AND identities.pseudonym = candidate.value
  CROSS JOIN visitor_identities AS link ON link.controller = ?1 AND link.site = item.value ->> 'site'
    AND link.visitor = item.value ->> 'visitor' AND link.identity = identities.id";

/// New identities. One that is there under any of its candidates keeps its row, and its older key until it is re-keyed.
pub(super) const IDENTITIES: &str = "
  INSERT INTO identities (controller, id, kind, pseudonym, key_version, form, created_at)
  SELECT ?1, item.value ->> 'id', item.value ->> 'kind', item.value ->> '$.candidates[0]',
         item.value ->> 'key_version', item.value ->> 'form', item.value ->> 'at'
  FROM json_each(?3) AS item
  WHERE NOT EXISTS (SELECT 1 FROM json_each(item.value, '$.candidates') AS candidate CROSS JOIN identities
                    ON identities.controller = ?1 AND identities.pseudonym = candidate.value) AND ";

pub(super) const LINKS: &str = "
  INSERT INTO visitor_identities (controller, site, visitor, identity, first_seen_at)
  SELECT ?1, item.value ->> 'site', item.value ->> 'visitor', identities.id, item.value ->> 'at'
  FROM json_each(?3) AS item
  CROSS JOIN json_each(item.value, '$.candidates') AS candidate
  CROSS JOIN identities ON identities.controller = ?1 AND identities.pseudonym = candidate.value
  WHERE ";

/// Everybody whom the messages name. Without a visitor there is nobody to link.
pub(super) fn named(
    masters: &MasterKeys,
    controller: &ControllerId,
    messages: &[Message],
) -> Result<Vec<Person>, Problem> {
    let mut people = Vec::new();
    for message in messages {
        let (Some(visitor), Some(identity)) = (&message.visitor, &message.identity) else { continue };
        for hash in identity.hashes() {
            let keyring = masters.keyring(controller, hash.kind()).map_err(Problem::no_master_key)?;
            people.push(Person {
                site: message.site.clone(),
                visitor: visitor.clone(),
                id: IdentityId::from_random(keys::random()?),
                kind: hash.kind(),
                candidates: keyring.candidates(&hash),
                key_version: keyring.version().number(),
                form: hash.form(),
                at: message.received_at.millis(),
            });
        }
    }
    Ok(people)
}

/// What the journal says of those who are linked now.
pub(super) fn entries(controller: &ControllerId, people: &[Person], now: Timestamp) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for person in people {
        let (object, detail) = (person.visitor.to_string(), json!({"site": person.site, "kind": person.kind}));
        if entries.iter().any(|entry| entry.object == object && entry.detail == detail) {
            continue;
        }
        let (controller, action) = (controller.clone(), Action::VisitorIdentified);
        entries.push(Entry { controller, at: now, actor: Actor::Visitor, action, object, detail });
    }
    entries
}
