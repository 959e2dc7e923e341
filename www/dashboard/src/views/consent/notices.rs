//! The published notice, and those before it with what changed.

use leptos::{prelude::*, task::spawn_local};

use super::editor::Editor;
use crate::{
    api::consent::{self, Notice},
    app::App,
    format,
    held::Held,
    load::{Load, Loading, loaded},
    on,
    role::Role,
    rows::CollectAny,
    views::shared::{chip, empty, pages},
};

#[component]
pub(super) fn Notices(app: App, site: String) -> impl IntoView {
    let list = Loading::new();
    let published = Loading::new();
    let site = StoredValue::new(site);
    let load = move || {
        spawn_local(async move {
            let site = site.get_value();
            let found = consent::notices(&site, 20, "").await;
            let current = found.as_ref().ok().and_then(|page| page.nodes.iter().find(|notice| notice.is_published));
            let current = current.map(|notice| notice.fingerprint.clone());
            list.set(Load::of(found));
            published.set(match current {
                Some(fingerprint) => Load::of(consent::notice(&site, &fingerprint).await),
                None => Load::Here(None),
            });
        });
    };
    load();
    view! {
        <section class="panel" aria-labelledby="notice">
            <h2 id="notice">"The published notice"</h2>
            {loaded(published, load, move |notice| match notice {
                Some(notice) => current(app, site.get_value(), notice, load),
                None => empty("No notice is published yet."),
            })}
        </section>
        <section class="panel" aria-labelledby="notices">
            <h2 id="notices">"Its history"</h2>
            {loaded(list, load, move |page| {
                let more = pages(&app.route.get_untracked(), &page.page_info).filter(|_| page.page_info.has_next_page);
                let rows = page.nodes.into_iter().map(|notice| view! { <One site=site.get_value() notice /> }).collect_any();
                view! { <ul class="rows">{rows}</ul> {more} }.into_any()
            })}
        </section>
    }
}

fn current(app: App, site: String, notice: Notice, load: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    let editor = app.may(Role::Owner).then(|| view! { <Editor app site notice=notice.clone() done=load /> });
    view! {
        <dl>
            <dt>"Version"</dt><dd>{notice.version}</dd>
            <dt>"Published"</dt><dd>{format::date_and_time(&notice.published_at)}</dd>
            <dt>"Fingerprint"</dt><dd><code>{notice.fingerprint.clone()}</code></dd>
        </dl>
        <details><summary>"All that it says"</summary><pre class="document" tabindex="0">{notice.document.0}</pre></details>
        {editor}
    }
    .into_any()
}

/// One version. What changed in it is asked for when it is opened.
#[component]
fn One(site: String, notice: Notice) -> impl IntoView {
    let whole = Held::new(None::<Load<Option<Notice>>>);
    let fingerprint = StoredValue::new(notice.fingerprint);
    let site = StoredValue::new(site);
    let open = move |_| {
        if whole.with_untracked(Option::is_some) {
            return;
        }
        whole.set(Some(Load::Waiting));
        spawn_local(async move {
            let found = consent::notice(&site.get_value(), &fingerprint.get_value()).await;
            whole.set(Some(Load::of(found)));
        });
    };
    let shown = move || match whole.get() {
        Some(Load::Here(Some(notice))) => changes(&notice),
        Some(Load::Waiting) => view! { <p class="waiting">"Loading…"</p> }.into_any(),
        Some(_) => view! { <p class="problem">"It could not be loaded. Load the page again."</p> }.into_any(),
        None => ().into_any(),
    };
    view! {
        <li>
            <div class="head"><strong>"Version "{notice.version}</strong>{notice.is_published.then(|| chip("PUBLISHED"))}<span class="soft">{format::date_and_time(&notice.published_at)}</span></div>
            <details on:toggle=on::change(open)><summary>"What changed"</summary>{shown}</details>
        </li>
    }
}

fn changes(notice: &Notice) -> AnyView {
    let Some(changes) = &notice.changes else { return view! { <p>"It is the first one."</p> }.into_any() };
    let mut words = changes.purposes.words("Purposes");
    words.extend(changes.vendors.words("Vendors"));
    if !changes.others.is_empty() {
        words.push(["Also changed: ", &changes.others.join(", ")].concat());
    }
    if words.is_empty() {
        words.push("Nothing that the one before it does not say.".to_owned());
    }
    let rows = words.into_iter().map(|line| view! { <li>{line}</li> }).collect_any();
    view! { <ul>{rows}</ul> }.into_any()
}
