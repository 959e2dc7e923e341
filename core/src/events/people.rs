//! Who the visitor is: hashes that the page's owner has given, sent with the events, each part as soon as it may be.

use super::standing::{Standing, Verdict};
use crate::permissions::Permissions;

/// Members of the identity that need the same purposes.
#[derive(Clone, Debug)]
pub struct Part {
    /// What they need.
    pub needs: Permissions,
    /// Members of a JSON object: `"email":"…","phone":"…"`.
    pub json: String,
    /// Whether they go with every batch, and not only with the first.
    pub always: bool,
}

#[derive(Default)]
pub(super) struct People {
    parts: Vec<Telling>,
}

struct Telling {
    part: Part,
    is_told: bool,
    is_under_way: bool,
}

impl People {
    pub(super) fn clear(&mut self) {
        self.parts.clear();
    }

    /// The first part is what the others need too: without it none is sent.
    pub(super) fn add(&mut self, part: Part) {
        self.parts.push(Telling { part, is_told: false, is_under_way: false });
    }

    /// What was refused is forgotten. Once there is a choice there is a visitor, of whom everything is told anew.
    pub(super) fn follow(&mut self, standing: Standing, was_chosen: bool) {
        let never = |part: &Telling| standing.verdict(part.part.needs) == Verdict::Never;
        if self.parts.first().is_some_and(never) {
            self.parts.clear();
        }
        self.parts.retain(|part| !never(part));
        if standing.is_chosen && !was_chosen {
            for part in &mut self.parts {
                part.is_told = false;
                part.is_under_way = false;
            }
        }
    }

    /// Is there something that may be told now and was not?
    pub(super) fn is_due(&self, at_edge: Permissions) -> bool {
        self.may(at_edge) && self.parts.iter().any(|part| !part.is_told && at_edge.contains(part.part.needs))
    }

    fn may(&self, at_edge: Permissions) -> bool {
        self.parts.first().is_some_and(|part| at_edge.contains(part.part.needs))
    }

    /// Writes what may be told now, and is to be, as a member of the body. Unless an answer `is_awaited`, nothing will tell
    /// whether the body arrived, so what it tells is told again.
    pub(super) fn write(&mut self, body: &mut String, at_edge: Permissions, is_awaited: bool) {
        if !self.may(at_edge) {
            return;
        }
        let is_due = self.is_due(at_edge);
        let mut before = ",\"identity\":{";
        for part in &mut self.parts {
            if at_edge.contains(part.part.needs) && (is_due || part.part.always) {
                body.push_str(before);
                body.push_str(&part.part.json);
                part.is_under_way |= is_awaited;
                before = ",";
            }
        }
        if before == "," {
            body.push_str("}");
        }
    }

    /// The request that is under way has ended.
    pub(super) fn end(&mut self, is_told: bool) {
        for part in &mut self.parts {
            part.is_told |= is_told && part.is_under_way;
            part.is_under_way = false;
        }
    }
}
