//! What can be done with a request. Which of it one is about to do stands in the address.

use leptos::prelude::*;

use super::{act_form::ActForm, writing::Writing};
use crate::{
    action::{Action, Standing},
    api::review::Review,
    app::App,
    live,
    role::Role,
    rows::CollectAny,
};

#[component]
pub(super) fn Act(
    app: App,
    request: Review,
    writing: Writing,
    done: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let standing = Standing {
        status: &request.status,
        kind: &request.kind,
        is_extended: request.extension.is_some(),
        is_of_platform: request.connection.is_some(),
    };
    let possible: Vec<Action> = Action::ALL.into_iter().filter(|action| action.is_possible(standing)).collect();
    let offered = StoredValue::new(possible);
    let request = StoredValue::new(request);
    let chosen = Memo::new(move |_| {
        let action = app.route.with(|route| Action::parse(route.get("do")));
        action.filter(|action| offered.with_value(|offered| offered.contains(action)))
    });
    let links = move || {
        let route = app.route.get();
        let link = |action: &Action| {
            let current = (chosen.get() == Some(*action)).then_some("true");
            let address = route.with("do", action.name()).address();
            view! { <li><a class="button quiet" href=address aria-current=current>{action.label()}</a></li> }
        };
        offered.with_value(|offered| offered.iter().map(link).collect_any())
    };
    let body = move || {
        if !app.may(Role::Reviewer) {
            return view! { <p class="soft">"Reviewers and owners work on requests. You can read this one."</p> }
                .into_any();
        }
        if offered.with_value(Vec::is_empty) {
            return view! { <p class="soft">"It has ended: nothing is left to do."</p> }.into_any();
        }
        view! {
            <ul class="actions">{links}</ul>
            {live::part(move || chosen.get().map(|action| view! { <ActForm app action request=request.get_value() writing done /> }))}
        }
        .into_any()
    };
    view! { <section class="panel" aria-labelledby="act"><h2 id="act">"Do"</h2>{body}</section> }
}
