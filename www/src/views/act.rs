//! What a person can do with a request: take it back, appeal its refusal.

use super::{
    form_field::{Field, Problems},
    shared::alert,
};
use crate::{
    api::{self, Request},
    centre::Centre,
    page::{self, value},
    texts::t,
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

/// The buttons, each with the dialog that it opens.
#[component]
pub(crate) fn Acts(centre: Centre, request: Request) -> impl IntoView {
    let Request { id, can_withdraw, can_appeal, .. } = request;
    let withdraw =
        can_withdraw.then(|| view! { <Act centre id=id.clone() act="withdraw" mutation="withdrawRightsRequest" /> });
    let appeal = can_appeal.then(|| view! { <Act centre id act="appeal" mutation="appealRightsRequest" /> });
    view! { <div class="actions">{appeal}{withdraw}</div> }
}

/// One button and its dialog. An appeal says why.
#[component]
fn Act(centre: Centre, id: String, act: &'static str, mutation: &'static str) -> impl IntoView {
    let problems = RwSignal::new(Problems::default());
    let is_busy = RwSignal::new(false);
    let has_words = act == "appeal";
    let text = move |part: &str| t(&[act, "_", part].concat());
    let dialog = [act, "-dialog"].concat();
    let (title, open, close) = ([act, "-title"].concat(), dialog.clone(), dialog.clone());
    let labelled = title.clone();
    let send = move |sent: SubmitEvent| {
        let Some(values) = page::values(&sent) else { return };
        let words = value(&values, "message");
        if has_words && words.is_empty() {
            let mut found = Problems::default();
            found.add("message", t("error_no_text"));
            problems.set(found);
            return;
        }
        perform(centre, problems, is_busy, mutation, id.clone(), has_words.then_some(("message", words)));
    };
    let field = has_words.then(
        || view! { <Field name="message" form="appeal-" label=t("appeal_why") kind="area" complete="off" is_needed=true problems /> },
    );
    let button = text("button");
    view! {
        <button class="quiet" type="button" on:click=move |_| page::show_dialog(&open, true)>{button.clone()}</button>
        <dialog id=dialog aria-labelledby=labelled>
            <form class="form" novalidate on:submit=send>
                <h2 id=title>{text("title")}</h2>
                <p>{text("body")}</p>
                {field}
                {alert(move || problems.with(|found| found.of("")))}
                <div class="actions">
                    <button type="submit" aria-disabled=move || is_busy.get().then_some("true")>{button}</button>
                    <button class="quiet" type="button" on:click=move |_| page::show_dialog(&close, false)>{t("cancel")}</button>
                </div>
            </form>
        </dialog>
    }
}

/// Does something with a request, and shows it as it is then.
pub(crate) fn perform(
    centre: Centre,
    problems: RwSignal<Problems>,
    is_busy: RwSignal<bool>,
    mutation: &'static str,
    id: String,
    said: Option<(&'static str, String)>,
) {
    if is_busy.get_untracked() {
        return;
    }
    is_busy.set(true);
    spawn_local(async move {
        let said = said.as_ref().map(|(field, text)| (*field, text.as_str()));
        match api::act(mutation, &id, said).await {
            Ok(errors) if errors.is_empty() => {
                centre.refresh_account().await;
                page::next_turn().await;
                page::focus("h1");
            }
            Ok(errors) => {
                let mut found = Problems::default();
                for error in errors {
                    found.add("", error.sentence());
                }
                problems.set(found);
            }
            Err(trouble) => problems.set(Problems::whole(trouble.sentence())),
        }
        is_busy.set(false);
    });
}
