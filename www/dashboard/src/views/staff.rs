//! Who works here, and which sessions hold.

use leptos::{prelude::*, task::spawn_local};

use super::{
    shared::{Confirm, columns, heading},
    staff_form::AddForm,
    staff_tokens::Tokens,
};
use crate::{
    api::{
        Member,
        staff::{self, Session},
    },
    app::App,
    doing::{Change, act},
    format,
    load::{Load, Loading, loaded},
    on,
    role::Role,
    rows::CollectAny,
    words::readable,
};

const ROLES: [&str; 3] = ["VIEWER", "REVIEWER", "OWNER"];

#[component]
pub(crate) fn Staff(app: App) -> impl IntoView {
    let members = Loading::new();
    let sessions = Loading::new();
    let load = move || {
        spawn_local(async move {
            members.set(Load::of(staff::members().await));
            sessions.set(Load::of(staff::sessions().await));
        });
    };
    load();
    view! {
        {heading("Staff")}
        <section class="panel" aria-labelledby="members">
            <h2 id="members">"Members"</h2>
            {loaded(members, load, move |list| people(app, list, load))}
        </section>
        <Show when=move || app.may(Role::Owner)><AddForm app done=load /></Show>
        <section class="panel" aria-labelledby="sessions">
            <h2 id="sessions">"Sessions"</h2>
            <p class="soft">"Where somebody is signed in. End those that you do not know."</p>
            {loaded(sessions, load, move |list| all(app, list, load))}
        </section>
        <Show when=move || app.may(Role::Owner)><Tokens app /></Show>
    }
}

fn people(app: App, members: Vec<Member>, load: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    let rows =
        members.into_iter().filter(|member| member.removed_at.is_none()).map(move |member| one(app, member, load));
    view! {
        <div class="scroll"><table>
            {columns(&["Name", "Address", "Role", "Last there", ""])}
            <tbody>{rows.collect_any()}</tbody>
        </table></div>
    }
    .into_any()
}

fn one(app: App, member: Member, load: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let seen = member.last_seen_at.as_deref().map_or_else(|| "Never".to_owned(), format::date_and_time);
    let (id, role, name) = (member.id.clone(), member.role.clone(), member.name.clone());
    let role = if app.may(Role::Owner) {
        let (id, label) = (id.clone(), ["Role of ", &name].concat());
        let changed = move |event| {
            let change = Change::new("changeStaffRole").with("id", &id).with("role", &event_target_value(&event));
            act(app, change, "The role was changed.", load);
        };
        let options =
            ROLES.map(|option| view! { <option value=option selected=role == option>{readable(option)}</option> });
        view! { <select aria-label=label on:change=on::change(changed)>{options.collect_any()}</select> }.into_any()
    } else {
        readable(&role).into_any()
    };
    let remove = app.may(Role::Owner).then(|| {
        let remove = move || act(app, Change::new("removeStaff").with("id", &id), "They are staff no more.", load);
        view! { <Confirm label="Remove" of=name warning="They are signed out at once." act=remove /> }
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
                act(app, Change::new("revokeStaffSession").with("id", &session.id), "The session was ended.", load);
            };
            view! { <button type="button" class="quiet" aria-label=label on:click=on::click(end)>"End"</button> }
                .into_any()
        };
        view! {
            <tr>
                <th scope="row" data-label="Who">{session.staff.name}</th>
                <td data-label="By">{how(&session.how)}</td>
                <td data-label="Since">{format::date_and_time(&session.created_at)}</td>
                <td data-label="Last used">{format::date_and_time(&session.last_seen_at)}</td>
                <td class="act">{end}</td>
            </tr>
        }
    });
    view! {
        <div class="scroll"><table>
            {columns(&["Who", "By", "Since", "Last used", ""])}
            <tbody>{rows.collect_any()}</tbody>
        </table></div>
    }
    .into_any()
}

/// How a session began.
fn how(name: &str) -> String {
    match name {
        "ACCESS" => "Cloudflare Access".to_owned(),
        other => readable(other),
    }
}
