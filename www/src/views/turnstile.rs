//! Cloudflare Turnstile, where the owner has put it before the form. Its script comes from Cloudflare, and only then.

use crate::page;
use leptos::prelude::*;

const SCRIPT: &str = "https://challenges.cloudflare.com/turnstile/v0/api.js";

/// The guard; nothing without a site key. What it says is the form's field `cf-turnstile-response`.
#[component]
pub(crate) fn Turnstile(site_key: String) -> impl IntoView {
    (!site_key.is_empty()).then(|| {
        page::add_script(SCRIPT);
        view! { <div class="cf-turnstile" data-sitekey=site_key data-theme="auto"></div> }
    })
}
