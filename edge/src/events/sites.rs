//! The sites of a group of messages, as they are now.

use std::{collections::BTreeMap, rc::Rc};

use nod_core::{
    events::Message,
    id::{ControllerId, PurposeId, SiteKey},
};
use serde_json::Value;

use crate::{environment::Environment, http::Problem, site, tags};

/// The sites, by their keys. One that is gone has nothing published.
#[derive(Default)]
pub(super) struct Sites(BTreeMap<SiteKey, Known>);

#[derive(Default)]
struct Known {
    published: Option<Rc<tags::Published>>,
    purposes: Vec<PurposeId>,
    breakdowns: BTreeMap<String, Vec<String>>,
}

/// No property of any event.
static NOTHING: BTreeMap<String, Vec<String>> = BTreeMap::new();

impl Sites {
    pub(super) async fn of(
        environment: &Environment,
        controller: &ControllerId,
        messages: &[Message],
    ) -> Result<Self, Problem> {
        let mut sites = Self::default();
        for key in messages.iter().map(|message| &message.site) {
            if !sites.0.contains_key(key) {
                sites.0.insert(key.clone(), read(environment, controller, key).await?);
            }
        }
        Ok(sites)
    }

    /// What is published, and the purposes of the notice, in its order.
    pub(super) fn published(&self, site: &SiteKey) -> Option<(&Value, &[PurposeId])> {
        let known = self.0.get(site)?;
        Some((&known.published.as_ref()?.configuration, &known.purposes))
    }

    /// The properties that the site chose to see, by the events' names.
    pub(super) fn breakdowns(&self, site: &SiteKey) -> &BTreeMap<String, Vec<String>> {
        self.0.get(site).map_or(&NOTHING, |known| &known.breakdowns)
    }
}

async fn read(environment: &Environment, controller: &ControllerId, key: &SiteKey) -> Result<Known, Problem> {
    let Some(site) = site::of_controller(environment, controller, key).await? else { return Ok(Known::default()) };
    let published = match &site.tags {
        Some(published) => tags::version(environment, controller, key, published.version).await?,
        None => None,
    };
    let chosen = published.as_ref().and_then(|published| published.configuration.get("breakdowns")?.as_object());
    let texts =
        |list: &Value| list.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
    let breakdowns = chosen.into_iter().flatten().map(|(name, list)| (name.clone(), texts(list))).collect();
    let purposes = site.notice.purposes.into_iter().map(|purpose| purpose.id).collect();
    Ok(Known { published, purposes, breakdowns })
}
