//! The screens, one a file, and what several of them share.

mod act;
mod choices;
mod conversation;
mod deadline;
mod enter;
mod form;
mod form_field;
mod form_kinds;
mod overview;
mod receipt;
mod request;
mod requests;
mod sent;
mod shared;
mod sign_in;
mod timeline;
mod turnstile;
mod verify;

pub(crate) use choices::Choices;
pub(crate) use enter::Enter;
pub(crate) use form::Form;
pub(crate) use overview::Overview;
pub(crate) use request::OneRequest;
pub(crate) use requests::Requests;
pub(crate) use sent::Sent;
pub(crate) use shared::Reach;
pub(crate) use sign_in::SignIn;
pub(crate) use verify::Verify;
