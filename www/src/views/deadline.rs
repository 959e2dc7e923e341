//! How far a request has come, by when it must be answered, and why that has changed.

use crate::{
    api::Request,
    format,
    texts::{fill, named, t},
};
use leptos::prelude::*;

/// The way of a request in four steps, and how far this one has come. One that ended otherwise has no way to show.
#[component]
pub(crate) fn Steps(request: Request) -> impl IntoView {
    let reached = match request.status.as_str() {
        "AWAITING_VERIFICATION" => Some(1),
        "RECEIVED" => Some(2),
        "IN_PROGRESS" | "ON_HOLD" => Some(3),
        "FULFILLED" | "DENIED" => Some(4),
        _ => None,
    };
    reached.map(|reached| {
        let steps = ["step_asked", "step_confirmed", "step_worked", "step_answered"];
        let steps = steps.into_iter().enumerate().map(|(index, name)| {
            let state = if index < reached { "done" } else { "ahead" };
            let current = (index + 1 == reached).then_some("step");
            let said = (state == "done").then(|| view! { <span class="hidden">" " {t("step_done")}</span> });
            view! { <li data-state=state aria-current=current><span>{t(name)}{said}</span></li> }
        });
        view! { <ol class="steps" aria-label=t("steps_label")>{steps.map(IntoAny::into_any).collect_view()}</ol> }
    })
}

/// The day by which it must be answered, and what has moved it.
#[component]
pub(crate) fn Deadline(request: Request) -> impl IntoView {
    let is_open = matches!(request.status.as_str(), "RECEIVED" | "IN_PROGRESS" | "ON_HOLD");
    let due = is_open.then(|| {
        let (date, away) = (format::last_day(&request.due_at), format::days_away(&request.due_at));
        let is_late = format::is_past(&request.due_at);
        let late = is_late.then(|| view! { <p class="notice">{t("late")}</p> });
        view! {
            <p class="deadline"><span class="soft">{t("due_label")}</span><strong>{date}</strong><span class="soft">{away}</span></p>
            {late}
        }
    });
    let extended = request.extension.map(|extension| {
        let reason = extension.reason.map(|reason| named("extension_", &reason));
        let until = fill("extended_until", &[("date", &format::last_day(&extension.until))]);
        view! { <p class="notice">{until} " " {reason}</p> }
    });
    let held = request.hold.map(|hold| {
        let reason = hold.reason.map(|reason| named("hold_", &reason));
        let since = fill("held_since", &[("date", &format::date(&hold.since))]);
        view! { <p class="notice">{since} " " {reason}</p> }
    });
    let denied = request.denial.map(|denial| {
        let note = denial.note.map(|note| view! { <blockquote class="said">{note}</blockquote> });
        let appeal = denial.appeal_by.filter(|_| denial.appealed_at.is_none());
        let appeal = appeal.map(|until| fill("appeal_until", &[("date", &format::last_day(&until))]));
        let appealed = denial.appealed_at.map(|at| fill("appealed_on", &[("date", &format::date(&at))]));
        view! {
            <div class="notice">
                <p><strong>{t("denied_because")}</strong> " " {named("denial_", &denial.reason)} " " <span class="soft">{denial.ground}</span></p>
                {note}
                <p>{appeal}{appealed} " " {t("complain")}</p>
            </div>
        }
    });
    view! {
        {due}
        {extended}
        {held}
        {denied}
    }
}
