//! Mail: letters wait in an outbox, written there in the batch of the effect that they tell of, and leave behind the answer
//! or at the next tick of the clock.
//!
//! A letter is sealed under the key of the request that it is about, so it is gone with it; one without a request has a key of its own.
//! The row says what became of it, and outlives the letter.

mod cloudflare;
mod events;
mod http;
mod list;
mod post;
mod provider;
mod run;
mod store;

pub(crate) use events::answer as events;
pub(crate) use list::of_request;
pub(crate) use post::{Effect, Post, enqueue};
pub(crate) use run::{drain, scheduled};
