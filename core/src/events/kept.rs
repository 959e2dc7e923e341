//! What a closing page leaves in its storage for the next one: one event a line.
//!
//! ```text
//! <at> TAB <purpose> TAB <page> TAB <event>
//! ```
//!
//! `page` and `event` are JSON texts, which have neither a tab nor an end of line of their own. Several tabs share the one
//! text, so each adds its lines and takes away only those that the edge has acknowledged.

use std::rc::Rc;

use super::{
    MAX_AGE_DAYS,
    item::{Item, Kind, Sending, id_of, push_number},
};
use crate::{
    permissions::Permissions,
    text::{cut, push_all},
};

/// The most lines that are kept.
pub(super) const MAX_LINES: usize = 100;

/// The most bytes that are kept.
pub(super) const MAX_BYTES: usize = 64 * 1024;

const MAX_AGE: u64 = MAX_AGE_DAYS as u64 * 24 * 60 * 60 * 1000;

pub(super) struct Line<'a> {
    whole: &'a str,
    at: u64,
    pub(super) purpose: &'a str,
    page: &'a str,
    event: &'a str,
}

/// The lines that can be read; another script may have written anything there.
pub(super) struct Lines<'a>(pub(super) &'a str);

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        while !self.0.is_empty() {
            let (whole, rest) = cut(self.0, b'\n').unwrap_or((self.0, ""));
            self.0 = rest;
            if let Some(line) = Line::read(whole) {
                return Some(line);
            }
        }
        None
    }
}

impl<'a> Line<'a> {
    fn read(whole: &'a str) -> Option<Self> {
        let (time, rest) = cut(whole, b'\t')?;
        let (purpose, rest) = cut(rest, b'\t')?;
        let (page, event) = cut(rest, b'\t')?;
        let mut at = 0_u64;
        for digit in time.bytes() {
            if !digit.is_ascii_digit() {
                return None;
            }
            at = at.wrapping_mul(10).wrapping_add((digit - b'0').into());
        }
        let line = Self { whole, at, purpose, page, event };
        (!line.id().is_empty()).then_some(line)
    }

    pub(super) fn id(&self) -> &str {
        id_of(self.event)
    }

    pub(super) fn item(&self, purpose: usize) -> Item {
        Item {
            kind: Kind::Event,
            needs: Permissions::NONE.with(purpose),
            purpose,
            at: self.at,
            json: Rc::new(self.event.to_owned()),
            page: Rc::new(self.page.to_owned()),
            for_edge: false,
            vendors: 0,
            sending: Sending::Fresh,
            beaconed: false,
        }
    }
}

/// The lines that may still be sent: their purposes are allowed, and they are not too old.
pub(super) fn allowed(text: &str, allows: &dyn Fn(&str) -> bool, now: u64) -> String {
    some(text, &|line| allows(line.purpose) && now < line.at.saturating_add(MAX_AGE))
}

/// The lines of events that are not done.
pub(super) fn without(text: &str, is_done: &dyn Fn(&str) -> bool) -> String {
    some(text, &|line| !is_done(line.id()))
}

fn some(text: &str, stays: &dyn Fn(&Line<'_>) -> bool) -> String {
    let mut left = String::new();
    for line in Lines(text) {
        if stays(&line) {
            push_line(&mut left, &[line.whole]);
        }
    }
    left
}

/// Adds an event, unless it is there already or there is no room.
pub(super) fn add(text: &mut String, item: &Item, purpose: &str) {
    let mut count = 0;
    for line in Lines(text) {
        count += 1;
        if line.id() == item.id() {
            return;
        }
    }
    let bytes = text.len() + purpose.len() + item.page.len() + item.json.len() + 24;
    if count >= MAX_LINES || bytes > MAX_BYTES {
        return;
    }
    let mut at = String::new();
    push_number(&mut at, item.at);
    push_line(text, &[&at, "\t", purpose, "\t", &item.page, "\t", &item.json]);
}

fn push_line(text: &mut String, parts: &[&str]) {
    if !text.is_empty() {
        text.push_str("\n");
    }
    push_all(parts, text);
}
