//! Who asks, and what they may do.
//!
//! A field that shows or does anything has its controller of [`Session::staff`] or [`Session::subject`]. The few that are for anyone
//! have it of the site or the link that they name. Whether somebody may is no question of the field's: see [`super::access`].

use std::{cell::RefCell, rc::Rc};

use async_graphql::{Context, Error, ErrorExtensions as _, Result};
use nod_core::{
    id::ControllerId,
    staff::{Role, Scope},
};
use worker::send::SendWrapper;

use crate::{
    http::{Call, Problem},
    rights::Subject,
    staff::{self, Staff, Why},
};

/// The code of an error: the field is for staff, and nobody has said who they are.
pub(super) const UNAUTHENTICATED: &str = "UNAUTHENTICATED";
/// The code of an error: the role is too low, or the token does not reach so far.
const FORBIDDEN: &str = "FORBIDDEN";

/// One request's context.
pub(super) struct Session {
    call: SendWrapper<Rc<Call>>,
    staff: Option<Staff>,
    subject: Option<Subject>,
    cookie: Cookie,
    refused: Refused,
}

/// What was refused in this request: it outlives the session, and is noted behind the answer.
pub(super) type Refused = SendWrapper<Rc<RefCell<Vec<(&'static str, Why)>>>>;

/// What the answer is to set, if anything: it outlives the session of the request.
pub(super) type Cookie = SendWrapper<Rc<RefCell<Option<String>>>>;

impl Session {
    pub(super) fn new(
        call: Call,
        staff: Option<Staff>,
        subject: Option<Subject>,
        cookie: Cookie,
        refused: Refused,
    ) -> Self {
        Self { call: SendWrapper::new(Rc::new(call)), staff, subject, cookie, refused }
    }

    /// The session of a field.
    pub(super) fn of<'a>(context: &Context<'a>) -> Result<&'a Self> {
        context.data::<Self>()
    }

    pub(super) fn call(&self) -> &Call {
        &self.call
    }

    /// Whoever asks, if that is known.
    pub(super) fn visitor(&self) -> Option<&Staff> {
        self.staff.as_ref()
    }

    /// The data subject who asks, if that is known, and staff do not.
    pub(super) fn somebody(&self) -> Option<&Subject> {
        self.subject.as_ref().filter(|_| self.staff.is_none())
    }

    /// A data subject, by the session that a link began.
    pub(super) fn subject(&self) -> Result<&Subject> {
        self.somebody().ok_or_else(|| {
            coded("This is for data subjects. Ask for a link with `requestSignInLink`, and sign in.", UNAUTHENTICATED)
        })
    }

    /// Has the answer set a cookie.
    pub(super) fn set_cookie(&self, cookie: String) {
        self.cookie.replace(Some(cookie));
    }

    /// Refuses whoever is not staff of at least this role, or brings a token that does not reach there. `what` is the field's name.
    pub(super) fn permit(&self, what: &'static str, least: Role, scope: Scope) -> Result<()> {
        let staff = self.staff()?;
        if staff.role >= least {
            return if staff.scopes.reach(scope) {
                Ok(())
            } else {
                self.note_refusal(what, Why::Scope);
                Err(coded(staff::out_of_reach(scope, &staff.scopes), FORBIDDEN))
            };
        }
        self.note_refusal(what, Why::Role);
        let sentence = format!(
            "This needs the role {}, and the token has the role {}. Ask an owner.",
            least.name(),
            staff.role.name()
        );
        Err(coded(sentence, FORBIDDEN))
    }

    fn note_refusal(&self, what: &'static str, why: Why) {
        let mut refused = self.refused.borrow_mut();
        if !refused.contains(&(what, why)) {
            refused.push((what, why));
        }
    }

    /// The staff who ask. That their role allows it was seen to before.
    pub(super) fn staff(&self) -> Result<&Staff> {
        self.staff.as_ref().ok_or_else(|| {
            let sentence = "This is for staff. Send the header `Authorization: Bearer` with a staff token.";
            coded(sentence, UNAUTHENTICATED)
        })
    }

    /// The controller of the staff who ask.
    pub(super) fn controller(&self) -> Result<&ControllerId> {
        Ok(&self.staff()?.controller)
    }
}

/// An error of a field, with its code.
pub(super) fn coded(sentence: impl Into<String>, code: &str) -> Error {
    Error::new(sentence).extend_with(|_, extensions| extensions.set("code", code))
}

/// A problem as an error of a field.
impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        coded(problem.detail(), &problem.code())
    }
}
