//! What is to be done elsewhere: at platforms that Nod cannot reach by itself.

use leptos::{ev::SubmitEvent, prelude::*};
use nod_pages::dom::{value, values};

use crate::{
    api::review::{Review, Task},
    app::App,
    doing::{Change, act},
    format, on,
    role::Role,
    rows::CollectAny,
    views::shared::chip,
    words::readable,
};

pub(super) fn panel(app: App, request: &Review, load: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    let id = request.id.clone();
    let tasks = request.tasks.iter().map(|task| one(app, &id, task, load)).collect_any();
    let none = request.tasks.is_empty().then(|| {
        view! { <p class="soft">"Nothing is to be done elsewhere. Tasks come up when work starts, one for each connection that knows the person."</p> }
    });
    view! {
        <section class="panel" aria-labelledby="tasks">
            <h2 id="tasks">"Tasks"</h2>
            {none}
            <ul class="rows">{tasks}</ul>
        </section>
    }
    .into_any()
}

fn one(app: App, request: &str, task: &Task, load: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    let place = task.connection.as_ref().map_or_else(|| "By hand".to_owned(), |connection| connection.label.clone());
    let title = [&readable(&task.kind), ": ", &place].concat();
    let link =
        task.link.clone().map(|link| view! { <a href=link rel="noopener noreferrer" target="_blank">"Open there"</a> });
    let is_open = matches!(task.state.as_str(), "OPEN" | "FAILED" | "CALLED");
    let (request, id, label) = (request.to_owned(), task.id.clone(), ["Note on ", &title].concat());
    let complete = (is_open && app.may(Role::Reviewer)).then(|| {
        let sent = move |sent: SubmitEvent| {
            let Some(values) = values(&sent) else { return };
            let change = Change::new("completeRightsTask")
                .with("id", &request)
                .with("task", &id)
                .with("note", &value(&values, "note"));
            act(app, change, "The task is done.", load);
        };
        view! {
            <form class="inline" on:submit=on::submit(sent)>
                <input name="note" aria-label=label placeholder="Note for colleagues (optional)" autocomplete="off" />
                <button type="submit" class="quiet">"Done"</button>
            </form>
        }
    });
    view! {
        <li>
            <div class="head"><strong>{title.clone()}</strong>{chip(&task.state)}</div>
            {task.failure.clone().map(|why| view! { <p class="problem">{why}</p> })}
            {task.note.clone().map(|note| view! { <p>{note}</p> })}
            {task.done_at.as_deref().map(|at| view! { <p class="soft">"Done "{format::date_and_time(at)}</p> })}
            {link}
            {complete}
        </li>
    }
    .into_any()
}
