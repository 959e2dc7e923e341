//! Somebody is made staff.

use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use nod_pages::{
    dom::{focus, value, values},
    graphql::UserError,
};

use crate::{api, app::App, load::sentence};

#[component]
pub(crate) fn AddForm(app: App, done: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let problems = RwSignal::new(Vec::<UserError>::new());
    let trouble = RwSignal::new(String::new());
    let add = move |sent: SubmitEvent| {
        let Some(values) = values(&sent) else { return };
        let [name, email, role] = ["name", "email", "role"].map(|field| value(&values, field));
        spawn_local(async move {
            let input =
                [("name", name.as_str().into()), ("email", email.as_str().into()), ("role", role.as_str().into())];
            let found = api::change_staff("addStaff", &input).await;
            trouble.set(found.as_ref().err().map(sentence).unwrap_or_default());
            let found = found.unwrap_or_default();
            if let Some(first) = found.first() {
                focus(&["#add-", first.field()].concat());
            } else if trouble.with_untracked(String::is_empty) {
                app.say([&name, " is staff now, and gets a link by mail."].concat());
                done();
            }
            problems.set(found);
        });
    };
    let problem = move |field: &'static str| {
        problems.with(|found| found.iter().find(|error| error.field() == field).map(|error| error.message.clone()))
    };
    let field = move |name: &'static str, label: &'static str, kind: &'static str| {
        let (id, says) = (["add-", name].concat(), ["add-", name, "-problem"].concat());
        let is_wrong = move || problem(name).is_some().then_some("true");
        view! {
            <div class="field">
                <label for=id.clone()>{label}</label>
                <input id=id name=name type=kind autocomplete="off" aria-describedby=says.clone() aria-invalid=is_wrong />
                <p id=says class="problem" role="alert">{move || problem(name)}</p>
            </div>
        }
    };
    view! {
        <form class="panel form" novalidate aria-labelledby="add" on:submit=add>
            <h2 id="add">"Add somebody"</h2>
            {field("name", "Name", "text")}
            {field("email", "E-mail address", "email")}
            <div class="field">
                <label for="add-role">"Role"</label>
                <select id="add-role" name="role" aria-describedby="add-role-about">
                    <option value="VIEWER">"Viewer: reads"</option>
                    <option value="REVIEWER">"Reviewer: also works on requests"</option>
                    <option value="OWNER">"Owner: also changes sites, tags, connections and staff"</option>
                </select>
                <p id="add-role-about" class="soft">"They get a link by mail, which holds for a week."</p>
            </div>
            <p class="problem" role="alert">{move || trouble.get()}</p>
            <div class="actions"><button type="submit">"Add"</button></div>
        </form>
    }
}
