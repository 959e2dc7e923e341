//! Events: what a page tells, held until consent allows it, decided again at the edge, counted and handed on.
//!
//! In the page one [`Queue`] keeps everything that has to wait, in one order, and asks about consent again for each
//! destination at the moment of release. With the `records` feature there is the edge's side: what a page sends
//! ([`Batch`]) is read, decided again from the stored record ([`decide`]), handed over as a [`Message`], and counted
//! once however often it arrives ([`claims`], [`rollup`]).

pub mod fit;
mod item;
mod kept;
mod outgoing;
mod people;
mod queue;
mod standing;

pub use item::{Act, Tracked};
pub use people::Part;
pub use queue::{MAX_OUTGOING, MAX_WAITING, Queue, Step};
pub use standing::{Standing, Verdict};

#[cfg(feature = "records")]
mod batch;
#[cfg(feature = "records")]
pub mod claims;
#[cfg(feature = "records")]
mod decide;
#[cfg(feature = "records")]
mod event;
#[cfg(feature = "records")]
mod identity;
#[cfg(feature = "records")]
mod message;
#[cfg(feature = "records")]
mod place;
#[cfg(feature = "records")]
pub mod rollup;
#[cfg(feature = "records")]
pub mod visit;

#[cfg(feature = "records")]
pub use batch::Batch;
#[cfg(feature = "records")]
pub use decide::{Decision, Ground, UNKNOWN_PURPOSE, decide};
#[cfg(feature = "records")]
pub use event::{Event, EventId};
#[cfg(feature = "records")]
pub use identity::Identity;
#[cfg(all(test, feature = "records"))]
pub(crate) use message::tests::message as sample_message;
#[cfg(feature = "records")]
pub use message::{Blocked, Message};
#[cfg(feature = "records")]
pub use place::Place;

/// For how many days an event may be on its way before it is dropped: in the page's storage, and at the edge by what it
/// says of itself. The edge must remember for longer than this what it has counted.
pub const MAX_AGE_DAYS: u32 = 7;

#[cfg(test)]
mod simulation;
