//! A receipt to keep, and whether it is genuine: the browser checks the signature itself.

use crate::{
    page,
    texts::{fill, t},
};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub(crate) fn Receipt(id: String, receipt: String) -> impl IntoView {
    let verdict = RwSignal::new(String::new());
    let file = ["consent-", &id, ".jws"].concat();
    // A receipt is letters, digits, hyphens, underscores and two points: an address can hold it as it is.
    let address = ["data:application/jose,", &receipt].concat();
    let check = move |_| {
        let receipt = receipt.clone();
        spawn_local(async move { verdict.set(page::verify(&receipt).await) });
    };
    let said = move || {
        let verdict = verdict.get();
        if verdict.is_empty() { String::new() } else { t(&["receipt_", &verdict].concat()) }
    };
    let about = fill("receipt_of", &[("id", id.get(..12).unwrap_or(&id))]);
    view! {
        <div class="actions">
            <a class="button quiet" href=address download=file>{t("receipt_download")}<span class="hidden">" " {about.clone()}</span></a>
            <button class="quiet" on:click=check>{t("receipt_check")}<span class="hidden">" " {about}</span></button>
        </div>
        <p class="verdict" role="status" data-verdict=move || verdict.get()>{said}</p>
    }
}
