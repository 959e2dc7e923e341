//! Where applications are asked about their people, for owners.

use nod_core::id::ConnectionId;

use super::{UserError, connection, done, refused};
use crate::{
    connection::get,
    database::Database,
    graphql::fields::{Asked, Work},
    http::Problem,
    rights::{NotSet, set_endpoint},
};

/// `setRightsEndpoint`
pub(in crate::graphql) fn set_rights_endpoint(asked: Asked<'_>) -> Work<'_> {
    Box::pin(async move {
        let (staff, input) = (asked.session.staff()?, asked.input()?);
        let call = asked.session.call();
        let database = Database::of(call)?;
        let Some(id) = ConnectionId::parse(input.must("connection")) else {
            return Ok(refused(NotSet::UnknownConnection));
        };
        Ok(match set_endpoint(&call.environment, &database, staff, &id, input.text("url")).await? {
            Ok(secret) => {
                let set = get(&database, &staff.controller, &id).await?;
                let set = set.ok_or_else(|| Problem::internal("a connection that is gone"))?;
                let set = connection::one(asked, &database, staff, set).await?;
                done(vec![("connection", set), ("secret", secret.into())])
            }
            Err(why) => refused(why),
        })
    })
}

impl From<NotSet> for UserError {
    fn from(why: NotSet) -> Self {
        match why {
            NotSet::UnknownConnection => Self {
                field: "connection",
                code: "UNKNOWN_CONNECTION",
                sentence: "There is no connection with this id, or it is disabled. Look it up under `connections`."
                    .to_owned(),
            },
            NotSet::Address(why) => {
                Self { field: "url", code: "INVALID_URL", sentence: ["The address ", &why.to_string(), "."].concat() }
            }
        }
    }
}
