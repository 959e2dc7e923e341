//! Server-side destinations: each event is brought to those that may have it.
//!
//! What is promised: a delivery is settled once. It is sent again only where it cannot be known that it arrived (Meta and
//! webhooks know it again by its id); it is tried for as long as the queue keeps it; what is given up is counted as lost,
//! with a reason. Order: see [`nod_core::destinations`]. Consent is read again right before each call.

mod attempt;
mod consume;
mod health;
mod ledger;
mod lost;
mod overview;
mod points;
mod route;
mod secrets;

pub(crate) use consume::consume;
pub(crate) use ledger::{KEPT, tidy};
pub(crate) use lost::consume_lost;
pub(crate) use overview::{Count, Overview, counts, overview};
pub(crate) use secrets::{NotSet, set_secret};

use nod_core::destinations::Patience;

use crate::environment::Environment;

/// How long things wait here.
fn patience(environment: &Environment) -> &'static Patience {
    if environment.is_development() { &Patience::SHORT } else { &Patience::USUAL }
}
