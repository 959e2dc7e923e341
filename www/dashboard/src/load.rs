//! What is on its way from the API.

use std::{marker::PhantomData, sync::Arc};

use leptos::prelude::*;
use nod_pages::{
    dom::{keep_focus, reload},
    graphql::Trouble,
};

use crate::{held::Something, on};

/// Something that is loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Load<T> {
    Waiting,
    Here(T),
    Failed(Trouble),
}

impl<T> Load<T> {
    pub(crate) fn of(result: Result<T, Trouble>) -> Self {
        match result {
            Ok(it) => Self::Here(it),
            Err(trouble) => Self::Failed(trouble),
        }
    }

    fn map<U>(self, change: impl FnOnce(T) -> U) -> Load<U> {
        match self {
            Self::Waiting => Load::Waiting,
            Self::Here(it) => Load::Here(change(it)),
            Self::Failed(trouble) => Load::Failed(trouble),
        }
    }
}

/// Where something that is loaded is looked for. Copying gives another handle to the same. Whatever it is, the signal is of one type: one
/// for each would be a twentieth of the module.
pub(crate) struct Loading<T> {
    it: RwSignal<Load<Something>>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Loading<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Loading<T> {}

impl<T: Clone + Send + Sync + 'static> Loading<T> {
    pub(crate) fn new() -> Self {
        Self { it: RwSignal::new(Load::Waiting), of: PhantomData }
    }

    pub(crate) fn set(self, it: Load<T>) {
        self.it.set(it.map(|it| Arc::new(it) as Something));
    }

    pub(crate) fn get(self) -> Load<T> {
        match self.it.get() {
            Load::Waiting => Load::Waiting,
            Load::Here(it) => as_it_is(&it).map_or(Load::Waiting, Load::Here),
            Load::Failed(trouble) => Load::Failed(trouble),
        }
    }

    /// What has come, if it has.
    pub(crate) fn with<U>(self, of: impl FnOnce(&T) -> U) -> Option<U> {
        self.it.with(|it| if let Load::Here(it) = it { it.downcast_ref().map(of) } else { None })
    }
}

/// Something of the one type that it has.
fn as_it_is<T: Clone + 'static>(it: &Something) -> Option<T> {
    it.downcast_ref().cloned()
}

/// What to tell a person.
pub(crate) fn sentence(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Unreachable => "The server cannot be reached. Check the connection, and try again.".to_owned(),
        Trouble::SignedOut => "Your session has ended. Sign in again.".to_owned(),
        Trouble::Refused { sentence, .. } => sentence.clone(),
    }
}

/// Shows what has come.
type Show = Box<dyn Fn(&Something) -> Option<AnyView> + Send>;

/// What has come, or that it is on its way, or that it did not come and can be asked for again.
pub(crate) fn loaded<T: Clone + Send + Sync + 'static>(
    it: Loading<T>,
    again: impl Fn() + Send + Sync + 'static,
    show: impl Fn(T) -> AnyView + Send + 'static,
) -> AnyView {
    any_loaded(it.it, Arc::new(again), Box::new(move |it| as_it_is(it).map(&show)))
}

fn any_loaded(it: RwSignal<Load<Something>>, again: Arc<dyn Fn() + Send + Sync>, show: Show) -> AnyView {
    let shown = move || match it.get() {
        Load::Waiting => view! { <p class="waiting" role="status">"Loading…"</p> }.into_any(),
        Load::Here(it) => {
            keep_focus();
            show(&it).into_any()
        }
        Load::Failed(trouble) => {
            let is_signed_out = trouble == Trouble::SignedOut;
            let again = again.clone();
            // The page that is loaded anew asks who is there, and shows where to sign in.
            let act = move |_| if is_signed_out { reload() } else { again() };
            view! {
                <div class="alert" role="alert">
                    <p>{sentence(&trouble)}</p>
                    <button type="button" class="quiet" on:click=on::click(act)>{if is_signed_out { "Sign in" } else { "Try again" }}</button>
                </div>
            }
            .into_any()
        }
    };
    shown.into_any()
}
