//! One person's profile.

use nod_core::{
    id::{ControllerId, IdentityId},
    keys::MasterKeys,
};

use super::Profile;
use crate::{database::Database, http::Problem};

/// The data subject that an identity belongs to; `None` where there is no such identity.
pub(crate) async fn profile(
    database: &Database,
    masters: &MasterKeys,
    controller: &ControllerId,
    id: &IdentityId,
) -> Result<Option<Profile>, Problem> {
    let _ = (database, masters, controller, id);
    Ok(None)
}
