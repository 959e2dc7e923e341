//! The dashboard: what the controller's people see, run and answer for.
//!
//! The edge serves a page that holds nothing but its frame (`shell.html`, `edge/src/dashboard`). This module fills it: the address says
//! what is shown ([`route`]), and the API says what there is to show, and what a role may.

pub mod action;
#[cfg(feature = "csr")]
mod api;
#[cfg(feature = "csr")]
mod app;
#[cfg(feature = "csr")]
mod doing;
#[cfg(feature = "csr")]
mod format;
pub mod forms;
pub mod happened;
#[cfg(feature = "csr")]
mod held;
pub mod history;
pub mod laws;
#[cfg(feature = "csr")]
mod live;
#[cfg(feature = "csr")]
mod load;
pub mod looks;
pub mod notice;
pub mod number;
#[cfg(feature = "csr")]
mod on;
pub mod platforms;
pub mod plot;
pub mod problem;
pub mod read;
pub mod receipt;
pub mod role;
pub mod route;
#[cfg(feature = "csr")]
mod rows;
pub mod sentence;
#[cfg(feature = "csr")]
mod start;
pub mod tree;
#[cfg(feature = "csr")]
#[expect(unreachable_pub, reason = "the way of the component macro")]
mod views;
pub mod words;

#[cfg(feature = "csr")]
pub use start::start;
