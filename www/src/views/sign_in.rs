//! Asking for a link to one's requests. There are no passwords: whoever reads the address's mail is its person.

use super::{
    form::is_address,
    form_field::{Field, Problems},
    shared::{alert, heading},
};
use crate::{
    api,
    centre::Centre,
    page::{self, value},
    texts::{fill, t},
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

#[component]
pub(crate) fn SignIn(centre: Centre) -> impl IntoView {
    view! { {heading(t("sign_in_title"))} <SignInForm centre /> }
}

/// The field for the address, until the link is on its way.
#[component]
pub(crate) fn SignInForm(centre: Centre) -> impl IntoView {
    let problems = RwSignal::new(Problems::default());
    let sent_to = RwSignal::new(None::<String>);
    let is_busy = RwSignal::new(false);
    let send = move |sent: SubmitEvent| {
        let Some(values) = page::values(&sent) else { return };
        let email = value(&values, "email");
        if !is_address(&email) {
            let mut found = Problems::default();
            found.add("email", t("error_bad_email"));
            problems.set(found);
            page::focus("#email");
            return;
        }
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        spawn_local(async move {
            match api::request_sign_in_link(&centre.site_key(), &email).await {
                Ok(()) => sent_to.set(Some(email)),
                Err(trouble) => problems.set(Problems::whole(trouble.sentence())),
            }
            is_busy.set(false);
        });
    };
    view! {
        <div role="status">{move || sent_to.get().map(|email| view! { <div class="panel"><h2>{t("sent_title")}</h2><p>{fill("sign_in_sent", &[("email", &email)])}</p></div> })}</div>
        <Show when=move || sent_to.with(Option::is_none)>
            <form class="panel form" novalidate on:submit=send>
                <p>{t("sign_in_lead")}</p>
                <Field name="email" label=t("form_email") kind="email" complete="email" is_needed=true problems />
                {alert(move || problems.with(|found| found.of("")))}
                <div class="actions"><button type="submit" aria-disabled=move || is_busy.get().then_some("true")>{move || t(if is_busy.get() { "sending" } else { "sign_in_send" })}</button></div>
            </form>
        </Show>
    }
}
