//! Somebody is made staff.

use leptos::{ev::SubmitEvent, prelude::*};
use nod_pages::dom::{value, values};

use super::shared::field;
use crate::{
    app::App,
    doing::{Change, Told},
    live, on,
};

#[component]
pub(crate) fn AddForm(app: App, done: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let told = Told::of("add");
    let add = move |sent: SubmitEvent| {
        let Some(values) = values(&sent) else { return };
        let [name, email, role] = ["name", "email", "role"].map(|field| value(&values, field));
        let change = Change::new("addStaff").with_value("name", &name).with_value("email", &email).with("role", &role);
        told.send(change, move || {
            app.say([&name, " is staff now, and gets a link by mail."].concat());
            done();
        });
    };
    view! {
        <form class="panel form" novalidate aria-labelledby="add" on:submit=on::submit(add)>
            <h2 id="add">"Add somebody"</h2>
            {field(told, "add-name", "name", "Name", "text")}
            {field(told, "add-email", "email", "E-mail address", "email")}
            <div class="field">
                <label for="add-role">"Role"</label>
                <select id="add-role" name="role" aria-describedby="add-role-about">
                    <option value="VIEWER">"Viewer: reads"</option>
                    <option value="REVIEWER">"Reviewer: also works on requests"</option>
                    <option value="OWNER">"Owner: also changes sites, tags, connections and staff"</option>
                </select>
                <p id="add-role-about" class="soft">"They get a link by mail, which holds for a week."</p>
            </div>
            <p class="problem" role="alert">{live::text(move || told.trouble(&["name", "email"]))}</p>
            <div class="actions"><button type="submit" aria-disabled=told.busy()>"Add"</button></div>
        </form>
    }
}
