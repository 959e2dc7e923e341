//! What owners change: a site's name, origins and look, and what is said of the controller. Each change and its journal entry are one
//! batch; a site's copy in KV is made anew after it.

use nod_core::{
    id::SiteKey,
    journal::{Action, Actor, Entry},
    look::Look,
    region::Region,
    site::{MAX_ORIGINS, is_origin},
};
use serde_json::{Value, json};
use worker::D1Type;

use super::{NotDone, renew};
use crate::{
    clock,
    database::{self, Database, optional_text},
    environment::Environment,
    http::Problem,
    journal::append,
    staff::Staff,
};

/// The longest name or contact, in characters.
pub(super) const LONGEST: usize = 200;

/// What is changed of a site; what is not given stays.
#[derive(Clone, Copy)]
pub(crate) struct SiteChange<'a> {
    pub(crate) name: Option<&'a str>,
    pub(crate) origins: Option<&'a [String]>,
    /// The whole look. One without members brings the product's own back.
    pub(crate) look: Option<Look>,
}

/// Who does it, where.
pub(crate) struct Manager<'a> {
    pub(crate) environment: &'a Environment,
    pub(crate) database: &'a Database,
    pub(crate) staff: &'a Staff,
}

impl Manager<'_> {
    /// Changes what is given of a site.
    pub(crate) async fn update_site(
        &self,
        key: &SiteKey,
        SiteChange { name, origins, look }: SiteChange<'_>,
    ) -> Result<Result<(), NotDone>, Problem> {
        let checked = name.map(|name| line("name", name)).transpose();
        let name = match checked.and_then(|name| origins.map_or(Ok(()), fit).map(|()| name)) {
            Ok(name) => name,
            Err(why) => return Ok(Err(why)),
        };
        let written = origins.map(|origins| database::json(&origins)).transpose()?;
        let look = look.map(Look::document);
        let detail = json!({"name": name, "origins": origins, "look": look, "by": self.staff.actor});
        let look = look.map(|document| document.to_string());
        let entry = self.entry(Action::SiteUpdated, key.to_string(), detail)?;
        let is_there = "EXISTS (SELECT 1 FROM sites WHERE controller = ?1 AND key = ?2)";
        let update = self.database.statement(
            "UPDATE sites SET name = COALESCE(?3, name), origins = COALESCE(?4, origins),
                              look = NULLIF(COALESCE(?5, look), '{}')
             WHERE controller = ?1 AND key = ?2 RETURNING key",
            &[
                D1Type::Text(self.staff.controller.as_str()),
                D1Type::Text(key.as_str()),
                optional_text(name),
                optional_text(written.as_deref()),
                optional_text(look.as_deref()),
            ],
        )?;
        let batch = vec![append(self.database, &entry, is_there)?, update];
        if self.database.batch::<Value>(batch).await?.is_none() {
            return Ok(Err(NotDone::UnknownSite));
        }
        renew(self.environment, key).await?;
        Ok(Ok(()))
    }

    /// Changes what is given of the controller. Its notices say it from their next publication on.
    pub(crate) async fn update_controller(
        &self,
        name: Option<&str>,
        contact: Option<&str>,
        region: Option<&str>,
    ) -> Result<Result<(), NotDone>, Problem> {
        let read = || {
            let name = name.map(|name| line("name", name)).transpose()?;
            let contact = contact.map(|contact| line("contact", contact)).transpose()?;
            Ok((name, contact, region.map(country).transpose()?))
        };
        let (name, contact, region) = match read() {
            Ok(read) => read,
            Err(why) => return Ok(Err(why)),
        };
        let controller = self.staff.controller.as_str();
        let detail = json!({"name": name, "contact": contact, "region": region, "by": self.staff.actor});
        let entry = self.entry(Action::ControllerUpdated, controller.to_owned(), detail)?;
        let update = self.database.statement(
            "UPDATE controllers SET name = COALESCE(?2, name), contact = COALESCE(?3, contact),
                                    region = COALESCE(?4, region) WHERE id = ?1 RETURNING id",
            &[D1Type::Text(controller), optional_text(name), optional_text(contact), optional_text(region.as_deref())],
        )?;
        self.database.batch::<Value>(vec![append(self.database, &entry, "TRUE")?, update]).await?;
        Ok(Ok(()))
    }

    pub(super) fn entry(&self, action: Action, object: String, detail: Value) -> Result<Entry, Problem> {
        let controller = self.staff.controller.clone();
        Ok(Entry { controller, at: clock::now()?, actor: Actor::Staff, action, object, detail })
    }
}

/// A line that people read.
fn line<'a>(field: &'static str, text: &'a str) -> Result<&'a str, NotDone> {
    let text = text.trim();
    let is_fit = !text.is_empty() && text.chars().count() <= LONGEST && !text.contains(char::is_control);
    if is_fit { Ok(text) } else { Err(NotDone::Unnamed(field)) }
}

fn fit(origins: &[String]) -> Result<(), NotDone> {
    if origins.is_empty() || origins.len() > MAX_ORIGINS {
        return Err(NotDone::NoOrigins);
    }
    match origins.iter().find(|origin| !is_origin(origin)) {
        Some(wrong) => Err(NotDone::BadOrigin(wrong.chars().take(100).collect())),
        None => Ok(()),
    }
}

fn country(text: &str) -> Result<String, NotDone> {
    let region = Region::parse(text).filter(|region| region.subdivision().is_none());
    region.map(|region| region.country().to_owned()).ok_or(NotDone::BadRegion)
}
