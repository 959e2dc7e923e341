//! The draft: written in forms or as JSON, saved with what is wrong at its place, and published after a look at what it changes.

use std::sync::Arc;

use leptos::{prelude::*, task::spawn_local};

use super::forms::forms;
use crate::{
    api::tags,
    app::App,
    doing::{Change, Told},
    format,
    role::Role,
    tree::Tree,
    views::shared::{
        Confirm,
        form::{Known, Sheet, all, element, line, lines, none, sides, told},
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
    /// The draft as the API answered it, if there is one.
    standing: RwSignal<Tree>,
    told: Told,
}

pub(super) fn draft(
    app: App,
    site: String,
    tags: &Tree,
    known: Known,
    done: impl Fn() + Copy + Send + Sync + 'static,
) -> AnyView {
    let standing = tags.at("draft");
    let begun = [standing, tags.at("published")].map(|it| it.at("document")).into_iter().find(|it| !it.is_nothing());
    let empty = || Tree::object(&[("schema", Tree::Number(1.0)), ("rules", Tree::List(Vec::new()))]);
    let begun = begun.cloned().unwrap_or_else(empty);
    let sheet = Sheet::new(app, "tags", begun.clone(), known);
    sheet.problems.set(tags::problems(standing));
    let writing = Writing {
        app,
        site: StoredValue::new(site),
        sheet,
        revision: RwSignal::new(tags.at("revision").count()),
        saved: RwSignal::new(begun),
        standing: RwSignal::new(standing.clone()),
        told: Told::of("draft"),
    };
    let publish = move || {
        let change = Change::new("publishTags").with_value("site", writing.site.get_value());
        writing.told.send(change.with_value("revision", writing.revision.get_untracked()), move || {
            app.say("The tags were published.");
            done();
        });
    };
    let publish = Arc::new(publish);
    let state = Box::new(move || {
        let standing = writing.standing.get();
        if standing.is_nothing() {
            return line(
                "",
                "There is no draft. What is saved here changes nothing on the pages until it is published.",
            );
        }
        state(&writing, &standing, Arc::clone(&publish) as Publish)
    });
    let heading = element("h2").with("id", "draft").says("Draft").view();
    let panel = element("section").with("class", "panel").with("aria-labelledby", "draft").has(heading);
    let panel = panel.has(element("div").with("class", "sides").shows(state).view());
    if !app.may(Role::Owner) {
        return panel.view();
    }
    let trouble = element("p").with("class", "problem").with("role", "alert");
    let trouble = trouble.reads(Box::new(move || writing.told.trouble(&[]))).view();
    let button = element("button").with("type", "button").on("click", Box::new(move |_| save(&writing)));
    let button = element("div").with("class", "actions").has(button.says("Save the draft").view()).view();
    panel.has(sides(sheet, "The document (docs: tags), as JSON", forms)).has(trouble).has(button).view()
}

/// Publishes the draft.
type Publish = Arc<dyn Fn() + Send + Sync>;

fn save(writing: &Writing) {
    let Writing { app, site, sheet, revision, saved, standing, told } = *writing;
    if !sheet.wrong.with_untracked(String::is_empty) {
        return app.say("The JSON cannot be read yet. Mend it, and save it then.");
    }
    spawn_local(async move {
        let document = sheet.document.get_untracked();
        let found = tags::save(&site.get_value(), &document, revision.get_untracked()).await;
        let Some(draft) = told.hear(found) else { return };
        revision.update(|revision| *revision = revision.saturating_add(1));
        saved.set(document);
        let problems = tags::problems(&draft);
        app.say(match problems.len() {
            0 => "The draft was saved.".to_owned(),
            1 => "The draft was saved. One thing is wrong with it.".to_owned(),
            count => ["The draft was saved. ", &count.to_string(), " things are wrong with it."].concat(),
        });
        sheet.tell(problems);
        standing.set(draft);
    });
}

/// What it changes, and what is wrong with it; where nothing is, it can be published.
fn state(writing: &Writing, draft: &Tree, publish: Publish) -> AnyView {
    let Writing { app, sheet, saved, .. } = *writing;
    let changes = tags::changes(draft.at("changes"));
    let warning =
        if changes.is_empty() { "It says the same as what is published.".to_owned() } else { changes.join(". ") };
    let is_whole = draft.at("problems").items().is_empty() && app.may(Role::Owner);
    let is_saved = Memo::new(move |_| sheet.document.with(|document| saved.with(|saved| document == saved)));
    let offer = Box::new(move || {
        if !is_saved.get() {
            return line("soft", "What is written below is not saved yet.");
        }
        let (warning, publish) = (warning.clone(), Arc::clone(&publish));
        if is_whole {
            view! { <p><Confirm label="Publish" of="the draft" warning act=move || publish() /></p> }.into_any()
        } else {
            none()
        }
    });
    all(vec![
        line("soft", &["Saved ", &format::date_and_time(draft.at("savedAt").text())].concat()),
        element("h3").says("What it changes").view(),
        lines("", changes),
        told(sheet, "It cannot be published yet:"),
        element("div").shows(offer).view(),
    ])
}
