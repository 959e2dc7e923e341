//! Doing something by the API: said when it is done, refused with the reason, and what is shown is read anew.

use leptos::{prelude::*, task::spawn_local};
use nod_pages::{
    dom::{focus, next_turn},
    graphql::{Trouble, UserError, text},
};
use wasm_bindgen::JsValue;

use crate::{api, app::App, load::sentence};

/// A mutation with the members of its input. An empty text is left out.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    name: &'static str,
    input: Vec<(&'static str, JsValue)>,
}

impl Change {
    pub(crate) const fn new(name: &'static str) -> Self {
        Self { name, input: Vec::new() }
    }

    #[must_use]
    pub(crate) fn with(mut self, member: &'static str, value: &str) -> Self {
        self.input.push((member, text(value)));
        self
    }

    #[must_use]
    pub(crate) fn with_value(mut self, member: &'static str, value: impl Into<JsValue>) -> Self {
        self.input.push((member, value.into()));
        self
    }

    /// What is wrong with it, if anything is.
    pub(crate) async fn send(&self) -> Result<Vec<UserError>, Trouble> {
        api::change(self.name, &self.input).await
    }
}

/// Does it, says what came of it, and has what is shown read anew by `then`.
pub(crate) fn act(app: App, change: Change, done: impl Into<String>, then: impl Fn() + 'static) {
    let done = done.into();
    spawn_local(async move {
        // Said anew even if it is the same sentence as before.
        app.say("");
        next_turn().await;
        app.say(match change.send().await {
            Ok(errors) => errors.first().map_or(done, |error| error.message.clone()),
            Err(trouble) => sentence(&trouble),
        });
        then();
    });
}

/// What a form that was sent is told: the problems of its fields, and the trouble of the whole.
#[derive(Clone, Copy)]
pub(crate) struct Told {
    form: StoredValue<String>,
    errors: RwSignal<Vec<UserError>>,
    trouble: RwSignal<String>,
    /// Sent, and not answered yet: sent again it would be done twice.
    is_busy: RwSignal<bool>,
}

impl Told {
    /// Of a form whose fields' ids begin with this, and a dash.
    pub(crate) fn of(form: impl Into<String>) -> Self {
        Self {
            form: StoredValue::new(form.into()),
            errors: RwSignal::new(Vec::new()),
            trouble: RwSignal::new(String::new()),
            is_busy: RwSignal::new(false),
        }
    }

    /// What is wrong with a field; empty where nothing is.
    pub(crate) fn problem(self, field: &str) -> String {
        let is_of = |error: &&UserError| error.field() == field;
        self.errors.with(|errors| errors.iter().find(is_of).map(|error| error.message.clone()).unwrap_or_default())
    }

    /// What is wrong with the whole, or with what has no field among `fields`.
    pub(crate) fn trouble(self, fields: &[&str]) -> String {
        let other = self.errors.with(|errors| {
            errors.iter().find(|error| !fields.contains(&error.field())).map(|error| error.message.clone())
        });
        other.unwrap_or_else(|| self.trouble.get())
    }

    /// For the button that sends it: whether it is disabled.
    pub(crate) fn busy(self) -> impl Fn() -> Option<&'static str> + Copy + Send + Sync + 'static {
        move || self.is_busy.get().then_some("true")
    }

    /// What was found when it was sent. `None` where it was not done.
    pub(crate) fn hear<T>(self, found: Result<(T, Vec<UserError>), Trouble>) -> Option<T> {
        let (done, found) = match found {
            Ok((done, errors)) => (Some(done), Ok(errors)),
            Err(trouble) => (None, Err(trouble)),
        };
        let is_done = self.is_done(found);
        done.filter(|_| is_done)
    }

    fn is_done(self, found: Result<Vec<UserError>, Trouble>) -> bool {
        self.is_busy.set(false);
        self.trouble.set(found.as_ref().err().map(sentence).unwrap_or_default());
        let errors = found.unwrap_or_default();
        let is_done = errors.is_empty();
        if let Some(first) = errors.first() {
            // A form that was left meanwhile has nothing to focus.
            self.form.try_with_value(|form| focus(&["#", form, "-", first.field()].concat()));
        }
        self.errors.set(errors);
        is_done
    }

    /// Sends a change unless one is on its way; whatever it is, `done` happens only when it was done.
    pub(crate) fn send(self, change: Change, done: impl FnOnce() + 'static) {
        self.ask(async move { change.send().await.map(|errors| ((), errors)) }, move |()| done());
    }

    /// The same for a change whose answer matters.
    pub(crate) fn ask<T: 'static>(
        self,
        answer: impl Future<Output = Result<(T, Vec<UserError>), Trouble>> + 'static,
        done: impl FnOnce(T) + 'static,
    ) {
        if self.is_busy.get_untracked() {
            return;
        }
        self.is_busy.set(true);
        spawn_local(async move {
            if let Some(found) = self.hear(answer.await) {
                done(found);
            }
        });
    }
}
