//! Every version, and the way back to one.

use leptos::prelude::*;

use crate::{
    api::tags::Version,
    app::App,
    doing::{Change, act},
    format,
    role::Role,
    views::shared::{Confirm, chip},
};

pub(super) fn versions(
    app: App,
    site: &str,
    list: &[Version],
    load: impl Fn() + Copy + Send + Sync + 'static,
) -> Option<AnyView> {
    if list.is_empty() {
        return None;
    }
    let rows = list.iter().map(|version| one(app, site, version, load)).collect_view();
    Some(view! { <section class="panel" aria-labelledby="versions"><h2 id="versions">"Versions"</h2><ul class="rows">{rows}</ul></section> }.into_any())
}

fn one(app: App, site: &str, version: &Version, load: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    let number = version.number;
    let back = (app.may(Role::Owner) && !version.is_published).then(|| {
        let site = site.to_owned();
        let roll = move || {
            let change = Change::new("rollbackTags").with_value("site", site.clone()).with_value("version", number);
            act(app, change, format!("Version {number} is published again."), load);
        };
        view! { <Confirm label="Roll back" of=format!("to version {number}") warning="Its rules, vendors and destinations hold from the next page on." act=roll /> }
    });
    view! {
        <li>
            <div class="head"><strong>"Version "{number}</strong>{version.is_published.then(|| chip("PUBLISHED"))}<span class="soft">{format::date_and_time(&version.published_at)}</span></div>
            {version.note.clone().map(|note| view! { <p>{note}</p> })}
            {back}
        </li>
    }
    .into_any()
}
