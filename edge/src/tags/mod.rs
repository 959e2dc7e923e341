//! Tag configurations: drafts and versions, and what of a published one the page and the rest of the edge read.
//!
//! D1 keeps every version, and a version is never changed. So a copy of one ([`published`]) is right for as long as it is
//! kept, wherever it is; which version is the published one is a number in the site's row and its copy.

mod document;
mod manage;
mod publication;
mod published;
mod reading;
mod refusal;
mod store;

pub(crate) use document::answer;
pub(crate) use manage::{Manager, Wish};
pub(crate) use published::{Published, current, version};
pub(crate) use reading::{problems, summary};
pub(crate) use refusal::NotDone;
pub(crate) use store::{Draft, State, Version, document, draft, list, one, state};
