//! Rights requests: the queue, one of them, and one that is entered by hand.

mod act;
mod act_form;
mod bulk;
mod correspondence;
mod drafts;
mod enter;
mod facts;
mod files;
mod keys;
mod queue;
mod review;
mod table;
mod tasks;
mod writing;

use leptos::prelude::*;

pub(crate) use self::table::table;
use self::{enter::Enter, queue::Queue, review::Review};
use crate::app::App;

/// What stands in an address in the place of an id.
const NEW: &str = "new";

#[component]
pub(crate) fn Requests(app: App) -> impl IntoView {
    let item = Memo::new(move |_| app.route.with(|route| route.item.clone()));
    move || match item.get().as_str() {
        "" => view! { <Queue app /> }.into_any(),
        NEW => view! { <Enter app /> }.into_any(),
        id => view! { <Review app id=id.to_owned() /> }.into_any(),
    }
}
