//! What several pages share: each kind of part in a file.

mod confirm;
mod copy;
mod fields;
pub(crate) mod form;
mod kept;
mod paging;
mod plot;
mod site;

use leptos::prelude::*;

pub(crate) use self::{
    confirm::{Asked, Confirm},
    copy::Copy,
    fields::{Chosen, field, filter, long_field},
    kept::Kept,
    paging::{PAGE, pages},
    plot::{columns_plot, figure, share_bar},
    site::of_site,
};
use crate::{rows::CollectAny, words::readable};

/// A page's heading. It takes the focus when the page opens, so that reading begins there.
pub(crate) fn heading(text: &str) -> impl IntoView + use<> {
    view! { <h1 tabindex="-1">{text.to_owned()}</h1> }
}

/// Where something stands, in a word.
pub(crate) fn chip(state: &str) -> impl IntoView + use<> {
    view! { <span class="chip" data-state=state.to_ascii_lowercase()>{readable(state)}</span> }
}

/// A list that has nothing in it, with what to do next.
pub(crate) fn empty(sentence: &'static str) -> AnyView {
    view! { <p class="empty">{sentence}</p> }.into_any()
}

/// The head of a table. A column without a name holds what can be done.
pub(crate) fn columns(names: &[&'static str]) -> impl IntoView + use<> {
    let heads = names.iter().map(|name| match *name {
        "" => view! { <th scope="col"><span class="unseen">"Actions"</span></th> }.into_any(),
        name => view! { <th scope="col">{name}</th> }.into_any(),
    });
    view! { <thead><tr>{heads.collect_any()}</tr></thead> }
}
