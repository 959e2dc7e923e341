//! The consent UI, in two halves that never meet in one build.
//!
//! [`banner::Banner`] is rendered to HTML when the project is built (feature `ssr`), so that the page can show it before
//! any wasm is there. The preferences (feature `csr`) run in the browser and are loaded when someone opens them.

pub mod banner;
#[cfg(feature = "csr")]
mod desk;
#[cfg(feature = "csr")]
mod json;
#[cfg(feature = "csr")]
mod page;
#[cfg(feature = "csr")]
#[expect(unreachable_pub, clippy::needless_pass_by_value, reason = "the way of the component macro")]
mod preferences;
#[cfg(feature = "csr")]
mod widget;

#[cfg(feature = "csr")]
pub use widget::open;
