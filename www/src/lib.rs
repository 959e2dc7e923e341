//! The transparency centre: who uses what for what on a site, what a visitor has chosen there, and the way of a rights request
//! from its form to its answer.
//!
//! The edge serves a page that holds nothing but its frame (`shell.html`, `edge/src/privacy`). This module fills it: the
//! address's fragment says what is shown ([`route`]), the API says what there is to show, and every sentence comes
//! from `locales/`, one file a language.

#[cfg(feature = "csr")]
mod api;
#[cfg(feature = "csr")]
mod centre;
#[cfg(feature = "csr")]
mod format;
pub mod kind;
#[cfg(feature = "csr")]
mod load;
#[cfg(feature = "csr")]
mod page;
pub mod period;
pub mod route;
#[cfg(feature = "csr")]
mod start;
pub mod states;
#[cfg(feature = "csr")]
mod texts;
#[cfg(feature = "csr")]
#[expect(unreachable_pub, clippy::needless_pass_by_value, reason = "the way of the component macro")]
mod views;

#[cfg(feature = "csr")]
pub use start::start;
