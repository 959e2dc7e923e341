//! Drafts of answers. One that is chosen stands in the field, to be gone over before anything is shown or sent.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    action::Action,
    api::answers::{self, Draft},
    held::Held,
    on,
    rows::CollectAny,
};

pub(super) fn drafts(action: Action, request: String, why: RwSignal<String>, words: RwSignal<String>) -> impl IntoView {
    let all = Held::new(Vec::<Draft>::new());
    // What was put in last. As long as nobody has changed it, another draft takes its place.
    let last = RwSignal::new(String::new());
    spawn_local(async move { all.set(answers::drafts(&request).await.unwrap_or_default()) });
    let fitting = Memo::new(move |_| {
        why.with(|why| {
            all.with(|all| all.iter().filter(|it| action.takes_draft(&it.key, why)).cloned().collect::<Vec<_>>())
        })
    });
    let choose = move |event| {
        let key: String = event_target_value(&event);
        let text = fitting.with_untracked(|all| all.iter().find(|it| it.key == key).map(|it| it.text.clone()));
        let text = text.unwrap_or_default();
        words.update(|words| *words = put(words, &last.get_untracked(), &text));
        last.set(text);
    };
    let options = move || {
        let option = |it: Draft| view! { <option value=it.key>{it.title}</option> };
        fitting.get().into_iter().map(option).collect_any()
    };
    view! {
        <Show when=move || fitting.with(|all| !all.is_empty())>
            <div class="field">
                <label for="act-draft">"Begin with a draft"</label>
                <select id="act-draft" on:change=on::change(choose)><option value="">"None"</option>{options}</select>
            </div>
        </Show>
    }
}

/// What stands in the field after a draft was chosen: what somebody wrote is never lost.
fn put(words: &str, last: &str, text: &str) -> String {
    let written = words.trim_end();
    match written {
        "" => text.to_owned(),
        _ if written == last.trim_end() => text.to_owned(),
        _ if text.is_empty() => words.to_owned(),
        _ => [written, "\n\n", text].concat(),
    }
}
