//! A destination as a published tag configuration has it: what it may have, what it wants, and under which names.

use crate::sorted::SortedSet;
use std::borrow::Cow;

use serde_json::{Map, Value, json};

use super::{AdConsent, Delivery, Form, Hashed, Hosts, Item, Kind, Target, delivery_id};
use crate::{
    events::{Event, Identity, Message, Place},
    id::PurposeId,
    identity::Kind as IdentityKind,
    regime,
    tags::{Scope, condition, pattern, value},
};

/// A destination.
#[derive(Clone, Debug)]
pub struct Destination {
    /// Its name within the site.
    pub id: String,
    /// Its kind.
    pub kind: Kind,
    /// Where it is. The error is what is wrong with its settings: the end of a sentence.
    pub target: Result<Target, String>,
    /// Every one of them must be granted.
    pub purposes: Vec<PurposeId>,
    /// Purposes that Google may use the visitor's data for, and choose advertisements by.
    ads: [Vec<PurposeId>; 2],
    /// The rest: `events`, `if`, `unless`, `mapping`.
    document: Value,
}

impl Destination {
    /// The destinations of a tag configuration. What is no destination at all is passed over: nothing like it is published.
    pub fn all(configuration: &Value, hosts: Hosts) -> Vec<Self> {
        let listed = configuration.get("destinations").and_then(Value::as_array);
        listed.into_iter().flatten().filter_map(|one| Self::read(configuration, one, hosts)).collect()
    }

    fn read(configuration: &Value, document: &Value, hosts: Hosts) -> Option<Self> {
        let kind = document.get("kind").and_then(Value::as_str).and_then(Kind::parse)?;
        let empty = Map::new();
        let settings = document.get("settings").and_then(Value::as_object).unwrap_or(&empty);
        let types = configuration.get("google_consent_mode").and_then(|mode| mode.get("types"));
        let ads = ["ad_user_data", "ad_personalization"].map(|name| match types.and_then(|types| types.get(name)) {
            None => PurposeId::parse("marketing").into_iter().collect(),
            Some(listed) => purposes(listed),
        });
        Some(Self {
            id: document.get("id")?.as_str()?.to_owned(),
            kind,
            target: Target::read(kind, settings, hosts),
            purposes: purposes(document.get("purposes")?),
            ads,
            document: document.clone(),
        })
    }

    /// May it have something where these purposes are granted? One that names no purpose may have nothing.
    pub fn is_permitted(&self, granted: &SortedSet<PurposeId>) -> bool {
        !self.purposes.is_empty() && self.purposes.iter().all(|purpose| granted.contains(purpose))
    }

    /// Whether a page's calls must bring the browser's name of itself for it.
    pub fn wants_user_agent(&self) -> bool {
        self.target.as_ref().is_ok_and(Target::wants_user_agent)
    }

    /// What Google may do where these purposes are granted. A type without a purpose is denied.
    pub fn ad_consent(&self, granted: &SortedSet<PurposeId>) -> AdConsent {
        let [user_data, personalization] = self
            .ads
            .each_ref()
            .map(|purposes| !purposes.is_empty() && purposes.iter().all(|purpose| granted.contains(purpose)));
        AdConsent { user_data, personalization }
    }

    /// What a message brings to it, if anything: those of the `events` that it wants and may have, in as few parts as it
    /// takes. `purposes` are the notice's.
    pub fn deliveries(
        &self,
        message: &Message,
        events: &[Event],
        identity: Option<&Identity>,
        purposes: &[PurposeId],
    ) -> Vec<Delivery> {
        if !self.is_permitted(&message.permitted) {
            return Vec::new();
        }
        let surroundings =
            Surroundings { page: &message.page, regime: &message.regime, granted: &message.permitted, purposes };
        let wanted = |event: &&Event| message.permitted.contains(&event.purpose) && self.wants(event, &surroundings);
        let events: Vec<Event> = events.iter().filter(wanted).cloned().collect();
        let identity = identity.and_then(|identity| self.hashed(identity, &message.permitted));
        let part = |(part, events): (u32, &[Event])| Delivery {
            id: delivery_id(&message.id, &self.id, part),
            controller: message.controller.clone(),
            site: message.site.clone(),
            destination: self.id.clone(),
            received_at: message.received_at.millis(),
            part,
            visitor: message.visitor.clone(),
            visit: message.visit.clone(),
            regime: message.regime.clone(),
            permitted: message.permitted.clone(),
            page: message.page.clone(),
            identity: identity.clone(),
            user_agent: message.user_agent.clone().filter(|_| self.wants_user_agent()),
            events: events.to_vec(),
        };
        (0..).zip(events.chunks(self.kind.most_events())).map(part).collect()
    }

