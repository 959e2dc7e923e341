//! What the person has asked for.

use super::{
    shared::{heading, status},
    sign_in::SignInForm,
};
use crate::{
    api::{self, Account, Request},
    centre::Centre,
    format,
    load::{Load, loaded},
    texts::{fill, named, t},
};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub(crate) fn Requests(centre: Centre) -> impl IntoView {
    view! {
        {heading(t("nav_requests"))}
        {loaded(centre.account, move || centre.load_account(), move |account| match account {
            Some(account) => list(centre, account).into_any(),
            None => view! { <SignInForm centre /> }.into_any(),
        })}
    }
}

fn list(centre: Centre, account: Account) -> impl IntoView {
    let who = account.email.map(|email| fill("signed_in_as", &[("email", &email)]));
    let leave = move |_| {
        spawn_local(async move {
            let left = api::sign_out().await.map(|()| None);
            centre.account.set(Load::of(left));
        });
    };
    let is_empty = account.requests.is_empty();
    let nothing = is_empty.then(|| view! { <p class="panel">{t("requests_none")}</p> });
    view! {
        <div class="row"><p class="soft">{who}</p><button class="quiet" on:click=leave>{t("sign_out")}</button></div>
        {nothing}
        <ul class="stack">{account.requests.into_iter().map(card).map(IntoAny::into_any).collect_view()}</ul>
        <div class="actions"><a class="button" href="#request">{t("requests_new")}</a></div>
    }
}

fn card(request: Request) -> impl IntoView {
    let address = ["#requests/", &request.id].concat();
    let received = fill("received_on", &[("date", &format::date(&request.received_at))]);
    let is_open = matches!(request.status.as_str(), "RECEIVED" | "IN_PROGRESS" | "ON_HOLD");
    let due = is_open.then(|| fill("due_by", &[("date", &format::last_day(&request.due_at))]));
    let files = (!request.files.is_empty()).then(|| t("files_ready"));
    view! {
        <li><a class="card wide" href=address>
            <span class="row"><strong>{named("kind_", &request.kind)}</strong>{status(&request.status)}</span>
            <span class="soft">{received}</span>
            <span>{due}</span>
            <span>{files}</span>
        </a></li>
    }
}
