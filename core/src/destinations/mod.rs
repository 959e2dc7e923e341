//! Server-side destinations: how each wants its events, when it is left in peace, and what its answers mean.
//!
//! A [`Destination`] makes of a message a [`Delivery`], which is what a queue carries: the events of one page that it wants
//! and may have. Later it makes of that, if consent still holds, a [`Parcel`], and the parcel a [`Plan`]: requests of the
//! destination's own protocol. [`Breaker`] spares a destination that is down, [`outcome`] reads its answer, and [`Patience`]
//! says when to try again. Nothing here sends.
//!
//! What is promised of order: events of one delivery arrive in theirs, and deliveries in the order in which the edge took them,
//! one after another: when one has to wait, those behind it wait too. That ends after ten minutes: what is older waits for
//! nobody and holds up nobody. And a queue may hand out a later delivery before an earlier one, or both at the same time. So
//! every event says when it happened.

mod analytics_engine;
mod breaker;
mod delivery;
mod destination;
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
pub use delivery::{Delivery, Hashed, delivery_id};
pub use destination::Destination;
pub use endpoint::{Endpoint, Hosts, InvalidEndpoint};
pub use ga4::AdConsent;
pub use kind::{Form, Kind};
pub use outcome::{Answer, Outcome};
pub use parcel::{Hashes, Item, Parcel, Person};
pub use patience::Patience;
pub use request::{Plan, Request, Unfit};
pub use target::Target;
pub use webhook::InvalidSecret;
