//! Rights requests.

use nod_pages::{
    dom::object,
    graphql::{Trouble, text},
};
use wasm_bindgen::JsValue;

use super::{Listed, ask::ask};
use crate::read::records;

records! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Law {
        pub(crate) name: String,
    }

    /// A rights request, as the list shows it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Request {
        pub(crate) id: String,
        pub(crate) number: String,
        pub(crate) kind: String,
        pub(crate) status: String,
        pub(crate) received_at: String,
        pub(crate) due_at: String,
        pub(crate) days_left: Option<i32>,
        pub(crate) law: Law,
        pub(crate) site: Option<String>,
    }
}

/// Which requests, and in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    /// A status, `OPEN` for all that are to be met, or `OVERDUE`.
    pub(crate) status: String,
    pub(crate) kind: String,
    /// `ME`, or `NOBODY`.
    pub(crate) assigned: String,
    /// A number, an address, a telephone number or a customer id.
    pub(crate) search: String,
    /// What must be met first comes first.
    pub(crate) is_due_first: bool,
}

records! {
    /// What there is to do.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Summary {
        pub(crate) open: u32,
        pub(crate) due_soon: u32,
        pub(crate) overdue: u32,
        pub(crate) on_hold: u32,
        pub(crate) unassigned: u32,
    }
}

/// Counts of what there is to do.
pub(crate) async fn summary() -> Result<Summary, Trouble> {
    ask("rightsSummary", "{ rightsSummary { open dueSoon overdue onHold unassigned } }", JsValue::UNDEFINED).await
}

/// A page of requests.
pub(crate) async fn list(filter: &Filter, first: u32, after: &str) -> Result<Listed<Request>, Trouble> {
    let document = "query($filter: RightsRequestFilter, $order: RightsRequestOrder, $first: Int, $after: String) {
        rightsRequests(filter: $filter, order: $order, first: $first, after: $after) {
            nodes { id number kind status receivedAt dueAt daysLeft site law { name } } pageInfo { hasNextPage endCursor } } }";
    let status = filter.status.as_str();
    let order = if filter.is_due_first { "DUE" } else { "NEWEST" };
    let members = [
        ("open", (status == "OPEN").into()),
        ("overdue", (status == "OVERDUE").into()),
        ("status", text(if matches!(status, "OPEN" | "OVERDUE") { "" } else { status })),
        ("kind", text(&filter.kind)),
        ("assigned", text(if filter.assigned == "ME" { "me" } else { "" })),
        ("unassigned", (filter.assigned == "NOBODY").into()),
        ("search", text(&filter.search)),
    ];
    let variables = object(&[
        ("filter", object(&members)),
        ("order", order.into()),
        ("first", first.into()),
        ("after", text(after)),
    ]);
    ask("rightsRequests", document, variables).await
}
