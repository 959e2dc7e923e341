//! Server-side destinations: how each wants its events, when it is left in peace, and what its answers mean.
//!
//! A [`Delivery`] is what a queue carries: some events of one page for one destination. [`Target`] says where they go;
//! [`parcel`] what goes, as a [`Request`] of the destination's own protocol. [`Breaker`] spares a destination that is down,
//! [`outcome`] reads its answer, and [`patience`] says when to try again. Nothing here sends.

mod analytics_engine;
mod breaker;
mod delivery;
mod endpoint;
mod ga4;
mod kind;
mod meta;
pub mod outcome;
mod parcel;
mod patience;
mod request;
mod target;
#[cfg(test)]
mod tests_support;
mod webhook;

pub use analytics_engine::{DataPoint, MOST_POINTS};
pub use breaker::{Breaker, State, Verdict};
pub use delivery::{Delivery, Event, delivery_id};
pub use endpoint::{Endpoint, Hosts, InvalidEndpoint};
pub use ga4::AdConsent;
pub use kind::{Form, Kind};
pub use outcome::{Answer, Outcome};
pub use parcel::{Hashes, Item, Parcel, Person};
pub use patience::Patience;
pub use request::{Plan, Request, Unfit};
pub use target::Target;
pub use webhook::InvalidSecret;
