//! What waits in `nod-events`: counted, and handed on. A message that cannot be dealt with stays in the queue.

use nod_core::sorted::SortedMap;

use nod_core::{events, id::ControllerId, time::Timestamp};
use worker::console_error;

use super::group;
use crate::{clock, environment::Environment, http::Problem, queue::Message};

/// How long a message that failed waits at least, in seconds, and how long at most: with a hundred attempts as long as the
/// queue keeps it.
const WAIT: (u32, u32) = (2, 4 * 60 * 60);

/// A message with what is in it.
struct Opened<'a> {
    message: &'a Message,
    content: events::Message,
}

/// Counts what came and hands it on, each controller's for itself.
pub(crate) async fn consume(environment: &Environment, messages: &[Message]) {
    let mut groups: SortedMap<ControllerId, Vec<Opened<'_>>> = SortedMap::new();
    for message in messages {
        match open(environment, message) {
            Ok((controller, content)) => groups.entry(controller).or_default().push(Opened { message, content }),
            Err(problem) => put_off(message, &problem),
        }
    }
    for (controller, group) in groups {
        let (messages, contents): (Vec<_>, Vec<_>) = group.into_iter().map(|one| (one.message, one.content)).unzip();
        match group::count_and_hand_on(environment, &controller, &contents).await {
            Ok(()) => messages.iter().for_each(|message| message.done()),
            Err(problem) => messages.iter().for_each(|message| put_off(message, &problem)),
        }
    }
}

fn open(environment: &Environment, message: &Message) -> Result<(ControllerId, events::Message), Problem> {
    let (controller, text) = message.open(environment)?;
    let content: events::Message =
        serde_json::from_str(&text).map_err(|_| Problem::internal("a message with events that cannot be read"))?;
    if content.controller == controller {
        Ok((controller, content))
    } else {
        Err(Problem::internal("a message of two"))
    }
}

/// The longer it has failed, the later it is tried again.
fn put_off(message: &Message, problem: &Problem) {
    console_error!("events: not counted: {}", problem.name());
    message.again(wait(message.sent_at(), clock::now().ok()));
}

/// As long as it has waited already, within bounds.
fn wait(sent_at: Option<Timestamp>, now: Option<Timestamp>) -> u32 {
    let age = now.zip(sent_at).map_or(0, |(now, sent)| now.millis().saturating_sub(sent.millis()));
    let (least, most) = WAIT;
    u32::try_from(age.checked_div(1000).unwrap_or_default().max(0)).unwrap_or(most).clamp(least, most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fails_waits_ever_longer_and_is_not_given_up_while_the_queue_keeps_it() {
        let at = Timestamp::from_millis;
        assert_eq!(wait(at(0), at(0)), 2);
        assert_eq!(wait(at(0), at(60_000)), 60);
        assert_eq!(wait(at(1), at(0)), 2);
        let (mut age, mut attempts) = (0_i64, 0);
        while age < 14 * 86_400 {
            age = age.saturating_add(wait(at(0), at(age.saturating_mul(1000))).into());
            attempts = i32::saturating_add(attempts, 1);
        }
        assert!(attempts < 100, "{attempts}");
    }
}
