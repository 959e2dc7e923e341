//! What the work behind a request must know of it.

use nod_core::{
    id::{ConnectionId, ControllerId, RightsRequestId, SiteKey},
    rights::{Kind, Status},
    time::Timestamp,
};
use serde::Deserialize;
use worker::D1Type;

use crate::{database::Database, http::Problem};

/// A request, read.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Facts {
    kind: String,
    status: String,
    pub(super) law: String,
    pub(super) site: Option<SiteKey>,
    pub(super) locale: String,
    /// The platform that asked in the person's name.
    pub(super) connection: Option<ConnectionId>,
    pub(super) sealed: Option<String>,
    pub(super) received_at: Timestamp,
    pub(super) due_at: Timestamp,
    legal_hold: u8,
    pub(super) controller_name: String,
    pub(super) controller_contact: Option<String>,
}

impl Facts {
    /// Nothing where there is no such request.
    pub(super) async fn of(
        database: &Database,
        controller: &ControllerId,
        request: &RightsRequestId,
    ) -> Result<Option<Self>, Problem> {
        let statement = database.statement(
            "SELECT kind, status, law, site, locale, connection, sealed, received_at, due_at, legal_hold,
                    controllers.name AS controller_name, controllers.contact AS controller_contact
             FROM rights_requests JOIN controllers ON controllers.id = rights_requests.controller
             WHERE rights_requests.controller = ?1 AND rights_requests.id = ?2",
            &[D1Type::Text(controller.as_str()), D1Type::Text(request.as_str())],
        )?;
        database.first(statement).await
    }

    pub(super) fn kind(&self) -> Kind {
        Kind::parse(&self.kind).unwrap_or(Kind::Other)
    }

    /// Whether it is verified and open.
    pub(super) fn is_active(&self) -> bool {
        Status::parse(&self.status).is_some_and(Status::is_active)
    }

    pub(super) const fn is_held_by_law(&self) -> bool {
        self.legal_hold != 0
    }
}
