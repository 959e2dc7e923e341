//! A document as it is given, held against the rules.

use nod_core::{
    canonical,
    notice::Notice,
    site::{Published, Site},
    tags::{Configuration, Problem},
};
use serde_json::Value;

use super::NotDone;
use crate::environment::Environment;

/// The largest document, in bytes of canonical JSON.
pub(super) const SIZE: usize = 128 * 1024;

/// The canonical text of a document. A draft need be no more than that.
pub(super) fn text(document: &Value) -> Result<String, NotDone> {
    if !document.is_object() {
        return Err(NotDone::NoObject);
    }
    let text = canonical::bytes(document).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    text.filter(|text| text.len() <= SIZE).ok_or(NotDone::LongDocument)
}

/// What keeps a document from being published for a site.
pub(crate) fn problems(environment: &Environment, document: Value, site: &Site) -> Vec<Problem> {
    Configuration::read(document, &site.notice, environment.hosts()).err().unwrap_or_default()
}

/// What `nod.js` says of a published document. Nothing of one that cannot be read: then there is nothing to fetch.
pub(crate) fn summary(version: u32, document: &str, notice: &Notice) -> Option<Published> {
    let configuration = Configuration::published(serde_json::from_str(document).ok()?);
    Some(Published { version, consent_mode: configuration.consent_mode.map(|mode| mode.for_page(notice)) })
}
