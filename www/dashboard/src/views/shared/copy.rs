//! Something that is to be taken elsewhere, with a button that copies it.

use leptos::{prelude::*, task::spawn_local};
use nod_pages::dom::copy;

use crate::{app::App, on};

#[component]
pub(crate) fn Copy(
    app: App,
    /// What it is: "address".
    what: &'static str,
    #[prop(into)] text: String,
) -> impl IntoView {
    let held = text.clone();
    let take = move |_| {
        let text = held.clone();
        spawn_local(async move {
            app.say(if copy(&text).await {
                format!("The {what} was copied.")
            } else {
                format!("The browser did not let us copy the {what}. Mark it, and copy it by hand.")
            });
        });
    };
    view! {
        <div class="copy">
            <code tabindex="0" role="textbox" aria-readonly="true" aria-label=what>{text}</code>
            <button type="button" class="quiet" aria-label=["Copy the ", what].concat() on:click=on::click(take)>"Copy"</button>
        </div>
    }
}
