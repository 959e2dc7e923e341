//! What somebody is writing. It outlives the page's being drawn anew when the request changes meanwhile.

use leptos::prelude::*;

use crate::{action::Action, api::review::Preview, held::Held};

/// Copying gives another handle to the same.
#[derive(Clone, Copy)]
pub(super) struct Writing {
    of: Held<Option<Action>>,
    pub(super) why: RwSignal<String>,
    pub(super) words: RwSignal<String>,
    /// The mail that was shown; none after anything was changed.
    pub(super) shown: Held<Option<Preview>>,
}

impl Writing {
    pub(super) fn new() -> Self {
        Self {
            of: Held::new(None),
            why: RwSignal::new(String::new()),
            words: RwSignal::new(String::new()),
            shown: Held::new(None),
        }
    }

    /// Begins with an action, or goes on with it.
    pub(super) fn begin(self, action: Action) {
        if self.of.get_untracked() != Some(action) {
            self.of.set(Some(action));
            self.why.set(action.reasons().first().copied().unwrap_or_default().to_owned());
            self.words.set(String::new());
            self.shown.set(None);
        }
    }

    /// It was sent.
    pub(super) fn end(self) {
        self.of.set(None);
    }
}
