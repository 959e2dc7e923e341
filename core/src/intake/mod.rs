//! Intake: from a verified delivery to what is kept of it.
//!
//! A delivery goes one way: its bytes are authenticated ([`crate::webhook`]), read with one table per source
//! ([`read`], [`Reading`]), and turned into what is stored, which holds pseudonyms and no value. A reading lives as long as
//! the call; it shows itself nowhere, and nothing that a person wrote leaves this module in the clear.
//!
//! The tables say which paths of a payload hold which class of personal data. Credentials that payloads carry (links with
//! keys, client secrets) are named in them too, so that nobody reads one by accident.

mod class;
mod commit;
mod custom;
mod form;
mod made_up;
mod mailchimp;
mod mandrill;
pub mod mapping;
mod outcome;
pub mod path;
mod people;
mod reading;
mod settle;
mod shopify;
mod shopify_consent;
mod shopify_tables;
#[cfg(test)]
mod simulation;
mod standing;
mod stripe;
mod stripe_tables;
mod table;
mod trial;

pub use class::Class;
pub use commit::{Commit, ConsentRow, DeliveryRow, IdentityRow, ObservationRow, RequestRow, Status};
pub use made_up::MadeUp;
pub use mapping::{ClassMapping, ConsentMapping, FieldMapping, InvalidMapping, RecordMapping};
pub use outcome::{Ignored, Outcome, Unusable};
pub use path::{InvalidPath, Path};
pub use reading::{
    Channel, ConsentStatement, Evidence, Identifier, PersonRecord, Reading, Relation, RightsRequest, Written,
};
pub use settle::{Random, Setting, settle};
pub use standing::{ConsentFact, standing};
pub use trial::{Found, Problem, Trial, TrialConsent, TrialRecord};

use crate::{
    id::ConnectionId,
    webhook::{Delivery, Source, Verified, shopify::ShopDomain},
};

/// What is known of the connection when its delivery is read.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The connection.
    pub connection: &'a ConnectionId,
    /// Its shop, once it has met one.
    pub shop: Option<&'a ShopDomain>,
    /// A custom application's mapping; [`FieldMapping::standard`] without one.
    pub mapping: Option<&'a FieldMapping>,
}

/// The most people, or events, that one delivery may hold.
pub const MAX_PEOPLE: usize = 1000;

/// The most identifiers that one delivery may hold.
pub const MAX_IDENTIFIERS: usize = 4000;

/// Reads a delivery.
pub fn read(delivery: &Delivery<'_>, verified: &Verified<'_>, known: &Known<'_>) -> Result<Outcome, Unusable> {
    match verified.source() {
        Source::Shopify => shopify::read(delivery, verified, known),
        Source::Stripe => stripe::read(verified),
        Source::Mailchimp => mailchimp::read(verified),
        Source::Mandrill => mandrill::read(verified),
        Source::Custom => custom::read(verified, known.mapping.unwrap_or(&FieldMapping::standard())),
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_support;
