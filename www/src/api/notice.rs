//! The site's notice, in the page's language.

use super::Trouble;
use crate::page::locale;
use nod_pages::graphql;
use serde::Deserialize;

/// What visitors are told.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Notice {
    pub(crate) version: u32,
    pub(crate) fingerprint: String,
    pub(crate) model: String,
    pub(crate) purposes: Vec<Purpose>,
}

/// What data is used for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Purpose {
    pub(crate) id: String,
    pub(crate) essential: bool,
    #[serde(default)]
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) description: String,
    #[serde(default)]
    pub(crate) legal_basis: String,
    #[serde(default)]
    pub(crate) retention: String,
    pub(crate) vendors: Vec<Vendor>,
}

/// Who acts under it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Vendor {
    pub(crate) name: String,
    pub(crate) privacy_policy: Option<String>,
    #[serde(default)]
    pub(crate) storage: Vec<String>,
}

impl Notice {
    /// The name of a purpose; a purpose of an earlier notice is shown by its id.
    pub(crate) fn name_of<'a>(&'a self, purpose: &'a str) -> &'a str {
        self.purposes.iter().find(|known| known.id == purpose).map_or(purpose, |known| &known.name)
    }
}

/// The notice as the preferences show it.
pub(crate) async fn notice(site: &str, region: &str) -> Result<Notice, Trouble> {
    let played = if region.is_empty() { String::new() } else { ["&region=", region].concat() };
    let address = ["/", site, "/notice.json?lang=", &locale(), &played].concat();
    Ok(graphql::get(&address).await?)
}
