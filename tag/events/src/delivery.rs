//! Brings events to the edge, one request at a time, and leaves for the next page what has no answer when this one ends.

use crate::{
    events::{self, events, standing},
    page,
};

fn now() -> u64 {
    millis(page::now())
}

/// A time of JavaScript's, in whole milliseconds since 1970.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a clock before 1970 reads as 1970")]
pub(crate) fn millis(time: f64) -> u64 {
    time as u64
}

/// Sends what may be sent, unless a request is under way.
pub(crate) fn post() {
    let standing = standing();
    let head = page::head();
    let mut events = events();
    if events.is_busy {
        return;
    }
    if let Some(body) = events.queue.batch(standing, &head) {
        events.is_busy = true;
        drop(events);
        page::post(&body);
    }
}

/// How the request ended: `status` 0 where the edge could not be reached. `asked` is for how many seconds the edge wants to
/// be left alone. Gives the milliseconds to wait before the next: until [`resume`] nothing is sent.
pub(crate) fn delivered(status: u16, asked: u32) -> u32 {
    if matches!(status, 0 | 408 | 425 | 429 | 500..) {
        return events().queue.fail(asked);
    }
    // Taken, or refused for good.
    let kept = page::kept();
    let left = events().queue.acknowledge(&kept);
    page::keep(&left);
    0
}

/// The next request may go.
pub(crate) fn resume() {
    events().is_busy = false;
    post();
}

/// The page may be ending: what has no answer yet goes along, and stays in storage until a page hears that it has arrived.
pub(crate) fn closing() {
    events::release(u32::MAX);
    let standing = standing();
    let (head, kept) = (page::head(), page::kept());
    let bodies = events().queue.beacons(standing, &head);
    let left = events().queue.keep(standing, &kept, now());
    for body in bodies {
        page::beacon(&body);
    }
    page::keep(&left);
}

/// Takes over what earlier pages have kept, and throws away what may not be sent any more.
pub(crate) fn restore() {
    let standing = standing();
    let kept = page::kept();
    if !kept.is_empty() {
        let left = events().queue.restore(standing, &kept, now());
        page::keep(&left);
    }
}
