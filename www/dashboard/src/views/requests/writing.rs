//! What somebody is writing. It outlives the page's being drawn anew when the request changes meanwhile.

use leptos::prelude::*;

use crate::{action::Action, api::review::Preview};

/// Copying gives another handle to the same.
#[derive(Clone, Copy)]
pub(super) struct Writing {
    of: RwSignal<Option<Action>>,
    pub(super) why: RwSignal<String>,
    pub(super) words: RwSignal<String>,
    /// The mail that was shown; none after anything was changed.
    pub(super) shown: RwSignal<Option<Preview>>,
}

impl Writing {
    pub(super) fn new() -> Self {
        Self {
            of: RwSignal::new(None),
            why: RwSignal::new(String::new()),
            words: RwSignal::new(String::new()),
            shown: RwSignal::new(None),
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
