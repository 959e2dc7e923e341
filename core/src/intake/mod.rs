//! Intake: from a verified delivery to what is kept of it.
//!
//! A delivery goes one way: its bytes are authenticated ([`crate::webhook`]), read with one table per source
//! ([`Reading`]), and turned into what is stored, which holds pseudonyms and no value. A reading lives as long as the
//! call; it shows itself nowhere, and nothing that a person wrote leaves this module in the clear.
//!
//! The tables say which paths of a payload hold which class of personal data. Credentials that payloads carry (links with
//! keys, client secrets) are named in them too, so that nobody reads one by accident.

mod class;
mod commit;
mod outcome;
mod reading;
mod settle;
mod standing;

pub use class::Class;
pub use commit::{Commit, ConsentRow, DeliveryRow, IdentityRow, ObservationRow, RequestRow, Status};
pub use outcome::{FieldMapping, Ignored, Known, Outcome, Unusable};
pub use reading::{
    Channel, ConsentStatement, Evidence, Identifier, PersonRecord, Reading, Relation, RightsRequest, Written,
};
pub use settle::{Random, Setting, settle};
pub use standing::{ConsentFact, standing};
