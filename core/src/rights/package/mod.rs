//! The answer to a request for access or portability: one set of contents, written three ways.
//!
//! [`html`] is one page to read that needs nothing else: no script, no address of another's. [`json`] holds the exact values to
//! reuse; [`csv`] the same as a table, by RFC 4180. What is written was typed by people and sent by platforms, so it may be hostile to
//! whoever opens it: [`inert`] says how markup, formulas, control characters and turns of the reading direction are disarmed.

mod csv;
mod html;
mod inert;
mod json;
mod shape;
mod words;

pub use csv::{csv, line as csv_line};
pub use html::html;
pub use json::json;
pub use shape::{Column, Form, Topic};

use serde_json::Value;

use crate::time::Timestamp;

/// The form of the JSON document.
pub const SCHEMA: &str = "nod/rights-package/1";

/// What goes into a package.
#[derive(Clone, Debug, PartialEq)]
pub struct Contents {
    /// Who answers for the data.
    pub controller: String,
    /// Where to write to.
    pub contact: String,
    /// The request's id.
    pub request: String,
    /// The language to write in; the first that Nod speaks where it does not speak this one.
    pub locale: String,
    /// When it was put together.
    pub made_at: Timestamp,
    /// What Nod holds.
    pub tables: Vec<Table>,
    /// What connected applications answered.
    pub answers: Vec<Answer>,
}

/// Everything about one topic.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What it is about, and so what its columns are.
    pub topic: Topic,
    /// Each with one value for each of the topic's columns, as SQL and JSON have them.
    pub rows: Vec<Vec<Value>>,
    /// Whether there was more than a package holds.
    pub has_more: bool,
}

/// What an application answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The connection's name.
    pub from: String,
    /// What it holds.
    pub document: Value,
}

impl Table {
    /// A row's values with their columns.
    fn cells<'a>(&self, row: &'a [Value]) -> impl Iterator<Item = (Column, &'a Value)> + use<'a> {
        self.topic.columns().iter().copied().zip(row)
    }
}

#[cfg(test)]
mod tests;
