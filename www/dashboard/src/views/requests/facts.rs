//! What is asked, by whom, by which law and until when; and who works on it.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    action::reason,
    api::{Member, review::Review, staff},
    app::App,
    doing::{Change, act},
    format,
    held::Held,
    on,
    role::Role,
    rows::CollectAny,
    views::shared::chip,
    words::{days_left, readable, urgency},
};

pub(super) fn panel(app: App, request: &Review, load: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    let is_open = matches!(request.status.as_str(), "RECEIVED" | "IN_PROGRESS" | "ON_HOLD");
    let days = i64::from(request.days_left);
    let due = is_open.then(|| view! { <strong data-urgency=urgency(days)>{days_left(days)}</strong>" · " });
    let rows = facts(request).into_iter().map(|(name, value)| view! { <dt>{name}</dt><dd>{value}</dd> });
    let said = request.message.clone().map(|text| {
        view! { <h3>"What was said"</h3><blockquote lang=request.locale.clone()>{text}</blockquote> }
    });
    view! {
        <section class="panel" aria-labelledby="facts">
            <div class="head"><h2 id="facts">{readable(&request.kind)}</h2>{chip(&request.status)}</div>
            <p class="figures">{due}<span class="soft">"Until "{format::last_day(&request.due_at)}</span></p>
            <dl>
                <dt>"Law"</dt><dd><a href=request.law.source.clone() rel="noopener noreferrer" target="_blank">{request.law.name.clone()}</a></dd>
                {rows.collect_any()}
                <dt>"Assigned to"</dt><dd>{assigned(app, request, load)}</dd>
            </dl>
            {said}
        </section>
    }
    .into_any()
}

/// Each fact that there is.
fn facts(request: &Review) -> Vec<(&'static str, String)> {
    let why = |name: &Option<String>| name.as_deref().map_or("No reason was given", reason);
    let day = |moment: &Option<String>| moment.as_deref().map(format::date_and_time);
    let from = match (&request.name, &request.email) {
        (Some(name), Some(email)) => Some([name, ", ", email].concat()),
        (name, email) => name.clone().or_else(|| email.clone()),
    };
    let proof = request.verified_at.as_deref().map(format::date_and_time);
    let rows = [
        ("From", from),
        ("Filed by", request.agent.as_ref().map(|agent| [&agent.name, ", ", &agent.email].concat())),
        ("Platform", request.connection.as_ref().map(|connection| connection.label.clone())),
        ("Lives in", request.region.clone()),
        ("Language", Some(request.locale.clone())),
        ("Came by", Some(readable(&request.origin))),
        ("Site", request.site.clone()),
        ("Received", Some(format::date_and_time(&request.received_at))),
        ("Address proven", Some(proof.unwrap_or_else(|| "No".to_owned()))),
        ("Confirmed", day(&request.acknowledged_at)),
        (
            "Extended",
            request.extension.as_ref().map(|it| [why(&it.reason), ", until ", &format::last_day(&it.until)].concat()),
        ),
        (
            "On hold",
            request.hold.as_ref().map(|it| [why(&it.reason), ", since ", &format::date_and_time(&it.since)].concat()),
        ),
        ("Legal hold", request.legal_hold.then(|| "Nothing may be erased".to_owned())),
        ("Denied", request.denial.as_ref().map(|it| reason(&it.reason).to_owned())),
        ("Ground", request.denial.as_ref().and_then(|it| it.ground.clone())),
        ("Explained", request.denial.as_ref().and_then(|it| it.note.clone())),
        ("Appeal until", request.denial.as_ref().and_then(|it| it.appeal_by.as_deref().map(format::last_day))),
        ("Appealed", request.denial.as_ref().and_then(|it| day(&it.appealed_at))),
        ("Repeats", request.duplicate_of.clone()),
        ("Ended", day(&request.closed_at)),
        ("Person taken out", day(&request.erased_at)),
    ];
    rows.into_iter().filter_map(|(name, value)| value.map(|value| (name, value))).collect()
}

fn assigned(app: App, request: &Review, load: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    let own = app.member();
    let whose = StoredValue::new(request.assigned.clone().unwrap_or_default());
    let is_own = request.assigned.as_ref() == Some(&own);
    let members = Held::new(Vec::<Member>::new());
    // Without their names there is still whether it is one's own.
    spawn_local(async move { members.set(staff::members().await.unwrap_or_default()) });
    let who = move || match whose.get_value().as_str() {
        "" => "Nobody".to_owned(),
        _ if is_own => "You".to_owned(),
        id => members
            .with(|members| members.iter().find(|member| member.id == id).map(|member| member.name.clone()))
            .unwrap_or_else(|| "Somebody else".to_owned()),
    };
    let id = StoredValue::new(request.id.clone());
    let give = move |to: &str, done: &'static str| {
        let change = Change::new("assignRightsRequest").with("id", &id.get_value()).with("token", to);
        act(app, change, done, load);
    };
    let controls = app.may(Role::Reviewer).then(|| {
        let (label, token, done) = if is_own {
            ("Give it back", String::new(), "It is nobody's now.")
        } else {
            ("Take it", own.clone(), "It is yours now.")
        };
        let others = move || {
            let can = |member: &&Member| member.removed_at.is_none() && member.role != "VIEWER";
            let others = |member: &&Member| member.id != own && whose.with_value(|whose| member.id != *whose);
            let option = |member: &Member| view! { <option value=member.id.clone()>{member.name.clone()}</option> };
            members.with(|members| members.iter().filter(can).filter(others).map(option).collect_any())
        };
        view! {
            <button type="button" class="quiet small" on:click=on::click(move |_| give(&token, done))>{label}</button>
            <select class="small" aria-label="Give it to" on:change=on::change(move |event| give(&event_target_value(&event), "It is theirs now."))>
                <option value="" selected>"Give it to…"</option>
                {others}
            </select>
        }
    });
    view! { <span class="beside">{who}{controls}</span> }.into_any()
}
