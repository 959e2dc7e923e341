//! Who asked for the same before.
//!
//! Only among verified, open requests of one person and kind, and the one that was verified first goes on. What nobody proved
//! takes no part: an unverified request neither blocks a verified one nor becomes a duplicate of it, so whoever
//! files one in another's name learns nothing and delays nothing. That holds for opt-outs, too, which count without a proof:
//! each of them is met, and none is anybody's duplicate unless somebody proved to be who asks.

use super::kind::{Kind, Status};
use crate::{
    id::{IdentityId, RightsRequestId},
    time::Timestamp,
};

/// A request beside the one that is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its id.
    pub id: RightsRequestId,
    /// Whose it is; nobody's, until the address is proven.
    pub contact: Option<IdentityId>,
    /// What it asks for.
    pub kind: Kind,
    /// Where it stands.
    pub status: Status,
    /// When its address was proven.
    pub verified_at: Option<Timestamp>,
}

/// The active request that one of `kind`, proven to be of `contact`, is a duplicate of: the one that was verified first.
pub fn rival<'a>(
    candidates: impl IntoIterator<Item = &'a Candidate>,
    contact: &IdentityId,
    kind: Kind,
) -> Option<&'a Candidate> {
    candidates
        .into_iter()
        .filter(|one| one.kind == kind && one.contact.as_ref() == Some(contact) && one.status.is_active())
        .filter_map(|one| Some(((one.verified_at?, &one.id), one)))
        .min_by(|one, other| one.0.cmp(&other.0))
        .map(|(_, one)| one)
}