    fn wants(&self, event: &Event, surroundings: &Surroundings<'_>) -> bool {
        let patterns = self.document.get("events").and_then(Value::as_array);
        let mut patterns = patterns.into_iter().flatten().filter_map(Value::as_str);
        patterns.any(|pattern| pattern::matches(pattern, &event.name)) && {
            let context = Cow::Owned(surroundings.context(event));
            condition::permits(&Cow::Borrowed(&self.document), &Scope::of(&context))
        }
    }

    fn hashed(&self, identity: &Identity, granted: &SortedSet<PurposeId>) -> Option<Hashed> {
        if !granted.contains(&identity.purpose) {
            return None;
        }
        let of = |kind| {
            identity
                .hashes()
                .iter()
                .find(|hash| hash.kind() == kind)
                .map(|hash| crate::id::Fingerprint::from_digest(hash.expose()).as_str().to_owned())
        };
        let (email, phone, customer_id) = match self.target.as_ref().ok()?.form()? {
            Form::Own => (of(IdentityKind::Email), of(IdentityKind::Phone), of(IdentityKind::CustomerId)),
            form => {
                let (email, phone) = if form == Form::Google { identity.for_google() } else { identity.for_meta() };
                (email.map(str::to_owned), phone.map(str::to_owned), None)
            }
        };
        Some(Hashed { purpose: identity.purpose.clone(), email, phone, customer_id })
    }

    /// The delivery's events as the destination gets them, and how many it may not have any more: those whose own purpose, or
    /// one of the destination's, is no longer `granted`.
    pub fn items(
        &self,
        delivery: &Delivery,
        granted: &SortedSet<PurposeId>,
        purposes: &[PurposeId],
    ) -> (Vec<Item>, usize) {
        let is_permitted = self.is_permitted(granted);
        let surroundings = Surroundings { page: &delivery.page, regime: &delivery.regime, granted, purposes };
        let may = |event: &Event| {
            is_permitted && granted.contains(&event.purpose) && delivery.permitted.contains(&event.purpose)
        };
        let items: Vec<Item> = delivery
            .events
            .iter()
            .enumerate()
            .filter(|(_, event)| may(event))
            .map(|(place, event)| Item {
                id: event
                    .id
                    .as_ref()
                    .map_or_else(|| [delivery.id.as_str(), ".", &place.to_string()].concat(), ToString::to_string),
                name: self.name(&event.name).to_owned(),
                at: event.at,
                purpose: event.purpose.to_string(),
                props: self.props(event, &surroundings),
            })
            .collect();
        let withheld = delivery.events.len() - items.len();
        (items, withheld)
    }

    fn mapping(&self, part: &str) -> Option<&Value> {
        self.document.get("mapping").and_then(|mapping| mapping.get(part))
    }

    fn name<'a>(&'a self, name: &'a str) -> &'a str {
        self.mapping("names").and_then(|names| names.get(name)).and_then(Value::as_str).unwrap_or(name)
    }

    /// With a mapping of properties what it lists and nothing else; without one all of them as they are.
    fn props(&self, event: &Event, surroundings: &Surroundings<'_>) -> Map<String, Value> {
        let Some(mapping) = self.mapping("props") else { return event.props.clone() };
        let context = Cow::Owned(surroundings.context(event));
        let mut written = String::new();
        value::write(&Cow::Borrowed(mapping), &Scope::of(&context), &mut written);
        serde_json::from_str(&written).unwrap_or_default()
    }
}

/// What conditions and values at the edge can see beside the event.
struct Surroundings<'a> {
    page: &'a Place,
    regime: &'a str,
    granted: &'a SortedSet<PurposeId>,
    purposes: &'a [PurposeId],
}

impl Surroundings<'_> {
    fn context(&self, event: &Event) -> Value {
        let consent: Map<String, Value> =
            self.purposes.iter().map(|id| (id.to_string(), self.granted.contains(id).into())).collect();
        let regime = regime::REGIMES.iter().find(|regime| regime.id == self.regime).unwrap_or(&regime::DEFAULT);
        json!({
            "page": self.page,
            "event": {"name": event.name, "purpose": event.purpose, "props": event.props},
            "consent": consent,
            "regime": self.regime,
            "model": regime.model.name(),
        })
    }
}

/// None at all where one of them is none that a notice can have: then nothing is permitted.
fn purposes(listed: &Value) -> Vec<PurposeId> {
    let read = |purpose: &Value| PurposeId::parse(purpose.as_str()?);
    listed.as_array().and_then(|listed| listed.iter().map(read).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
