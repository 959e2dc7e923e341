//! The vocabulary and every rule of Nod.
//!
//! Nothing here does I/O, reads a clock, draws randomness or owns a key: time, random bytes, keys and the visitor's
//! place come in as arguments, so each rule has a native test that runs in milliseconds. The edge, the tag and xtask
//! share these rules; none of them restates one.
//!
//! Without the `records` feature only what a browser needs is left: [`events`], [`identity`], [`look`], [`permissions`], [`region`],
//! [`regime`], [`storage`] and [`tags`], each without its documents.

#![allow(
    clippy::single_char_add_str,
    clippy::single_char_pattern,
    reason = "in a page's wasm a character weighs more than a text"
)]

pub mod events;
pub mod identity;
pub mod look;
pub mod permissions;
pub mod regime;
pub mod region;
pub mod sorted;
pub mod storage;
pub mod tags;
mod text;

#[cfg(feature = "records")]
pub mod canonical;
#[cfg(feature = "records")]
pub mod consent;
#[cfg(feature = "records")]
pub mod destinations;
#[cfg(feature = "records")]
pub mod gpc;
#[cfg(feature = "records")]
pub mod id;
#[cfg(feature = "records")]
pub mod intake;
#[cfg(feature = "records")]
pub mod journal;
#[cfg(feature = "records")]
pub mod json;
#[cfg(feature = "records")]
pub mod keys;
#[cfg(feature = "records")]
pub mod link;
#[cfg(feature = "records")]
pub mod locale;
#[cfg(feature = "records")]
pub mod mail;
#[cfg(feature = "records")]
pub mod notice;
#[cfg(feature = "records")]
pub mod receipt;
#[cfg(feature = "records")]
pub mod rights;
#[cfg(feature = "records")]
pub mod script;
#[cfg(feature = "records")]
pub mod seal;
#[cfg(feature = "records")]
pub mod site;
#[cfg(feature = "records")]
pub mod staff;
#[cfg(feature = "records")]
pub mod template;
#[cfg(feature = "records")]
pub mod time;
#[cfg(feature = "records")]
pub mod visit;
#[cfg(feature = "records")]
pub mod webhook;
