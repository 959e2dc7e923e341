//! The form was sent: what happens now.

use super::shared::{Reach, heading};
use crate::{
    centre::Centre,
    kind,
    texts::{fill, named, t},
};
use leptos::prelude::*;

#[component]
pub(crate) fn Sent(centre: Centre) -> impl IntoView {
    let Some((kind, email)) = centre.sent.get_untracked() else {
        // Somebody has come back to this address later.
        return view! { {heading(t("sent_title"))} <p>{t("sent_nothing")} " " <a href="#request">{t("nav_request")}</a></p> }
            .into_any();
    };
    let needs_no_proof = kind::needs_no_proof(&kind);
    let (title, body) = if needs_no_proof { ("sent_done_title", "sent_done") } else { ("sent_title", "sent_check") };
    let steps = (!needs_no_proof).then(|| {
        let steps = ["sent_step_open", "sent_step_confirm", "sent_step_answer"];
        view! { <ol class="steps-to-do">{steps.map(|step| view! { <li>{t(step)}</li> }).map(IntoAny::into_any).collect_view()}</ol> }
    });
    view! {
        <div class="panel big">
            {heading(t(title))}
            <p class="soft">{named("kind_", &kind)}</p>
            <p>{fill(body, &[("email", &email)])}</p>
            {steps}
            <p class="soft">{t("sent_missing")} " " <Reach centre /></p>
        </div>
    }
    .into_any()
}
