//! Stands in for the crate `wasm-streams` 0.5, which Leptos brings along for its server functions.
//!
//! Nod has no server functions, yet the real crate exports JavaScript classes, and what a wasm module exports no linker
//! may drop: 7 KB of the preferences, compressed, that nothing ever calls. This crate offers the same names to
//! `server_fn` and no code. The Worker uses another version of the real crate and is not concerned.

use futures_util::stream::{Pending, Stream, pending};
use wasm_bindgen::{JsValue, throw_str};

/// A stream of a response's body.
pub struct ReadableStream(web_sys::ReadableStream);

impl ReadableStream {
    /// Wraps the browser's stream.
    pub fn from_raw(stream: web_sys::ReadableStream) -> Self {
        Self(stream)
    }

    /// Gives the browser's stream back.
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    /// Never yields anything: only server functions read streams.
    pub fn into_stream(self) -> Pending<Result<JsValue, JsValue>> {
        pending()
    }

    /// Throws: only server functions send streams.
    pub fn from_stream<S: Stream<Item = Result<JsValue, JsValue>> + 'static>(_: S) -> Self {
        throw_str("Nod is built without streams; server functions cannot be used in it.")
    }
}
