//! Identity: who is who, reckoned from what is stored.
//!
//! Data subjects are no rows (docs/decisions/0008): they are what [`nod_core::identity::matching`] makes of the facts
//! around an identity, and are named by the oldest of their identities.

mod changes;
mod find;
mod keyrings;
mod neighbourhood;
mod numbering;
mod person;
mod profile;
mod reckon;
mod rekey;
mod remnants;
mod split;
mod unicode;

pub(crate) use find::{Found, find_by_identifier};
pub(crate) use numbering::numbering_plan;
pub(crate) use person::{Consent, Identity, Platform, Profile, Request, SubjectChange, Visitor, WithheldFact};
pub(crate) use profile::{kin, profile};
pub(crate) use reckon::{Reckoned, Work, reckon};
pub(crate) use rekey::rekey;
pub(crate) use remnants::{CHANGES, Remnant, SPLITS};
pub(crate) use split::{NotSplit, split};
pub(crate) use unicode::unicode;
