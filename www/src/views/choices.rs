//! What this browser has chosen on the site: now, and each time before, with the receipts that prove it.

use super::{receipt::Receipt, shared::heading};
use crate::{
    api::{self, Choice, Notice},
    centre::Centre,
    format,
    load::{Load, loaded},
    page,
    texts::{fill, named, t},
};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub(crate) fn Choices(centre: Centre) -> impl IntoView {
    let history = RwSignal::new(Load::Waiting);
    let load = move || {
        let Some(visitor) = centre.visitor.get_untracked() else { return };
        history.set(Load::Waiting);
        spawn_local(async move { history.set(Load::of(api::history(&centre.site_key(), &visitor).await)) });
    };
    Effect::new(move || {
        centre.visitor.track();
        load();
    });
    let gpc = page::sends_gpc().then(|| view! { <p class="notice">{t("choices_gpc")}</p> });
    let content = move || match centre.visitor.get() {
        None => view! { <div class="panel"><p>{t("choices_unknown")}</p></div> }.into_any(),
        Some(visitor) => {
            let id = fill("choices_visitor", &[("visitor", &visitor)]);
            view! {
                {loaded(history, load, move |choices| shown(centre, choices))}
                <p class="soft small">{id}</p>
            }
            .into_any()
        }
    };
    view! {
        <div class="lead">
            {heading(t("nav_choices"))}
            <p>{t("choices_lead")}</p>
        </div>
        {gpc}
        {content}
    }
}

fn shown(centre: Centre, choices: Vec<Choice>) -> AnyView {
    let Some(newest) = choices.first().cloned() else {
        return view! { <div class="panel"><p>{t("choices_none")}</p></div> }.into_any();
    };
    let since = fill("choices_since", &[("date", &format::date_and_time(&newest.at))]);
    let name_of = move |notice: &Load<Notice>, id: &str| match notice.get() {
        Some(notice) => notice.name_of(id).to_owned(),
        None => id.to_owned(),
    };
    let current = newest.purposes.into_iter().map(move |answer| {
        let id = answer.id;
        let name = move || centre.notice.with(|notice| name_of(notice, &id));
        view! { <li><span>{name}</span>{allowed(answer.granted)}</li> }
    });
    let count = choices.len();
    let earlier = choices.into_iter().enumerate().map(move |(index, choice)| {
        let Choice { id, at, action, notice_version, purposes, receipt } = choice;
        let granted = move || {
            let granted = purposes.iter().filter(|answer| answer.granted);
            let names: Vec<_> =
                centre.notice.with(|notice| granted.map(|answer| name_of(notice, &answer.id)).collect());
            fill("choice_granted", &[("purposes", &names.join(", "))])
        };
        let version = fill("choice_notice", &[("version", &notice_version.to_string())]);
        let is_newest =
            (index == 0).then(|| view! { <span class="chip" data-state="always">{t("choice_current")}</span> });
        view! {
            <li class="panel">
                <div class="row"><h3>{named("action_", &action)}</h3>{is_newest}</div>
                <p class="soft">{format::date_and_time(&at)} " · " {version}</p>
                <p>{granted}</p>
                <Receipt id receipt />
            </li>
        }
    });
    view! {
        <section aria-labelledby="now-title" class="panel">
            <h2 id="now-title">{t("choices_now")}</h2>
            <p class="soft">{since}</p>
            <ul class="answers">{current.map(IntoAny::into_any).collect_view()}</ul>
            <p class="soft">{t("choices_change")}</p>
        </section>
        <section aria-labelledby="history-title">
            <h2 id="history-title">{fill("choices_history", &[("count", &count.to_string())])}</h2>
            <ol class="stack">{earlier.map(IntoAny::into_any).collect_view()}</ol>
        </section>
    }
    .into_any()
}

fn allowed(granted: bool) -> impl IntoView {
    let (state, text) = if granted { ("allowed", t("allowed")) } else { ("refused", t("refused")) };
    view! { <span class="chip" data-state=state>{text}</span> }
}
