//! The pages.

mod connections;
mod consent;
mod journal;
mod overview;
mod people;
mod requests;
mod shared;
mod sign_in;
mod site;
mod staff;
mod staff_form;
mod staff_tokens;
mod staff_tokens_form;
mod tags;

pub(crate) use connections::Connections;
pub(crate) use consent::Consent;
pub(crate) use journal::Journal;
pub(crate) use overview::Overview;
pub(crate) use people::People;
pub(crate) use requests::Requests;
pub(crate) use shared::Asked;
pub(crate) use sign_in::SignIn;
pub(crate) use site::Site;
pub(crate) use staff::Staff;
pub(crate) use tags::Tags;
