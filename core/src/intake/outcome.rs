//! Placeholder until the readers' own types are here.
use super::Reading;
use crate::{id::ConnectionId, webhook::shopify::ShopDomain};

/// Field mapping.
#[derive(Clone, Debug)]
pub struct FieldMapping;
/// What is known of the connection.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// It.
    pub connection: &'a ConnectionId,
    /// Its shop.
    pub shop: Option<&'a ShopDomain>,
    /// Its mapping.
    pub mapping: Option<&'a FieldMapping>,
}
/// What came of reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Useful.
    Useful(Reading),
    /// Ignored.
    Ignored {
        /// Event.
        event: String,
        /// Why.
        why: Ignored,
    },
}
/// Why it is ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ignored {
    /// Nothing.
    NoPersonalData,
}
impl Ignored {
    /// Name.
    pub const fn name(self) -> &'static str {
        "no_personal_data"
    }
}
/// Why it cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// No JSON.
    NotJson,
}
impl Unusable {
    /// Name.
    pub const fn name(self) -> &'static str {
        "not_json"
    }
}
