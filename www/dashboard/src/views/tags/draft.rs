//! The draft: written in forms or as JSON, saved with what is wrong at its place, and published after a look at what it changes.

use leptos::{prelude::*, task::spawn_local};

use super::forms::forms;
use crate::{
    api::tags::{self, Draft},
    app::App,
    doing::{Change, Told},
    format,
    held::Held,
    live, on,
    role::Role,
    rows::CollectAny,
    tree::Tree,
    views::shared::{
        Confirm,
        form::{Known, Sheet, sides, told},
    },
};

/// A draft that is being written, and how it stands at the API.
#[derive(Clone, Copy)]
struct Writing {
    app: App,
    site: StoredValue<String>,
    sheet: Sheet,
    revision: RwSignal<u32>,
    /// What was saved last; as it was begun where nothing was.
    saved: RwSignal<Tree>,
    standing: Held<Option<Draft>>,
    told: Told,
}

pub(super) fn draft(
    app: App,
    site: String,
    tags: &tags::Tags,
    known: Known,
    done: impl Fn() + Copy + Send + Sync + 'static,
) -> AnyView {
    let begun = tags.draft.as_ref().map(|draft| draft.document.tree());
    let begun = begun.or_else(|| tags.published.as_ref().map(|version| version.document.tree()));
    let begun =
        begun.unwrap_or_else(|| Tree::object(&[("schema", Tree::Number(1.0)), ("rules", Tree::List(Vec::new()))]));
    let sheet = Sheet::new(app, "tags", begun.clone(), known);
    if let Some(draft) = &tags.draft {
        sheet.problems.set(draft.problems.clone());
    }
    let writing = Writing {
        app,
        site: StoredValue::new(site),
        sheet,
        revision: RwSignal::new(tags.revision),
        saved: RwSignal::new(begun),
        standing: Held::new(tags.draft.clone()),
        told: Told::of("draft"),
    };
    let publish = move || {
        let change = Change::new("publishTags").with_value("site", writing.site.get_value());
        writing.told.send(change.with_value("revision", writing.revision.get_untracked()), move || {
            app.say("The tags were published.");
            done();
        });
    };
    let state = move || match writing.standing.get() {
        Some(draft) => state(&writing, &draft, publish),
        None => {
            view! { <p>"There is no draft. What is saved here changes nothing on the pages until it is published."</p> }
                .into_any()
        }
    };
    let editor = app.may(Role::Owner).then(|| {
        view! {
            {sides(sheet, "The document (docs: tags), as JSON", forms)}
            <p class="problem" role="alert">{live::text(move || writing.told.trouble(&[]))}</p>
            <div class="actions"><button type="button" on:click=on::click(move |_| save(&writing))>"Save the draft"</button></div>
        }
    });
    view! { <section class="panel" aria-labelledby="draft"><h2 id="draft">"Draft"</h2>{state}{editor}</section> }
        .into_any()
}

fn save(writing: &Writing) {
    let Writing { app, site, sheet, revision, saved, standing, told } = *writing;
    if !sheet.wrong.with_untracked(String::is_empty) {
        return app.say("The JSON cannot be read yet. Mend it, and save it then.");
    }
    spawn_local(async move {
        let document = sheet.document.get_untracked();
        let found = tags::save(&site.get_value(), &document, revision.get_untracked()).await;
        let Some(Some(draft)) = told.hear(found) else { return };
        revision.update(|revision| *revision = revision.saturating_add(1));
        saved.set(document);
        app.say(match draft.problems.len() {
            0 => "The draft was saved.".to_owned(),
            1 => "The draft was saved. One thing is wrong with it.".to_owned(),
            count => ["The draft was saved. ", &count.to_string(), " things are wrong with it."].concat(),
        });
        sheet.tell(draft.problems.clone());
        standing.set(Some(draft));
    });
}

/// What it changes, and what is wrong with it; where nothing is, it can be published.
fn state(writing: &Writing, draft: &Draft, publish: impl Fn() + Clone + Send + Sync + 'static) -> AnyView {
    let Writing { app, sheet, saved, .. } = *writing;
    let changes = draft.changes.words();
    let warning =
        if changes.is_empty() { "It says the same as what is published.".to_owned() } else { changes.join(". ") };
    let changes = changes.into_iter().map(|line| view! { <li>{line}</li> }).collect_any();
    let is_whole = draft.problems.is_empty() && app.may(Role::Owner);
    let is_saved = Memo::new(move |_| sheet.document.with(|document| saved.with(|saved| document == saved)));
    let offer = move || {
        let (warning, publish) = (warning.clone(), publish.clone());
        match (is_whole, is_saved.get()) {
            (true, true) => view! { <p><Confirm label="Publish" of="the draft" warning act=publish /></p> }.into_any(),
            (_, false) => view! { <p class="soft">"What is written below is not saved yet."</p> }.into_any(),
            (false, true) => ().into_any(),
        }
    };
    view! {
        <p class="soft">"Saved "{format::date_and_time(&draft.saved_at)}</p>
        <h3>"What it changes"</h3>
        <ul>{changes}</ul>
        {told(sheet, "It cannot be published yet:")}
        {offer}
    }
    .into_any()
}
