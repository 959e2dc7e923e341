//! Who works here, and which sessions hold.

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsValue;

use super::{shared::heading, staff_form::AddForm};
use crate::{
    api::{self, Member, Session},
    app::App,
    format,
    load::{Load, loaded, sentence},
    words::readable,
};

const ROLES: [&str; 3] = ["VIEWER", "REVIEWER", "OWNER"];

#[component]
pub(crate) fn Staff(app: App) -> impl IntoView {
    let members = RwSignal::new(Load::Waiting);
    let sessions = RwSignal::new(Load::Waiting);
    let load = move || {
        spawn_local(async move {
            members.set(Load::of(api::staff().await));
            sessions.set(Load::of(api::sessions().await));
        });
    };
    load();
    view! {
        {heading("Staff")}
        <section class="panel" aria-labelledby="members">
            <h2 id="members">"Members"</h2>
            {loaded(members, load, move |list| people(app, list, load))}
        </section>
        <Show when=move || app.is_owner()><AddForm app done=load /></Show>
        <section class="panel" aria-labelledby="sessions">
            <h2 id="sessions">"Sessions"</h2>
            <p class="soft">"Where somebody is signed in. End those that you do not know."</p>
            {loaded(sessions, load, move |list| all(app, list, load))}
        </section>
    }
}

/// Does something, says what came of it, and shows what is there now.
fn act(
    app: App,
    name: &'static str,
    input: Vec<(&'static str, String)>,
    done: &'static str,
    load: impl Fn() + Copy + 'static,
) {
    spawn_local(async move {
        let input: Vec<(&str, JsValue)> = input.iter().map(|(key, value)| (*key, value.as_str().into())).collect();
        app.say(match api::change_staff(name, &input).await {
            Ok(errors) => errors.first().map_or_else(|| done.to_owned(), |error| error.message.clone()),
            Err(trouble) => sentence(&trouble),
        });
        load();
    });
}

fn people(app: App, members: Vec<Member>, load: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    let rows =
        members.into_iter().filter(|member| member.removed_at.is_none()).map(move |member| one(app, member, load));
    view! {
        <div class="scroll"><table>
            <thead><tr><th scope="col">"Name"</th><th scope="col">"Address"</th><th scope="col">"Role"</th><th scope="col">"Last there"</th><th scope="col"><span class="unseen">"Actions"</span></th></tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table></div>
    }
    .into_any()
}

fn one(app: App, member: Member, load: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let seen = member.last_seen_at.as_deref().map_or_else(|| "Never".to_owned(), format::date_and_time);
    let (id, role, name) = (member.id.clone(), member.role.clone(), member.name.clone());
    let is_asked = RwSignal::new(false);
    let role = if app.is_owner() {
        let (id, label) = (id.clone(), ["Role of ", &name].concat());
        let changed = move |event| {
            let input = vec![("id", id.clone()), ("role", event_target_value(&event))];
            act(app, "changeStaffRole", input, "The role was changed.", load);
        };
        let options =
            ROLES.map(|option| view! { <option value=option selected=role == option>{readable(option)}</option> });
        view! { <select aria-label=label on:change=changed>{options.into_iter().collect_view()}</select> }.into_any()
    } else {
        readable(&role).into_any()
    };
    let remove = app.is_owner().then(|| {
        let (asked, id) = (["Remove ", &name, ": yes"].concat(), id);
        let label = ["Remove ", &name].concat();
        view! {
            <Show when=move || is_asked.get() fallback=move || view! { <button type="button" class="quiet" aria-label=label.clone() on:click=move |_| is_asked.set(true)>"Remove"</button> }>
                <span class="asked">"They are signed out at once."</span>
                <button type="button" class="danger" aria-label=asked.clone() on:click={ let id = id.clone(); move |_| act(app, "removeStaff", vec![("id", id.clone())], "They are staff no more.", load) }>"Yes, remove"</button>
                <button type="button" class="quiet" on:click=move |_| is_asked.set(false)>"No"</button>
            </Show>
        }
    });
    view! {
        <tr>
            <th scope="row" data-label="Name">{member.name}</th>
            <td data-label="Address">{member.email}</td>
            <td data-label="Role">{role}</td>
            <td data-label="Last there">{seen}</td>
            <td class="act">{remove}</td>
        </tr>
    }
}

fn all(app: App, sessions: Vec<Session>, load: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    let rows = sessions.into_iter().map(move |session| {
        let end = if session.is_current {
            view! { <span class="soft">"This one"</span> }.into_any()
        } else {
            let label = ["End the session of ", &session.staff.name].concat();
            let end = move |_| {
                act(app, "revokeStaffSession", vec![("id", session.id.clone())], "The session was ended.", load);
            };
            view! { <button type="button" class="quiet" aria-label=label on:click=end>"End"</button> }.into_any()
        };
        view! {
            <tr>
                <th scope="row" data-label="Who">{session.staff.name}</th>
                <td data-label="Since">{format::date_and_time(&session.created_at)}</td>
                <td data-label="Last used">{format::date_and_time(&session.last_seen_at)}</td>
                <td class="act">{end}</td>
            </tr>
        }
    });
    view! {
        <div class="scroll"><table>
            <thead><tr><th scope="col">"Who"</th><th scope="col">"Since"</th><th scope="col">"Last used"</th><th scope="col"><span class="unseen">"Actions"</span></th></tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table></div>
    }
    .into_any()
}
