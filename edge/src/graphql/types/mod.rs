//! What the API shows.

mod connection;
mod delivery;
mod journal;
mod mapping;
mod rights;
mod subject;

pub(super) use connection::{Wanted, WebhookConnection, known};
pub(super) use delivery::{Delivery, DeliveryFilter};
pub(super) use journal::{JournalConnection, JournalEdge, JournalEntry, JournalFilter};
pub(super) use mapping::{FieldMapping, FieldMappingTrial};
pub(super) use rights::{RightsRequest, RightsRequestFilter};
pub(super) use subject::{DataSubject, connections, subject};

use async_graphql::SimpleObject;

use super::{names::Role, session::Session};

/// Whoever the token stands for.
#[derive(SimpleObject)]
pub(super) struct Me {
    /// Whose data they act on.
    controller: Controller,
    /// What they may do.
    role: Role,
    /// The id of the token, which the journal names.
    token: async_graphql::ID,
}

/// An organisation that answers for data.
#[derive(SimpleObject)]
struct Controller {
    /// Its id.
    id: async_graphql::ID,
    /// Its name.
    name: String,
}

impl Me {
    pub(super) fn of(session: &Session) -> Option<Self> {
        let staff = session.visitor()?;
        Some(Self {
            controller: Controller { id: (&staff.controller).into(), name: staff.controller_name.clone() },
            role: staff.role.into(),
            token: (&staff.token).into(),
        })
    }
}

/// Something in the input that keeps it from being done. Nothing was changed.
#[derive(SimpleObject)]
pub(super) struct UserError {
    /// The part of the input that it is about, as a path.
    field: Option<Vec<String>>,
    /// What is wrong, and what to do.
    message: String,
    /// The same for programs.
    code: String,
}

impl UserError {
    /// About a field of the input.
    pub(super) fn new(field: &str, code: &str, message: impl Into<String>) -> Self {
        Self { field: Some(vec!["input".to_owned(), field.to_owned()]), message: message.into(), code: code.to_owned() }
    }
}

impl From<crate::connection::NotDone> for UserError {
    fn from(why: crate::connection::NotDone) -> Self {
        Self::new(why.field(), why.code(), why.to_string())
    }
}
