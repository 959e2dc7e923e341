//! Queues. What waits in one is sealed: a message tells of one visitor, and may carry the hash of an address that a
//! destination is to get. Only whose it is can be read from outside.

use nod_core::{id::ControllerId, seal::Context, time::Timestamp};
use worker::{
    BatchMessageBuilder, MessageBatch, MessageExt as _, QueueContentType, QueueRetryOptionsBuilder, RawMessage,
    RawMessageBuilder, console_error, wasm_bindgen::JsValue,
};

use crate::{environment::Environment, http::Problem, keys};

/// How many messages one call may bring.
const MOST: usize = 100;
/// How many bytes one call may bring: the platform's 256 KB, less what it adds to each message.
const MOST_BYTES: usize = 240_000;

/// Where messages are sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Queue {
    /// Events that were taken and are yet to be counted.
    Events,
    /// What each destination is to get.
    Deliveries,
}

/// Sends texts of one controller, each as a message of its own. Where it fails, some of them may have been sent.
pub(crate) async fn send(
    environment: &Environment,
    queue: Queue,
    controller: &ControllerId,
    texts: &[String],
) -> Result<(), Problem> {
    let binding = match queue {
        Queue::Events => environment.events(),
        Queue::Deliveries => environment.deliveries(),
    }?;
    let sealed = texts.iter().map(|text| seal(environment, controller, text)).collect::<Result<Vec<_>, _>>()?;
    for call in calls(&sealed) {
        let message = |body: &String| {
            RawMessageBuilder::new(JsValue::from_str(body)).build_with_content_type(QueueContentType::Text)
        };
        let call = call.iter().map(message).fold(BatchMessageBuilder::new(), BatchMessageBuilder::message);
        binding.send_raw_batch(call.build()).await.map_err(|error| {
            console_error!("queue: {error}");
            Problem::queue_unavailable()
        })?;
    }
    Ok(())
}

/// The messages in as few calls as the platform takes them.
fn calls(mut messages: &[String]) -> impl Iterator<Item = &[String]> {
    std::iter::from_fn(move || {
        let mut bytes = 0_usize;
        let fits = |message: &&String| {
            bytes = bytes.saturating_add(message.len());
            bytes <= MOST_BYTES
        };
        let count = messages.iter().take(MOST).take_while(fits).count().max(1);
        let (call, rest) = messages.split_at_checked(count)?;
        messages = rest;
        Some(call)
    })
}

/// A message that came out of a queue. One that is neither done nor put off is taken for done when the batch is.
pub(crate) struct Message(RawMessage);

impl Message {
    /// The messages of a batch, in their order.
    pub(crate) fn all<T>(batch: &MessageBatch<T>) -> Vec<Self> {
        batch.raw_iter().map(Self).collect()
    }

    /// When it was sent.
    pub(crate) fn sent_at(&self) -> Option<Timestamp> {
        i64::try_from(self.0.timestamp().as_millis()).ok().and_then(Timestamp::from_millis)
    }

    /// Whose it is, and the text that was sent.
    pub(crate) fn open(&self, environment: &Environment) -> Result<(ControllerId, String), Problem> {
        let body = self.0.body().as_string().unwrap_or_default();
        let (controller, sealed) = body.split_once(' ').unwrap_or_default();
        let controller = ControllerId::parse(controller).ok_or_else(|| Problem::internal("a message of nobody"))?;
        let text = keys::open_text(environment, &place(&controller), sealed)?;
        Ok((controller, text))
    }

    /// Takes it out of the queue.
    pub(crate) fn done(&self) {
        self.0.ack();
    }

    /// Has it delivered again after so many seconds, twelve hours at most.
    pub(crate) fn again(&self, seconds: u32) {
        self.0.retry_with_options(&QueueRetryOptionsBuilder::new().with_delay_seconds(seconds.min(43_200)).build());
    }
}

/// Whose it is stands in the clear, so that a message can be told from another without a key.
fn seal(environment: &Environment, controller: &ControllerId, text: &str) -> Result<String, Problem> {
    let sealed = keys::seal(environment, &place(controller), text.as_bytes())?;
    Ok([controller.as_str(), " ", &sealed].concat())
}

/// Every queue is the same place: what cannot be delivered from one ends in another.
fn place(controller: &ControllerId) -> Context {
    Context::new("queue", controller, "", "message")
}

#[cfg(test)]
mod tests {
    use super::{MOST, MOST_BYTES, calls};

    fn lengths(messages: &[String]) -> Vec<usize> {
        calls(messages).map(<[String]>::len).collect()
    }

    #[test]
    fn a_call_brings_no_more_than_the_platform_takes() {
        assert!(lengths(&[]).is_empty());
        assert_eq!(lengths(&vec![String::new(); 2 * MOST + 1]), [MOST, MOST, 1]);
        let half = "x".repeat(MOST_BYTES / 2);
        assert_eq!(lengths(&[half.clone(), half.clone(), half.clone()]), [2, 1]);
        // The platform refuses it; that is said, and nothing is left out in silence.
        assert_eq!(lengths(&[half.repeat(3), half]), [1, 1]);
    }
}
