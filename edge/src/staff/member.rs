//! Members: people of the controller.

use nod_core::{
    id::{ActorId, ControllerId},
    staff::Role,
    time::Timestamp,
};
use serde::Deserialize;
use worker::D1Type;

use super::address;
use crate::{database::Database, environment::Environment, http::Problem};

/// As many as are shown.
const MOST: i32 = 500;
const COLUMNS: &str = "id, email, name, role, created_at, last_seen_at, removed_at";

/// Somebody of the controller.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Member {
    pub(crate) id: ActorId,
    /// Sealed.
    email: String,
    pub(crate) name: String,
    role: String,
    pub(crate) created_at: Timestamp,
    pub(crate) last_seen_at: Option<Timestamp>,
    pub(crate) removed_at: Option<Timestamp>,
}

impl Member {
    /// Where mail to them goes.
    pub(crate) fn email(&self, environment: &Environment, controller: &ControllerId) -> Result<String, Problem> {
        address::open(environment, controller, &self.id, &self.email)
    }

    pub(crate) fn role(&self) -> Option<Role> {
        Role::parse(&self.role)
    }
}

/// Every member, the first first; those that were removed, too.
pub(crate) async fn list(database: &Database, controller: &ControllerId) -> Result<Vec<Member>, Problem> {
    let sql = ["SELECT ", COLUMNS, " FROM staff WHERE controller = ?1 ORDER BY created_at, id LIMIT ?2"].concat();
    database.all(database.statement(&sql, &[D1Type::Text(controller.as_str()), D1Type::Integer(MOST)])?).await
}

/// One member, removed or not.
pub(crate) async fn of_id(
    database: &Database,
    controller: &ControllerId,
    id: &ActorId,
) -> Result<Option<Member>, Problem> {
    let sql = ["SELECT ", COLUMNS, " FROM staff WHERE controller = ?1 AND id = ?2"].concat();
    database.first(database.statement(&sql, &[D1Type::Text(controller.as_str()), D1Type::Text(id.as_str())])?).await
}
