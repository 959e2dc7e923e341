//! How somebody came to be one person: what was merged and parted, and why. What was merged wrongly can be parted again.

use leptos::{ev::SubmitEvent, prelude::*};
use nod_pages::dom::{value, values};

use crate::{
    api::people::{Change as Merged, Subject},
    app::App,
    doing::{Change, Told},
    format, live, on,
    role::Role,
    rows::CollectAny,
    views::shared::long_field,
    words::readable,
};

pub(super) fn list(app: App, subject: &Subject, load: impl Fn() + Copy + Send + Sync + 'static) -> Option<AnyView> {
    if subject.changes.is_empty() {
        return None;
    }
    let rows = subject.changes.iter().map(|change| one(app, change, load)).collect_any();
    Some(view! { <h3>"Merged and parted"</h3><ul class="rows">{rows}</ul> }.into_any())
}

fn one(app: App, change: &Merged, load: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    let reasons: Vec<String> = change.reasons.iter().map(|reason| readable(reason)).collect();
    let is_standing = change.kind == "MERGED" && change.undone_by.is_none();
    let split = (is_standing && app.may(Role::Reviewer)).then(|| view! { <Split app merge=change.id.clone() load /> });
    let undone = change.undone_by.is_some().then_some(" · undone since");
    view! {
        <li>
            <div class="head"><strong>{readable(&change.kind)}</strong><span class="soft">{format::date_and_time(&change.at)}{undone}</span></div>
            <p>{reasons.join("; ")}</p>
            {split}
        </li>
    }
    .into_any()
}

#[component]
fn Split(app: App, merge: String, load: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let (told, reason, merge) = (Told::of("split"), RwSignal::new(String::new()), StoredValue::new(merge));
    let send = move |sent: SubmitEvent| {
        let Some(values) = values(&sent) else { return };
        let reason = value(&values, "reason");
        let change =
            Change::new("splitDataSubject").with_value("merge", merge.get_value()).with_value("reason", reason);
        told.send(change, move || {
            app.say("They are two people again.");
            load();
        });
    };
    view! {
        <Show when=move || is_open.get() fallback=move || view! {
            <button type="button" class="quiet small" on:click=on::click(move |_| is_open.set(true))>"Part again"</button>
        }>
            <form novalidate class="act-form" aria-label="Part again" on:submit=on::submit(send)>
                <p>"What was merged becomes two people, and stays so whatever platforms send. The reason is written into the journal."</p>
                {long_field(told, "split-reason", "reason", "Why they are two people", reason)}
                <p class="problem" role="alert">{live::text(move || told.trouble(&["reason"]))}</p>
                <div class="actions">
                    <button type="submit" class="danger">"Part them"</button>
                    <button type="button" class="quiet" on:click=on::click(move |_| is_open.set(false))>"No"</button>
                </div>
            </form>
        </Show>
    }
}
