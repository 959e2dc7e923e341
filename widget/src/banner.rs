//! The banner: the first layer, painted from HTML before any wasm has arrived.
//!
//! It is a region and no dialog: the page behind it stays usable. Its three answers look alike, because none of them
//! may be easier to give than another. It handles no event: the page's stub takes the clicks by `data-do`, moves the
//! banner through its states by `data-state` and speaks through the status line.

use leptos::prelude::*;

/// Every placeholder that the rendering leaves for the edge to fill, escaped: `{{key}}`.
pub const TEXT_KEYS: [&str; 9] =
    ["locale", "dir", "banner_title", "banner_body", "gpc_line", "reject_all", "accept_all", "manage_choices", "retry"];

/// The banner, with placeholders where the site's texts belong.
///
/// `data-state` is `asking`, then `saving`, then `saved` or `failed`. The GPC line is hidden while it is empty, the
/// status line is always there, so that a screen reader hears when its text changes.
#[component]
pub fn Banner() -> impl IntoView {
    view! {
        <section
            class="banner"
            role="region"
            aria-label="{{banner_title}}"
            data-state="asking"
            lang="{{locale}}"
            dir="{{dir}}"
        >
            <div class="question">
                <h2>"{{banner_title}}"</h2>
                <p>"{{banner_body}}"</p>
                <p class="gpc">"{{gpc_line}}"</p>
            </div>
            <div class="choices">
                <button data-do="reject">"{{reject_all}}"</button>
                <button data-do="accept">"{{accept_all}}"</button>
                <button data-do="manage">"{{manage_choices}}"</button>
            </div>
            <div class="answer">
                <p class="status" role="status"></p>
                <button data-do="retry">"{{retry}}"</button>
            </div>
        </section>
    }
}
