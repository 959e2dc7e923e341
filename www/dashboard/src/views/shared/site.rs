//! Which site a page is about: the address says it, else it is the first one.

use leptos::{prelude::*, task::spawn_local};

use super::fields::{Chosen, filter};
use crate::{
    api::numbers::{self, Site},
    app::App,
    load::{Load, Loading, loaded},
};

/// Shows something of the chosen site, with the choice above it where there are several.
pub(crate) fn of_site(app: App, show: impl Fn(Site) -> AnyView + Copy + Send + Sync + 'static) -> impl IntoView {
    let sites = Loading::new();
    let load = move || spawn_local(async move { sites.set(Load::of(numbers::sites().await)) });
    load();
    loaded(sites, load, move |sites| {
        if sites.is_empty() {
            return super::empty("There is no site yet. `cargo xtask deploy` makes the first one.");
        }
        let options: Vec<Chosen> = sites.iter().skip(1).map(|site| Chosen::new(&site.key, &site.name)).collect();
        let first = sites.first().map(|site| site.name.clone()).unwrap_or_default();
        let choice = (sites.len() > 1)
            .then(|| view! { <form class="filters">{filter(app, "site", "Site", first, options)}</form> });
        let key = Memo::new(move |_| app.route.with(|route| route.get("site").to_owned()));
        let shown = move || {
            let key = key.get();
            let site = sites.iter().find(|site| site.key == key).or_else(|| sites.first());
            site.cloned().map(show)
        };
        view! { {choice} {shown} }.into_any()
    })
}
