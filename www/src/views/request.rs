//! One request: where it stands, what happens next and by when, and what can be done with it.

use super::{
    act::Acts,
    conversation::Messages,
    deadline::{Deadline, Steps},
    shared::{heading, law_line, status},
    sign_in::SignInForm,
    timeline::Timeline,
};
use crate::{
    api::{File, Request},
    centre::Centre,
    format,
    load::loaded,
    texts::{fill, named, t},
};
use leptos::prelude::*;

#[component]
pub(crate) fn OneRequest(centre: Centre, id: String) -> impl IntoView {
    view! {
        <p class="back"><a href="#requests">{t("back")}</a></p>
        {loaded(centre.account, move || centre.load_account(), move |account| match account {
            None => view! { {heading(t("nav_requests"))} <SignInForm centre /> }.into_any(),
            Some(account) => match account.requests.into_iter().find(|request| request.id == id) {
                Some(request) => whole(centre, request).into_any(),
                None => view! { {heading(t("nav_requests"))} <p class="panel">{t("request_unknown")}</p> }.into_any(),
            },
        })}
    }
}

fn whole(centre: Centre, request: Request) -> impl IntoView {
    let controller = centre.controller();
    let next = fill(
        &["next_", &request.status.to_ascii_lowercase()].concat(),
        &[("controller", &controller), ("due", &format::last_day(&request.due_at))],
    );
    let number = fill("request_number", &[("id", &request.number)]);
    let said = request.message.clone().map(
        |text| view! { <figure><figcaption class="soft small">{t("said_label")}</figcaption><blockquote class="said">{text}</blockquote></figure> },
    );
    view! {
        <div class="row">{heading(named("kind_", &request.kind))}{status(&request.status)}</div>
        <p class="soft small">{number}</p>
        <Steps request=request.clone() />
        <section class="panel" aria-labelledby="next-title">
            <h2 id="next-title">{t("next_title")}</h2>
            <p>{next}</p>
            <Deadline request=request.clone() />
            {law_line(&request.law)}
            {said}
            <Acts centre request=request.clone() />
        </section>
        {files(request.files.clone())}
        <Messages centre request=request.clone() />
        <Timeline events=request.events />
    }
}

/// What can be downloaded.
fn files(files: Vec<File>) -> impl IntoView {
    (!files.is_empty()).then(|| {
        let rows = files.into_iter().map(|file| {
            let name = file.name.unwrap_or_else(|| named("file_", &file.kind));
            let is_over = file.downloads_left == 0 || file.expires_at.as_deref().is_some_and(format::is_past);
            let until = file.expires_at.map(|until| fill("file_until", &[("date", &format::date(&until))]));
            let facts = [Some(named("file_", &file.kind)), Some(format::size(file.bytes)), until, Some(format::times_left(file.downloads_left))];
            let facts = facts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
            let link = if is_over {
                view! { <span class="soft">{t("file_over")}</span> }.into_any()
            } else {
                let label = fill("file_download", &[("name", &name)]);
                view! { <a class="button" href=file.url aria-label=label download>{t("download")}</a> }.into_any()
            };
            view! { <li class="row"><div><strong class="name">{name}</strong><p class="soft small">{facts}</p></div>{link}</li> }
        });
        view! {
            <section class="panel" aria-labelledby="files-title">
                <h2 id="files-title">{t("files_title")}</h2>
                <p>{t("files_lead")}</p>
                <ul class="files">{rows.map(IntoAny::into_any).collect_view()}</ul>
            </section>
        }
    })
}
