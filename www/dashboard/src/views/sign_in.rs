//! Asking for a link. There are no passwords: whoever reads the address's mail is its person.

use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use nod_pages::dom::{focus, value, values};

use super::shared::heading;
use crate::{api, app::App, live, load::sentence, on, route::Route};

#[component]
pub(crate) fn SignIn(app: App) -> impl IntoView {
    let sent_to = RwSignal::new(None::<String>);
    let problem = RwSignal::new(String::new());
    let is_busy = RwSignal::new(false);
    let send = move |sent: SubmitEvent| {
        let Some(values) = values(&sent) else { return };
        let email = value(&values, "email");
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        app.say("");
        let page = app.route.with_untracked(Route::address);
        spawn_local(async move {
            let found = match api::request_link(&email, &page).await {
                Ok(errors) => errors.first().map(|error| error.message.clone()).unwrap_or_default(),
                Err(trouble) => sentence(&trouble),
            };
            if found.is_empty() {
                sent_to.set(Some(email));
            } else {
                focus("#email");
            }
            problem.set(found);
            is_busy.set(false);
        });
    };
    let is_wrong = move || problem.with(|problem| !problem.is_empty()).then_some("true");
    view! {
        {heading("Sign in")}
        <div role="status">{live::part(move || sent_to.get().map(|email| view! {
            <div class="panel"><h2>"Look into your mail"</h2><p>"If "<strong>{email}</strong>" belongs to a member of staff, a link is on its way. It works once, for a quarter of an hour."</p></div>
        }))}</div>
        <Show when=move || sent_to.with(Option::is_none)>
            <form class="panel form" novalidate on:submit=on::submit(send)>
                <p>"You get a link by mail. There is no password."</p>
                <div class="field">
                    <label for="email">"E-mail address"</label>
                    <input id="email" name="email" type="email" autocomplete="email" required aria-describedby="email-problem" aria-invalid=is_wrong />
                    <p id="email-problem" class="problem" role="alert">{live::text(move || problem.get())}</p>
                </div>
                <div class="actions"><button type="submit" aria-disabled=move || is_busy.get().then_some("true")>"Send the link"</button></div>
            </form>
        </Show>
    }
}
