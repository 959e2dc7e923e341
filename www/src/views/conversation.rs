//! What was written, and the field to write in.

use super::{
    act::perform,
    form_field::{Field, Problems},
    shared::alert,
};
use crate::{
    api::{Conversation, Request},
    centre::Centre,
    format,
    page::{self, value},
    texts::{named, t},
};
use leptos::{ev::SubmitEvent, prelude::*};

#[component]
pub(crate) fn Messages(centre: Centre, request: Request) -> impl IntoView {
    if request.messages.is_empty() && !request.can_message {
        return ().into_any();
    }
    let written = request.messages.into_iter().map(move |message| one(centre, message));
    let form = request.can_message.then(|| view! { <Write centre id=request.id /> });
    view! {
        <section class="panel" aria-labelledby="messages-title">
            <h2 id="messages-title">{t("messages_title")}</h2>
            <ol class="messages">{written.map(IntoAny::into_any).collect_view()}</ol>
            {form}
        </section>
    }
    .into_any()
}

fn one(centre: Centre, message: Conversation) -> impl IntoView {
    let author = if message.author == "STAFF" { centre.controller() } else { named("author_", &message.author) };
    let text = message.text.unwrap_or_else(|| t("message_gone"));
    view! {
        <li data-author=message.author.to_ascii_lowercase()>
            <p class="soft small">{author} " · " <time datetime=message.at.clone()>{format::date_and_time(&message.at)}</time></p>
            <p class="text">{text}</p>
        </li>
    }
}

#[component]
fn Write(centre: Centre, id: String) -> impl IntoView {
    let problems = RwSignal::new(Problems::default());
    let is_busy = RwSignal::new(false);
    let send = move |sent: SubmitEvent| {
        let Some(values) = page::values(&sent) else { return };
        let text = value(&values, "message");
        if text.is_empty() {
            let mut found = Problems::default();
            found.add("message", t("error_no_text"));
            problems.set(found);
            page::focus("#message");
            return;
        }
        perform(centre, problems, is_busy, "messageRightsRequest", id.clone(), Some(("text", text)));
    };
    view! {
        <form class="form" novalidate on:submit=send>
            <Field name="message" label=t("message_label") kind="area" complete="off" is_needed=true problems />
            {alert(move || problems.with(|found| found.of("")))}
            <div class="actions"><button type="submit" aria-disabled=move || is_busy.get().then_some("true")>{t("message_send")}</button></div>
        </form>
    }
}
