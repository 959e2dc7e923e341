//! A merge is taken back: staff decide that its sides are different people.

use nod_core::{
    id::{ChangeId, ControllerId, IdentityId, TokenId},
    keys::MasterKeys,
};

use crate::{database::Database, http::Problem};

/// Why a merge is not taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotSplit {
    /// There is no such change.
    Unknown,
    /// The change is a parting.
    NoMerge,
    /// Somebody did so already.
    AlreadyUndone,
    /// So much is known around it that it cannot be reckoned at once.
    TooLarge,
}

/// Takes a merge back. The answer names the subjects that its sides are now, one identity each (for [`super::profile`]).
pub(crate) async fn split(
    database: &Database,
    masters: &MasterKeys,
    controller: &ControllerId,
    merge: &ChangeId,
    reason: &str,
    staff: &TokenId,
) -> Result<Result<Vec<IdentityId>, NotSplit>, Problem> {
    let _ = (database, masters, controller, merge, reason, staff);
    Ok(Err(NotSplit::Unknown))
}
