//! One request on one page: what is asked, by whom and until when; what we hold; what is to be done; what was written; and what can be
//! done with it.

use leptos::{prelude::*, task::spawn_local};

use super::{act::Act, correspondence, facts, files::files, tasks, writing::Writing};
use crate::{
    api::{people, review},
    app::App,
    load::{Load, Loading, loaded},
    route::{Page, Route},
    views::{people::profile, shared::heading},
};

#[component]
pub(super) fn Review(app: App, id: String) -> impl IntoView {
    let request = Loading::new();
    let held = Loading::new();
    let id = StoredValue::new(id);
    let writing = Writing::new();
    let load = move || {
        spawn_local(async move {
            let id = id.get_value();
            request.set(Load::of(review::review(&id).await));
            held.set(Load::of(people::of_request(&id).await));
        });
    };
    load();
    let all = Route::to(Page::Requests).address();
    view! {
        <p><a href=all>"All requests"</a></p>
        {loaded(request, load, move |found| match found {
            Some(request) => whole(app, &request, held, writing, load),
            None => view! { {heading("No such request")} <p>"It may have been taken out since, or the address is mistyped."</p> }.into_any(),
        })}
    }
}

fn whole(
    app: App,
    request: &review::Review,
    held: Loading<Option<people::Subject>>,
    writing: Writing,
    load: impl Fn() + Copy + Send + Sync + 'static,
) -> AnyView {
    let title = ["Request ", &request.number].concat();
    view! {
        {heading(&title)}
        <p class="jump"><a href="#act">"Go to what can be done"</a></p>
        <div class="columns">
            <div class="column">
                {facts::panel(app, request, load)}
                {tasks::panel(app, request, load)}
                {correspondence::messages(request)}
                <section class="panel" aria-labelledby="held">
                    <h2 id="held">"What we hold"</h2>
                    {loaded(held, load, move |subject| subject.map_or_else(
                        || view! { <p>"Nothing is held of this person, as far as can be told by what they gave."</p> }.into_any(),
                        |subject| profile(app, &subject, load)))}
                </section>
            </div>
            <div class="column side">
                <Act app request=request.clone() writing done=load />
                {files(app, request, load)}
                {correspondence::mails(request)}
                {correspondence::history(request)}
            </div>
        </div>
    }
    .into_any()
}
