//! What is on its way from the edge.

use crate::{api::Trouble, texts::t};
use leptos::prelude::*;

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

    pub(crate) fn get(&self) -> Option<&T> {
        if let Self::Here(it) = self { Some(it) } else { None }
    }
}

/// What has come, or that it is on its way, or that it did not come and can be asked for again.
pub(crate) fn loaded<T: Clone + Send + Sync + 'static>(
    it: RwSignal<Load<T>>,
    again: impl Fn() + Copy + Send + 'static,
    show: impl Fn(T) -> AnyView + Send + 'static,
) -> impl IntoView {
    move || match it.get() {
        Load::Waiting => view! { <p class="waiting" role="status">{t("loading")}</p> }.into_any(),
        Load::Here(it) => show(it),
        Load::Failed(trouble) => view! {
            <div class="alert" role="alert">
                <p>{trouble.sentence()}</p>
                <button class="quiet" on:click=move |_| again()>{t("retry")}</button>
            </div>
        }
        .into_any(),
    }
}
