//! Who may use a field. It is said in one table ([`super::table`]) and held there, before a field does anything.

use async_graphql::Result;
use nod_core::staff::{Role, Scope};

use super::session::Session;

/// Who may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// Everybody: what is asked for is public, or is named by something that only its owner knows.
    Anyone,
    /// Whoever may have what it is a field of.
    Inherited,
    /// The data subject, by the session that a link began, or staff of at least this role whose token reaches so far.
    SubjectOr(Role, Scope),
    /// Staff of at least this role whose token reaches so far.
    Staff(Role, Scope),
}

impl Access {
    /// Refuses whoever may not; `what` is the field's name.
    pub(super) fn check(self, session: &Session, what: &'static str) -> Result<()> {
        match self {
            Self::Anyone | Self::Inherited => Ok(()),
            Self::SubjectOr(..) if session.somebody().is_some() => Ok(()),
            Self::SubjectOr(role, scope) | Self::Staff(role, scope) => session.permit(what, role, scope),
        }
    }

    /// What the schema says of it.
    #[cfg(test)]
    pub(super) fn sentence(self) -> Option<String> {
        Some(match self {
            Self::Anyone => "For anyone".to_owned(),
            Self::Inherited => return None,
            Self::SubjectOr(role, _) => format!("For its data subject, and for {}s.", role.name()),
            Self::Staff(role, _) => format!("For {}s.", role.name()),
        })
    }
}
