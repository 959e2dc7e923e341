//! The link of a mail that proves an address. Opening it confirms nothing: mail programs open links by themselves.

use super::shared::{alert, heading, status};
use crate::{
    api::{self, PublicRequest},
    centre::Centre,
    format,
    load::{Load, loaded},
    page,
    route::Route,
    texts::{fill, named, t},
};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub(crate) fn Verify(centre: Centre, token: String) -> impl IntoView {
    let request = RwSignal::new(Load::Waiting);
    let token = StoredValue::new(token);
    let load = move || {
        request.set(Load::Waiting);
        spawn_local(async move { request.set(Load::of(api::public_request(&token.get_value()).await)) });
    };
    load();
    view! { {loaded(request, load, move |request| match request {
        Some(request) if request.status == "AWAITING_VERIFICATION" => view! { <Confirm centre request token /> }.into_any(),
        Some(request) => confirmed(&request).into_any(),
        None => too_old().into_any(),
    })} }
}

/// The click that confirms.
#[component]
fn Confirm(centre: Centre, request: PublicRequest, token: StoredValue<String>) -> impl IntoView {
    let is_busy = RwSignal::new(false);
    let trouble = RwSignal::new(String::new());
    let confirm = move |_| {
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        spawn_local(async move {
            match api::verify(&token.get_value()).await {
                Ok(Some(id)) => page::replace(&Route::Request(id)),
                Ok(None) => trouble.set(t("error_token_unknown")),
                Err(why) => trouble.set(why.sentence()),
            }
            is_busy.set(false);
        });
    };
    let asked =
        fill("verify_asked", &[("date", &format::date(&request.received_at)), ("controller", &centre.controller())]);
    view! {
        <div class="panel big">
            {heading(t("verify_title"))}
            <p>{asked}</p>
            <p class="quote"><strong>{named("kind_", &request.kind)}</strong><span class="soft">{named("about_", &request.kind)}</span></p>
            <p>{t("verify_body")}</p>
            {alert(move || trouble.get())}
            <div class="actions"><button on:click=confirm aria-disabled=move || is_busy.get().then_some("true")>{move || t(if is_busy.get() { "sending" } else { "verify_button" })}</button></div>
            <p class="soft">{t("verify_not_me")}</p>
        </div>
    }
}

fn confirmed(request: &PublicRequest) -> impl IntoView + use<> {
    view! {
        <div class="panel big">
            {heading(t("verify_done_title"))}
            <div class="row"><strong>{named("kind_", &request.kind)}</strong>{status(&request.status)}</div>
            <p>{t("verify_done")}</p>
            <div class="actions"><a class="button" href="#requests">{t("nav_requests")}</a></div>
        </div>
    }
}

fn too_old() -> impl IntoView {
    view! {
        <div class="panel big">
            {heading(t("link_over_title"))}
            <p>{t("link_over")}</p>
            <div class="actions">
                <a class="button" href="#request">{t("nav_request")}</a>
                <a class="button quiet" href="#sign-in">{t("sign_in_title")}</a>
            </div>
        </div>
    }
}
