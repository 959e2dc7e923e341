//! Everything that is wrong with a document, with the way to each.

use leptos::prelude::*;

use super::{
    Sheet,
    element::{button, element, none},
};
use crate::{problem::Problem, role::Role};

pub(crate) fn told(sheet: Sheet, heading: &'static str) -> AnyView {
    let all = Box::new(move || {
        let lines: Vec<AnyView> = sheet.problems.with(|all| all.iter().map(|problem| line(sheet, problem)).collect());
        if lines.is_empty() {
            return none();
        }
        let list = element("ul").with("class", "rows").has_all(lines).view();
        let alert = element("div").with("class", "alert").with("role", "alert");
        alert.has(element("p").says(heading).view()).has(list).view()
    });
    element("div").shows(all).view()
}

fn line(sheet: Sheet, problem: &Problem) -> AnyView {
    let place = problem.place.clone();
    let way = if sheet.app.may(Role::Owner) && !place.is_empty() {
        let label = ["Go to ", &place].concat();
        button(&label, Box::new(move |_| sheet.reveal(&place))).view()
    } else {
        element("code").says(&place).view()
    };
    element("li").has(way).says(" ").says(&problem.message).view()
}
