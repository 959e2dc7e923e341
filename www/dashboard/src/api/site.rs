//! Sites and their settings, and what holds everywhere.

use nod_core::look::{self, Colour, Corners, Position, Theme};
use nod_pages::{dom::object, graphql::Trouble};
use wasm_bindgen::JsValue;

use super::ask::ask;
use crate::{read::records, tree::Tree};

records! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Purpose {
        pub(crate) id: String,
        pub(crate) name: String,
        pub(crate) essential: bool,
        pub(crate) sale_or_sharing: bool,
        pub(crate) legal_basis: String,
        pub(crate) retention_days: u32,
        pub(crate) vendors: Vec<String>,
    }

    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Settings {
        pub(crate) key: String,
        pub(crate) name: String,
        pub(crate) origins: Vec<String>,
        pub(crate) snippet: String,
        pub(crate) notice_version: u32,
        pub(crate) notice_fingerprint: String,
        pub(crate) published_at: String,
        pub(crate) locales: Vec<String>,
        pub(crate) privacy_policy: String,
        pub(crate) purposes: Vec<Purpose>,
        pub(crate) look: Option<Look>,
    }

    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Look {
        accent: Option<String>,
        theme: String,
        corners: String,
        position: String,
    }
}

impl Look {
    /// As the rules have it. What a later server may have beyond them is as Nod has it.
    pub(crate) fn read(&self) -> look::Look {
        let [theme, corners, position] =
            [&self.theme, &self.corners, &self.position].map(|name| name.to_ascii_lowercase());
        look::Look {
            accent: self.accent.as_deref().and_then(Colour::parse),
            theme: Theme::parse(&theme).unwrap_or_default(),
            corners: Corners::parse(&corners).unwrap_or_default(),
            position: Position::parse(&position).unwrap_or_default(),
        }
    }
}

records! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Controller {
        pub(crate) name: String,
        pub(crate) contact: Option<String>,
        pub(crate) region: Option<String>,
    }

    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Regime {
        pub(crate) law: String,
        pub(crate) model: String,
        pub(crate) honours_gpc: bool,
        pub(crate) remember_days: u32,
        pub(crate) source: String,
        pub(crate) regions: Vec<String>,
    }

    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Retention {
        pub(crate) what: String,
        pub(crate) days: Option<u32>,
    }
}

/// Every site with its settings.
pub(crate) async fn settings() -> Result<Vec<Settings>, Trouble> {
    let document =
        "{ sites { key name origins snippet noticeVersion noticeFingerprint publishedAt locales privacyPolicy
        purposes { id name essential saleOrSharing legalBasis retentionDays vendors }
        look { accent theme corners position } } }";
    ask("sites", document, JsValue::UNDEFINED).await
}

/// The purposes of a site, to choose from.
pub(crate) async fn purposes(site: &str) -> Result<Tree, Trouble> {
    let document = "query($key: ID!) { siteSettings(key: $key) { purposes { id name } } }";
    let found: Tree = ask("siteSettings", document, object(&[("key", site.into())])).await?;
    Ok(found.at("purposes").clone())
}

pub(crate) async fn controller() -> Result<Controller, Trouble> {
    ask("controller", "{ controller { name contact region } }", JsValue::UNDEFINED).await
}

pub(crate) async fn regimes() -> Result<Vec<Regime>, Trouble> {
    ask("regimes", "{ regimes { law model honoursGpc rememberDays source regions } }", JsValue::UNDEFINED).await
}

pub(crate) async fn retention() -> Result<Vec<Retention>, Trouble> {
    ask("retention", "{ retention { what days } }", JsValue::UNDEFINED).await
}
