//! The journal.

use nod_pages::{
    dom::object,
    graphql::{Trouble, text},
};

use super::{Listed, ask::ask, json::Document};
use crate::read::records;

records! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Entry {
        pub(crate) seq: u32,
        pub(crate) at: String,
        pub(crate) actor: String,
        pub(crate) action: String,
        pub(crate) object: String,
        pub(crate) detail: Document,
        who: Who,
        pub(crate) leaf: String,
    }

    /// Which member of staff, where it was one.
    #[derive(Clone, Debug, PartialEq, Eq)]
    struct Who {
        by: Option<String>,
    }
}

impl Entry {
    /// The id of the member or the token that did it.
    pub(crate) fn by(&self) -> Option<&str> {
        self.who.by.as_deref()
    }
}

/// Which entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    pub(crate) action: String,
    /// The id of a member, `me`, or a kind of actor.
    pub(crate) actor: String,
    pub(crate) object: String,
    pub(crate) from: String,
    pub(crate) to: String,
}

/// A page of it, the newest first.
pub(crate) async fn list(filter: &Filter, first: u32, after: &str) -> Result<Listed<Entry>, Trouble> {
    let document = "query($filter: JournalFilter, $first: Int, $after: String) {
        journal(filter: $filter, first: $first, after: $after) {
            nodes { seq at actor action object detail who: detail leaf } pageInfo { hasNextPage endCursor } } }";
    let filter = object(&[
        ("action", text(&filter.action)),
        ("actor", text(&filter.actor)),
        ("object", text(&filter.object)),
        ("from", text(&filter.from)),
        ("to", text(&filter.to)),
    ]);
    ask("journal", document, object(&[("filter", filter), ("first", first.into()), ("after", text(after))])).await
}
