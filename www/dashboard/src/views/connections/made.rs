//! What is shown once: the address and the secret of a connection, with what to do there.

use leptos::prelude::*;

use crate::{api::connections::Made, app::App, rows::CollectAny, views::shared::Copy};

pub(super) fn once(app: App, made: &Made, steps: &'static [&'static str]) -> AnyView {
    let secret = (!made.secret.is_empty()).then(|| {
        view! { <p>"The secret is not shown again: take it now."</p><Copy app what="secret" text=made.secret.clone() /> }
    });
    let address = (!made.url.is_empty()).then(|| view! { <Copy app what="address" text=made.url.clone() /> });
    let steps = steps.iter().map(|step| view! { <li>{*step}</li> }).collect_any();
    view! {
        <div class="act-form" role="status">
            <ol class="steps">{steps}</ol>
            {address}
            {secret}
        </div>
    }
    .into_any()
}
