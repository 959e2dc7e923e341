//! What came through connections in a period.

use nod_pages::{dom::object, graphql::Trouble};
use wasm_bindgen::JsValue;

use super::{ask::ask, numbers::Period};
use crate::read::records;

records! {
    /// Deliveries by what became of them.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub(crate) struct Counts {
        pub(crate) processed: u32,
        pub(crate) ignored: u32,
        pub(crate) dead_lettered: u32,
        pub(crate) duplicates: u32,
        pub(crate) refused: u32,
    }
}

impl Counts {
    /// What was authentic.
    pub(crate) fn deliveries(self) -> u32 {
        self.processed.saturating_add(self.ignored).saturating_add(self.dead_lettered)
    }

    /// What could not be used or was not authentic.
    pub(crate) fn failed(self) -> u32 {
        self.dead_lettered.saturating_add(self.refused)
    }
}

records! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct OfConnection {
        pub(crate) id: String,
        pub(crate) now: Counts = flat,
        pub(crate) before: Counts,
    }

    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct OfDay {
        pub(crate) day: String,
        pub(crate) processed: u32,
        pub(crate) ignored: u32,
        pub(crate) failed: u32,
    }

    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Delivered {
        pub(crate) now: Counts = flat,
        pub(crate) before: Counts,
        pub(crate) connections: Vec<OfConnection>,
        pub(crate) days: Vec<OfDay>,
    }
}

/// What came through all connections.
pub(crate) async fn summary(period: &Period) -> Result<Delivered, Trouble> {
    const COUNTS: &str = "processed ignored deadLettered duplicates refused";
    let document = [
        "query($from: DateTime!, $to: DateTime!) { deliverySummary(from: $from, to: $to) { ",
        COUNTS,
        " before { ",
        COUNTS,
        " } connections { id ",
        COUNTS,
        " before { ",
        COUNTS,
        " } } days { day processed ignored failed } } }",
    ];
    let variables: JsValue = object(&[("from", period.from.as_str().into()), ("to", period.to.as_str().into())]);
    ask("deliverySummary", &document.concat(), variables).await
}
