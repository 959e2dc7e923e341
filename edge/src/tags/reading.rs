//! A document as it is given, held against the rules.

use nod_core::{
    canonical,
    destinations::Hosts,
    notice::Notice,
    site::{Published, Site},
    tags::{Configuration, Problem, configuration::MAX_JSON},
};
use serde_json::Value;

use super::NotDone;
use crate::environment::Environment;

/// The canonical text of a document. A draft need be no more than that.
pub(super) fn text(document: &Value) -> Result<String, NotDone> {
    if !document.is_object() {
        return Err(NotDone::NoObject);
    }
    let text = canonical::bytes(document).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    text.filter(|text| text.len() <= MAX_JSON).ok_or(NotDone::LongDocument)
}

/// What keeps a document from being published for a site.
pub(crate) fn problems(environment: &Environment, document: &str, site: &Site) -> Vec<Problem> {
    let purposes: Vec<&str> = site.notice.purposes.iter().map(|purpose| purpose.id.as_str()).collect();
    // In development destinations are on the developer's own machine.
    let hosts = if environment.is_development() { Hosts::Any } else { Hosts::Public };
    Configuration::read(document, &purposes, hosts).err().unwrap_or_default()
}

/// What `nod.js` says of a published document. Not that it is there, if it cannot be read: then there is nothing to fetch.
pub(crate) fn summary(version: u32, document: &str, notice: &Notice) -> Option<Published> {
    let configuration = Configuration::published(serde_json::from_str(document).ok()?);
    Some(Published { version, consent_mode: configuration.consent_mode.map(|mode| mode.for_page(notice)) })
}
