//! One thing that waits in the page: an event, or what a rule wants done.

use std::rc::Rc;

use crate::{
    permissions::Permissions,
    text::{DIGITS, cut, push_all, push_digit},
};

/// An event as the page tells it.
#[derive(Clone, Copy, Debug)]
pub struct Tracked<'a> {
    /// `[A-Za-z0-9_.:-]`, 1 to 64 of them: the caller has checked it.
    pub name: &'a str,
    /// When it happened, by the browser's clock, in milliseconds.
    pub at: u64,
    /// The number of its purpose in the notice.
    pub purpose: usize,
    /// Its properties: the text of a JSON object.
    pub props: &'a str,
}

/// What a rule wants done in the page, beside events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// An element put into the page.
    Insert,
    /// An HTTP request.
    Call,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Event,
    Act(Act),
}

/// How far an event has come on its way to the edge.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sending {
    /// It was not sent.
    Fresh,
    /// It is in the request that is under way.
    UnderWay,
    /// It was in a request that failed: it goes again together with those that went with it.
    Again,
}

pub(super) struct Item {
    pub(super) kind: Kind,
    /// What it needs; of an event, its own purpose only.
    pub(super) needs: Permissions,
    pub(super) purpose: usize,
    pub(super) at: u64,
    pub(super) json: Rc<String>,
    /// Where it happened: the text of a JSON object, or nothing.
    pub(super) page: Rc<String>,
    /// Whether the edge has yet to get it.
    pub(super) for_edge: bool,
    /// The vendors that have yet to get it, a bit each.
    pub(super) vendors: u64,
    pub(super) sending: Sending,
    /// Whether a beacon has taken it along.
    pub(super) beaconed: bool,
}

impl Item {
    /// The id of an event.
    pub(super) fn id(&self) -> &str {
        id_of(&self.json)
    }
}

/// The id in the text of an event that [`event_text`] made.
pub(super) fn id_of(event: &str) -> &str {
    let mut rest = event;
    for _ in 0..3 {
        rest = cut(rest, b'"').map_or("", |(_, rest)| rest);
    }
    cut(rest, b'"').map_or(rest, |(id, _)| id)
}

/// The text of an event. Neither a source nor a name nor a purpose has characters that JSON would escape.
pub(super) fn event_text(source: &str, sequence: u32, event: &Tracked<'_>, purpose: &str) -> String {
    let mut text = String::new();
    push_all(&["{\"id\":\"", source, "."], &mut text);
    push_number(&mut text, sequence.into());
    push_all(&["\",\"name\":\"", event.name, "\",\"at\":"], &mut text);
    push_number(&mut text, event.at);
    push_all(&[",\"purpose\":\"", purpose, "\",\"props\":", event.props, "}"], &mut text);
    text
}

/// Writes a number in decimal digits; the standard library's formatting would weigh more than the queue.
pub(super) fn push_number(text: &mut String, number: u64) {
    if number > 9 {
        push_number(text, number / 10);
    }
    push_digit((number % 10) as u8, DIGITS, text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_event_is_written_with_its_id_first() {
        let event = Tracked { name: "add_to_cart", at: 1_763_900_000_000, purpose: 1, props: r#"{"sku":"A\"1"}"# };
        let text = event_text("Zx_-", 12, &event, "analytics");
        assert_eq!(
            text,
            r#"{"id":"Zx_-.12","name":"add_to_cart","at":1763900000000,"purpose":"analytics","props":{"sku":"A\"1"}}"#
        );
        assert_eq!(id_of(&text), "Zx_-.12");
    }

    proptest! {
        #[test]
        fn numbers_are_written_in_decimal(number: u64) {
            let mut text = String::new();
            push_number(&mut text, number);
            prop_assert_eq!(text, number.to_string());
        }
    }
}
