//! Everything that is wrong with a document, with the way to each.

use leptos::prelude::*;

use super::Sheet;
use crate::{on, problem::Problem, role::Role};

pub(crate) fn told(sheet: Sheet, heading: &'static str) -> AnyView {
    let all = move || {
        let lines = sheet.problems.with(|all| all.iter().map(|problem| line(sheet, problem)).collect::<Vec<_>>());
        (!lines.is_empty()).then(|| view! { <div class="alert" role="alert"><p>{heading}</p><ul>{lines}</ul></div> })
    };
    all.into_any()
}

fn line(sheet: Sheet, problem: &Problem) -> AnyView {
    let place = problem.place.clone();
    let way = (sheet.app.may(Role::Owner) && !place.is_empty()).then(|| {
        let (label, to) = (["Go to ", &place].concat(), place.clone());
        view! { <button type="button" class="quiet small" aria-label=label on:click=on::click(move |_| sheet.reveal(&to))>"Go there"</button>" " }
    });
    view! { <li>{way}<code>{place}</code>" "{problem.message.clone()}</li> }.into_any()
}
