//! The draft: written, saved with what is wrong at its place, and published after a look at what it changes.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    api::{json, tags},
    app::App,
    doing::{Change, Told},
    format,
    role::Role,
    views::shared::{Confirm, long_field},
};

/// What a site without tags begins with.
const EMPTY: &str = "{\n  \"schema\": 1,\n  \"rules\": []\n}";

pub(super) fn draft(
    app: App,
    site: String,
    tags: &tags::Tags,
    done: impl Fn() + Copy + Send + Sync + 'static,
) -> AnyView {
    let told = Told::of("draft");
    let wrong = RwSignal::new(String::new());
    let revision = tags.revision;
    let begun = tags.draft.as_ref().map(|draft| draft.document.0.clone());
    let begun = begun.or_else(|| tags.published.as_ref().map(|version| version.document.0.clone()));
    let text = RwSignal::new(begun.unwrap_or_else(|| EMPTY.to_owned()));
    let site = StoredValue::new(site);
    let save = move |sent: leptos::ev::SubmitEvent| {
        sent.prevent_default();
        let document = match json::parse(&text.get_untracked()) {
            Ok(document) => document,
            Err(why) => return wrong.set(why),
        };
        wrong.set(String::new());
        spawn_local(async move {
            let found = tags::save(&site.get_value(), document, revision).await;
            if told.hear(found).is_some() {
                app.say("The draft was saved.");
                done();
            }
        });
    };
    let publish = move || {
        let change = Change::new("publishTags").with_value("site", site.get_value()).with_value("revision", revision);
        told.send(change, move || {
            app.say("The tags were published.");
            done();
        });
    };
    let state = tags.draft.as_ref().map(|draft| state(app, draft, publish));
    let editor = app.may(Role::Owner).then(|| view! {
        <form class="act-form" novalidate on:submit=save>
            {long_field(told, "draft-document", "document", "The document (docs: tags), as JSON", text)}
            <p class="problem" role="alert">{move || if wrong.with(String::is_empty) { told.trouble(&["document"]) } else { wrong.get() }}</p>
            <div class="actions"><button type="submit">"Save the draft"</button></div>
        </form>
    });
    let none = tags.draft.is_none().then(
        || view! { <p>"There is no draft. What is saved here changes nothing on the pages until it is published."</p> },
    );
    view! { <section class="panel" aria-labelledby="draft"><h2 id="draft">"Draft"</h2>{none}{state}{editor}</section> }
        .into_any()
}

/// What it changes, and what is wrong with it; where nothing is, it can be published.
fn state(app: App, draft: &tags::Draft, publish: impl Fn() + Clone + Send + Sync + 'static) -> AnyView {
    let changes = draft.changes.words();
    let warning =
        if changes.is_empty() { "It says the same as what is published.".to_owned() } else { changes.join(". ") };
    let changes = changes.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    let problems = draft
        .problems
        .iter()
        .map(|problem| view! { <li><code>{problem.place.clone()}</code>" "{problem.message.clone()}</li> });
    let problems = (!draft.problems.is_empty()).then(|| {
        view! {
            <div class="alert" role="alert"><p>"It cannot be published yet:"</p><ul>{problems.collect_view()}</ul></div>
        }
    });
    let offer = (app.may(Role::Owner) && draft.problems.is_empty())
        .then(|| view! { <p><Confirm label="Publish" of="the draft" warning act=publish /></p> });
    view! {
        <p class="soft">"Saved "{format::date_and_time(&draft.saved_at)}</p>
        <h3>"What it changes"</h3>
        <ul>{changes}</ul>
        {problems}
        {offer}
    }
    .into_any()
}
