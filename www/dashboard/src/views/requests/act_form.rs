//! One thing that is done with a request: its reason, its words, what the person will read, and then the deed. Where a mail goes out,
//! exactly that mail is shown before, and nothing is sent that was not shown.

use leptos::{prelude::*, task::spawn_local};

use super::{drafts::drafts, writing::Writing};
use crate::{
    action::{Action, reason},
    api::review::{self, Preview, Review, Said},
    app::App,
    doing::{Change, Told},
    live, on,
    rows::CollectAny,
    views::shared::long_field,
};

#[component]
pub(super) fn ActForm(
    app: App,
    action: Action,
    request: Review,
    writing: Writing,
    done: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let told = Told::of("act");
    writing.begin(action);
    let Writing { why, words, shown, .. } = writing;
    // What was shown is no more what would be sent once something was changed.
    Effect::new(move |before: Option<()>| {
        why.track();
        words.track();
        if before.is_some() {
            shown.set(None);
        }
    });
    let is_told = request.connection.is_none() && request.email.is_some();
    let mail = move || action.mail().filter(|_| is_told && why.with(|why| why != "LEGAL_HOLD"));
    let (id, locale) = (StoredValue::new(request.id), request.locale);
    let preview = move |mail: &'static str| {
        let said = said(action, mail, why.get_untracked(), words.get_untracked());
        spawn_local(async move {
            let found = review::preview(&id.get_value(), &said).await;
            shown.set(told.hear(found).flatten());
        });
    };
    let deed = move || {
        let change = change(action, &id.get_value(), &why.get_untracked(), &words.get_untracked());
        told.send(change, move || {
            writing.end();
            app.say(action.done());
            app.go(&app.route.get_untracked().with("do", ""));
            done();
        });
    };
    let submit = move || match mail().filter(|_| shown.with_untracked(Option::is_none)) {
        Some(mail) => preview(mail),
        None => deed(),
    };
    let label = move || {
        if mail().is_some() && shown.with(Option::is_none) { "Show what they will read" } else { action.label() }
    };
    let is_final = move || mail().is_none() || shown.with(Option::is_some);
    let class = move || if action == Action::Deny && is_final() { "danger" } else { "" };
    view! {
        <form class="act-form" novalidate aria-label=action.label() on:submit=on::submit(move |sent| { sent.prevent_default(); submit(); })>
            <p>{action.warning()}</p>
            {reasons(action, why)}
            {action.words().map(|_| drafts(action, id.get_value(), why, words))}
            {action.words().map(|(name, label)| long_field(told, field_id(name), name, label, words))}
            {live::part(move || shown.get().map(|mail| read(mail, locale.clone())))}
            <p class="problem" role="alert">{live::text(move || told.trouble(&["text", "message", "note"]))}</p>
            <div class="actions">
                <button type="submit" class=class aria-disabled=told.busy()>{label}</button>
            </div>
        </form>
    }
}

const fn field_id(name: &str) -> &'static str {
    match name.as_bytes() {
        b"text" => "act-text",
        b"note" => "act-note",
        _ => "act-message",
    }
}

/// Exactly what the person will read.
fn read(mail: Preview, locale: String) -> impl IntoView {
    view! {
        <section class="letter" aria-label="What they will read" lang=locale tabindex="0">
            <h3>{mail.subject}</h3>
            <pre>{mail.text}</pre>
        </section>
    }
}

fn reasons(action: Action, why: RwSignal<String>) -> Option<AnyView> {
    let names = action.reasons();
    if names.is_empty() {
        return None;
    }
    let options = names.iter().map(
        |name| view! { <option value=*name selected=why.with_untracked(|why| why == name)>{reason(name)}</option> },
    );
    let view = view! {
        <div class="field">
            <label for="act-reason">"Reason"</label>
            <select id="act-reason" on:change=on::change(move |event| why.set(event_target_value(&event)))>{options.collect_any()}</select>
        </div>
    };
    Some(view.into_any())
}

fn said(action: Action, mail: &'static str, why: String, message: String) -> Said {
    let empty = Said { mail, message, ..Said::default() };
    match action {
        Action::Extend => Said { extension: why, ..empty },
        Action::Hold => Said { hold: why, ..empty },
        Action::Deny => Said { denial: why, ..empty },
        _ => empty,
    }
}

fn change(action: Action, id: &str, why: &str, words: &str) -> Change {
    let change = Change::new(action.mutation()).with("id", id);
    let change = if why.is_empty() { change } else { change.with("reason", why) };
    let change = if why == "LEGAL_HOLD" { change.with_value("legal", true) } else { change };
    match action.words() {
        // A message needs words, and whoever leaves them out is told so by the API.
        Some((name, _)) if action == Action::Message => change.with_value(name, words),
        Some((name, _)) => change.with(name, words),
        None => change,
    }
}
