//! The form: what is asked for, by whom, and where the answer goes.

use super::{
    form_field::{Field, Problems},
    form_kinds::{Kinds, Place},
    shared::{alert, heading, outward},
    turnstile::Turnstile,
};
use crate::{
    api::{self, Agent, Trouble, Wish},
    centre::Centre,
    kind,
    load::loaded,
    page::{self, value},
    route::Route,
    texts::{fill, t},
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use web_sys::FormData;

/// `kind`: what an address begins with; empty for nothing.
#[component]
pub(crate) fn Form(centre: Centre, kind: String) -> impl IntoView {
    let chosen = RwSignal::new(kind::of_address(&kind).unwrap_or_default().to_owned());
    let problems = RwSignal::new(Problems::default());
    let is_busy = RwSignal::new(false);
    let has_agent = RwSignal::new(false);
    let send = move |sent: SubmitEvent| {
        let Some(values) = page::values(&sent) else { return };
        let wish = wish(centre, &values, &chosen.get_untracked(), has_agent.get_untracked());
        let found = missing(&wish);
        if !found.is_empty() {
            problems.set(found);
            page::focus("[aria-invalid=true], input[name=kind]");
            return;
        }
        if !is_busy.get_untracked() {
            is_busy.set(true);
            spawn_local(async move {
                let answer = api::submit(&centre.site_key(), &wish).await;
                is_busy.set(false);
                settle(centre, problems, wish, answer).await;
            });
        }
    };
    let facts = centre.facts.get_value();
    let policy = (!facts.policy.is_empty()).then(|| outward(facts.policy, t("privacy_policy")));
    let is_embedded = facts.is_embedded;
    let home = is_embedded.then(|| {
        let address = page::home(&facts.site);
        view! { <p class="small">{outward(address, t("whole_centre"))}</p> }
    });
    let proof = move || t(if kind::needs_no_proof(&chosen.get()) { "form_without_proof" } else { "form_proof" });
    view! {
        <div class="lead">
            {heading(t("nav_request"))}
            <p>{fill("form_lead", &[("controller", &facts.controller)])}</p>
        </div>
        <form class="form" novalidate on:submit=send>
            {loaded(centre.site, move || centre.load(), move |site| view! { <Kinds site=site.clone() chosen problems /> <Place centre site /> }.into_any())}
            <fieldset>
                <legend>{t("form_you")}</legend>
                <Field name="email" label=t("form_email") hint=t("form_email_hint") kind="email" complete="email" is_needed=true problems />
                <Field name="name" label=t("form_name") hint=t("form_name_hint") kind="text" complete="name" problems />
                <Field name="message" label=t("form_message") hint=t("form_message_hint") kind="area" complete="off" problems />
                <label class="check">
                    <input type="checkbox" prop:checked=has_agent on:change=move |event| has_agent.set(event_target_checked(&event)) />
                    <span>{t("form_agent")}</span>
                </label>
                <Show when=move || has_agent.get()>
                    <div class="inset">
                        <p class="soft">{t("form_agent_hint")}</p>
                        <Field name="agent_name" label=t("form_agent_name") kind="text" complete="off" is_needed=true problems />
                        <Field name="agent_email" label=t("form_agent_email") kind="email" complete="off" is_needed=true problems />
                    </div>
                </Show>
            </fieldset>
            <Turnstile site_key=facts.turnstile />
            <p class="soft">{proof} " " {t("form_use")} " " {policy}</p>
            {alert(move || problems.with(|found| found.of("")))}
            <div class="actions"><button type="submit" aria-disabled=move || is_busy.get().then_some("true")>{move || t(if is_busy.get() { "sending" } else { "form_send" })}</button></div>
        </form>
        {home}
    }
}

fn wish(centre: Centre, values: &FormData, kind: &str, has_agent: bool) -> Wish {
    let agent = has_agent.then(|| Agent { name: value(values, "agent_name"), email: value(values, "agent_email") });
    Wish {
        kind: kind.to_owned(),
        email: value(values, "email"),
        name: value(values, "name"),
        message: value(values, "message"),
        region: centre.region.get_untracked(),
        visitor: centre.visitor.get_untracked().unwrap_or_default(),
        agent,
        turnstile: value(values, "cf-turnstile-response"),
    }
}

/// What can be seen to be missing before anything is sent.
fn missing(wish: &Wish) -> Problems {
    let mut found = Problems::default();
    if wish.kind.is_empty() {
        found.add("kind", t("error_no_kind"));
    }
    if !is_address(&wish.email) {
        found.add("email", t("error_bad_email"));
    }
    if let Some(agent) = &wish.agent {
        if agent.name.is_empty() {
            found.add("agent_name", t("error_no_name"));
        }
        if !is_address(&agent.email) {
            found.add("agent_email", t("error_bad_email"));
        }
    }
    found
}

/// Roughly: whether an address exists is told by the mail that arrives.
pub(super) fn is_address(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && !text.contains(' ')
    })
}

async fn settle(
    centre: Centre,
    problems: RwSignal<Problems>,
    wish: Wish,
    answer: Result<Vec<api::UserError>, Trouble>,
) {
    match answer {
        Ok(errors) if errors.is_empty() => {
            centre.sent.set(Some((wish.kind, wish.agent.map_or(wish.email, |agent| agent.email))));
            page::go(&Route::Sent);
        }
        Ok(errors) => {
            let mut found = Problems::default();
            for error in errors {
                found.add(error.field(), error.sentence());
            }
            problems.set(found);
            page::next_turn().await;
            page::focus("[aria-invalid=true]");
        }
        Err(trouble) => problems.set(Problems::whole(trouble.sentence())),
    }
}
