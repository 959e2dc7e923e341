//! Rights requests: what data subjects ask for, by when it is answered, and what may happen to a request on the way.
//!
//! Everything is a pure function of the request, of what happens and of the time. The table of [`TRANSITIONS`] is the machine; the
//! tables of [`law`] and [`calendar`] are its clocks. `docs/rights.md` prints both.

pub mod answers;
pub mod calendar;
pub mod clock;
mod consequence;
pub mod duplicates;
mod event;
mod kind;
pub mod law;
mod machine;
pub mod package;
pub mod platforms;
mod reason;
mod refusal;
#[cfg(test)]
mod simulation;
mod state;
#[cfg(test)]
mod tests;
mod transitions;
#[cfg(test)]
mod walker;

pub use consequence::{Mail, Work};
pub use event::{Event, EventKind, Other};
pub use kind::{Kind, Origin, Party, Status};
pub use law::{Law, governing};
pub use machine::{Filing, Transition, apply, submit};
pub use reason::{DenialReason, ExtensionReason, HoldReason};
pub use refusal::Refusal;
pub use state::{Extension, Hold, PROOF, REMINDER, State};
pub use transitions::{Condition, Row, TRANSITIONS};
