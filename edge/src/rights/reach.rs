//! Whom a request is about: every identity of the data subject whose address was proven, or whom a platform named.

use nod_core::{
    id::{ControllerId, IdentityId, RightsRequestId},
    keys::MasterKeys,
    sorted::SortedSet,
};
use serde::Deserialize;
use worker::D1Type;

use crate::{
    database::{self, Database},
    http::Problem,
    identity,
};

/// As many people as a request names. A platform's names one, by several identities.
const MOST_NAMED: i32 = 50;

/// Who a request is about.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reach {
    /// By what the person is known; none where Nod knows nobody.
    pub(crate) identities: SortedSet<IdentityId>,
    /// There is more around one of them than can be reckoned: the person is taken to be that identity alone.
    pub(crate) is_partial: bool,
}

impl Reach {
    /// Reckons who it is.
    pub(crate) async fn of(
        database: &Database,
        masters: &MasterKeys,
        controller: &ControllerId,
        request: &RightsRequestId,
    ) -> Result<Self, Problem> {
        let mut reach = Self::default();
        for named in named(database, controller, request).await? {
            if reach.identities.contains(&named) {
                continue;
            }
            let (kin, is_partial) = identity::kin(database, masters, controller, &named).await?;
            reach.identities.extend(kin);
            reach.is_partial |= is_partial;
        }
        Ok(reach)
    }

    /// As an argument of a statement.
    pub(super) fn list(&self) -> Result<String, Problem> {
        database::json(&self.identities)
    }
}

/// The identities that the request itself names.
async fn named(
    database: &Database,
    controller: &ControllerId,
    request: &RightsRequestId,
) -> Result<Vec<IdentityId>, Problem> {
    #[derive(Deserialize)]
    struct Row {
        id: IdentityId,
    }
    let statement = database.statement(
        "SELECT contact AS id FROM rights_requests WHERE controller = ?1 AND id = ?2 AND contact IS NOT NULL
         UNION SELECT identity FROM rights_request_identities WHERE controller = ?1 AND request = ?2 LIMIT ?3",
        &[D1Type::Text(controller.as_str()), D1Type::Text(request.as_str()), D1Type::Integer(MOST_NAMED)],
    )?;
    Ok(database.all::<Row>(statement).await?.into_iter().map(|row| row.id).collect())
}
