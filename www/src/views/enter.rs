//! The link of a mail that signs in. A click enters, never the opening of the link.

use super::shared::heading;
use crate::{
    api,
    centre::Centre,
    page,
    route::Route,
    texts::{fill, t},
};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub(crate) fn Enter(centre: Centre, token: String) -> impl IntoView {
    let token = StoredValue::new(token);
    let is_busy = RwSignal::new(false);
    let trouble = RwSignal::new(String::new());
    let enter = move |_| {
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        spawn_local(async move {
            match api::sign_in(&token.get_value()).await {
                Ok(true) => page::replace(&Route::Requests),
                Ok(false) => trouble.set(t("error_token_unknown")),
                Err(why) => trouble.set(why.sentence()),
            }
            is_busy.set(false);
        });
    };
    view! {
        <div class="panel big">
            {heading(t("enter_title"))}
            <p>{fill("enter_body", &[("controller", &centre.controller())])}</p>
            <div class="alert" role="alert" class:gone=move || trouble.with(String::is_empty)><p>{move || trouble.get()}</p><p><a href="#sign-in">{t("sign_in_again")}</a></p></div>
            <div class="actions"><button on:click=enter aria-disabled=move || is_busy.get().then_some("true")>{t("enter_button")}</button></div>
        </div>
    }
}
