//! The sites of a group of messages, as they are now.

use nod_core::sorted::SortedMap;
use std::rc::Rc;

use crate::{environment::Environment, http::Problem, site, tags};
use nod_core::{
    events::Message,
    id::{ControllerId, PurposeId, SiteKey},
    tags::Configuration,
};

/// The sites, by their keys. One that is gone has nothing published.
#[derive(Default)]
pub(super) struct Sites(SortedMap<SiteKey, Known>);

#[derive(Default)]
struct Known {
    published: Option<Rc<tags::Published>>,
    purposes: Vec<PurposeId>,
}

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
    pub(super) fn published(&self, site: &SiteKey) -> Option<(&Configuration, &[PurposeId])> {
        let known = self.0.get(site)?;
        Some((&known.published.as_ref()?.configuration, &known.purposes))
    }

    /// The properties of an event that the site chose to see.
    pub(super) fn breakdowns(&self, site: &SiteKey, event: &str) -> &[String] {
        let chosen = || self.0.get(site)?.published.as_ref()?.configuration.breakdowns.get(event);
        chosen().map(Vec::as_slice).unwrap_or_default()
    }
}

async fn read(environment: &Environment, controller: &ControllerId, key: &SiteKey) -> Result<Known, Problem> {
    let Some(site) = site::of_controller(environment, controller, key).await? else { return Ok(Known::default()) };
    let published = match &site.tags {
        Some(published) => tags::version(environment, controller, key, published.version).await?,
        None => None,
    };
    let purposes = site.notice.purposes.into_iter().map(|purpose| purpose.id).collect();
    Ok(Known { published, purposes })
}
