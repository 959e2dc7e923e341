//! What is on its way from the API.

use leptos::prelude::*;
use nod_pages::{dom::reload, graphql::Trouble};

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
}

/// What to tell a person.
pub(crate) fn sentence(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Unreachable => "The server cannot be reached. Check the connection, and try again.".to_owned(),
        Trouble::SignedOut => "Your session has ended. Sign in again.".to_owned(),
        Trouble::Refused { sentence, .. } => sentence.clone(),
    }
}

/// What has come, or that it is on its way, or that it did not come and can be asked for again.
pub(crate) fn loaded<T: Clone + Send + Sync + 'static>(
    it: RwSignal<Load<T>>,
    again: impl Fn() + Copy + Send + 'static,
    show: impl Fn(T) -> AnyView + Send + 'static,
) -> impl IntoView {
    move || match it.get() {
        Load::Waiting => view! { <p class="waiting" role="status">"Loading…"</p> }.into_any(),
        Load::Here(it) => show(it),
        Load::Failed(trouble) => {
            let is_signed_out = trouble == Trouble::SignedOut;
            // The page that is loaded anew asks who is there, and shows where to sign in.
            let act = move |_| if is_signed_out { reload() } else { again() };
            view! {
                <div class="alert" role="alert">
                    <p>{sentence(&trouble)}</p>
                    <button type="button" class="quiet" on:click=act>{if is_signed_out { "Sign in" } else { "Try again" }}</button>
                </div>
            }
            .into_any()
        }
    }
}
