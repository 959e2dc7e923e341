//! People of the controller: what they may do, the tokens that they act with, and who stands behind them.

pub mod access;
mod grant;
mod role;
mod scope;
mod token;

pub use grant::{Grant, Ungranted, Wish};
pub use role::Role;
pub use scope::{Scope, Scopes};
pub use token::StaffToken;
