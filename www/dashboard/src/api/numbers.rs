//! Sites, and what is counted of them.

use nod_pages::{dom::object, graphql::Trouble};
use wasm_bindgen::JsValue;

use super::ask::ask;
use crate::read::records;

records! {
    /// A site to choose from.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Site {
        pub(crate) key: String,
        pub(crate) name: String,
        pub(crate) locales: Vec<String>,
    }

    /// Choices of a period: all, all granted, all refused, some of each.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub(crate) struct Counts {
        pub(crate) choices: u32,
        pub(crate) granted: u32,
        pub(crate) refused: u32,
        pub(crate) partial: u32,
    }

    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Day {
        pub(crate) day: String,
        pub(crate) counts: Counts = flat,
    }

    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Share {
        pub(crate) value: Option<String>,
        pub(crate) counts: Counts = flat,
    }

    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Purpose {
        pub(crate) id: String = "purpose",
        pub(crate) granted: u32,
        pub(crate) refused: u32,
    }

    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct ConsentSummary {
        pub(crate) counts: Counts = flat,
        pub(crate) days: Vec<Day>,
        pub(crate) regions: Vec<Share>,
        pub(crate) languages: Vec<Share>,
        pub(crate) purposes: Vec<Purpose>,
        pub(crate) before: Counts,
    }

    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct EventCount {
        pub(crate) name: String,
        pub(crate) accepted: u32,
        pub(crate) blocked: u32,
    }

    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct DestinationSummary {
        pub(crate) id: String,
        pub(crate) delivered: u32,
        pub(crate) withheld: u32,
        pub(crate) lost: u32,
    }

    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct EventSummary {
        pub(crate) accepted: u32,
        pub(crate) blocked: u32,
        pub(crate) dropped: u32,
        pub(crate) visits: u32,
        pub(crate) events: Vec<EventCount>,
        pub(crate) destinations: Vec<DestinationSummary>,
        pub(crate) days: Vec<EventDay>,
        pub(crate) purposes: Vec<EventPurpose>,
        pub(crate) before: EventSums,
    }

    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct EventDay {
        pub(crate) day: String,
        pub(crate) accepted: u32,
        pub(crate) blocked: u32,
    }

    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct EventPurpose {
        pub(crate) purpose: String,
        pub(crate) accepted: u32,
        pub(crate) blocked: u32,
    }

    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(crate) struct EventSums {
        pub(crate) accepted: u32,
        pub(crate) blocked: u32,
        pub(crate) dropped: u32,
        pub(crate) visits: u32,
    }
}

/// The controller's sites.
pub(crate) async fn sites() -> Result<Vec<Site>, Trouble> {
    ask("sites", "{ sites { key name locales } }", JsValue::UNDEFINED).await
}

/// A site, and from when until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Period {
    pub(crate) site: String,
    pub(crate) from: String,
    pub(crate) to: String,
}

impl Period {
    fn variables(&self) -> JsValue {
        object(&[
            ("site", self.site.as_str().into()),
            ("from", self.from.as_str().into()),
            ("to", self.to.as_str().into()),
        ])
    }
}

/// What visitors chose.
pub(crate) async fn consent(period: &Period) -> Result<Option<ConsentSummary>, Trouble> {
    let document =
        "query($site: ID!, $from: DateTime!, $to: DateTime!) { consentSummary(site: $site, from: $from, to: $to) {
        choices granted refused partial days { day choices granted refused partial }
        regions { value choices granted refused partial } languages { value choices granted refused partial }
        purposes { purpose granted refused } before { choices granted refused partial } } }";
    ask("consentSummary", document, period.variables()).await
}

/// What happened, and what was held back.
pub(crate) async fn events(period: &Period) -> Result<Option<EventSummary>, Trouble> {
    let document = "query($site: ID!, $from: DateTime!, $to: DateTime!) { eventSummary(site: $site, from: $from, to: $to) {
        accepted blocked dropped visits events { name accepted blocked } destinations { id delivered withheld lost }
        days { day accepted blocked } purposes { purpose accepted blocked } before { accepted blocked dropped visits } } }";
    ask("eventSummary", document, period.variables()).await
}
