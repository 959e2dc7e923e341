//! Server-side destinations: each event is brought to those that may have it.

use crate::{environment::Environment, queue::Message};

/// Brings what waits in `nod-deliveries` to where it belongs.
pub(crate) async fn consume(_environment: &Environment, _messages: &[Message]) {}

/// Counts what was tried in vain to the end.
pub(crate) async fn consume_lost(_environment: &Environment, _messages: &[Message]) {}
