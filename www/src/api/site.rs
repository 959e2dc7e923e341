//! What a site offers its visitors.

use super::{Trouble, ask, text};
use crate::page::object;
use serde::Deserialize;

/// A site.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Site {
    pub(crate) name: String,
    pub(crate) rights: Rights,
}

/// What a person may ask for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Rights {
    pub(crate) kinds: Vec<String>,
    pub(crate) law: Law,
    pub(crate) regions: Vec<Region>,
}

/// A place with a law of its own.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Region {
    /// ISO 3166: `DE`, `US-CA`.
    pub(crate) region: String,
}

/// The law that governs a request.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Law {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) respond_within: String,
    pub(crate) source: String,
}

const SITE: &str = "query($key: ID!, $region: String) { site(key: $key, region: $region) {
    name rights { kinds law { id name respondWithin source } regions { region } } } }";

/// The site of this key, as a visitor meets it who lives there.
pub(crate) async fn site(key: &str, region: &str) -> Result<Site, Trouble> {
    ask("site", SITE, object(&[("key", key.into()), ("region", text(region))])).await
}
