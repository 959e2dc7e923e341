//! The pages.

mod overview;
mod requests;
mod shared;
mod sign_in;
mod staff;
mod staff_form;

pub(crate) use overview::Overview;
pub(crate) use requests::Requests;
pub(crate) use sign_in::SignIn;
pub(crate) use staff::Staff;
