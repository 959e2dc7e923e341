//! What waits in `nod-events`: counted, and handed on.

use worker::console_log;

use crate::{environment::Environment, queue::Message};

/// Counts messages and hands their events on.
pub(crate) async fn consume(environment: &Environment, messages: &[Message]) {
    for message in messages {
        match message.open(environment) {
            Ok((controller, text)) => console_log!("event {} {controller} {text}", message.id()),
            Err(problem) => console_log!("bad {}", problem.name()),
        }
        message.done();
    }
}
