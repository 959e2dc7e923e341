//! Several requests at once. The one thing that is safe for many is to take them: nobody is written to, and nothing ends.

use leptos::{prelude::*, task::spawn_local};

use crate::{app::App, doing::Change, live, load::sentence, on};

/// The ids of those that are chosen.
pub(crate) type Chosen = RwSignal<Vec<String>>;

#[component]
pub(super) fn Bulk(app: App, chosen: Chosen, then: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let is_busy = RwSignal::new(false);
    let take = move |_| {
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        spawn_local(async move {
            let said = take(app, chosen.get_untracked()).await;
            app.say(said);
            is_busy.set(false);
            chosen.set(Vec::new());
            then();
        });
    };
    view! {
        <Show when=move || chosen.with(|chosen| !chosen.is_empty())>
            <div class="bulk actions" role="group" aria-label="The chosen requests">
                <button type="button" aria-disabled=move || is_busy.get().then_some("true") on:click=on::click(take)>
                    {live::text(move || match chosen.with(Vec::len) {
                        1 => "Take 1 request".to_owned(),
                        many => ["Take ", &many.to_string(), " requests"].concat(),
                    })}
                </button>
                <button type="button" class="quiet" on:click=on::click(move |_| chosen.set(Vec::new()))>"Choose none"</button>
            </div>
        </Show>
    }
}

/// Takes one after the other, says how far it is, and ends where one is refused.
async fn take(app: App, ids: Vec<String>) -> String {
    let me = app.member();
    let all = ids.len();
    for (done, id) in ids.iter().enumerate() {
        app.say([&done.to_string(), " of ", &all.to_string(), " taken…"].concat());
        let change = Change::new("assignRightsRequest").with("id", id).with("token", &me);
        let trouble = match change.send().await {
            Ok(errors) => errors.first().map(|error| error.message.clone()),
            Err(trouble) => Some(sentence(&trouble)),
        };
        if let Some(trouble) = trouble {
            return [&done.to_string(), " of ", &all.to_string(), " are yours now. ", &trouble].concat();
        }
    }
    if all == 1 { "It is yours now.".to_owned() } else { [&all.to_string(), " are yours now."].concat() }
}
