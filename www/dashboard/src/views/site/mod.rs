//! Sites: the snippet, what is set, how they look, and which laws and periods hold.

mod controller;
mod holds;
mod look;
mod settings;
mod sketch;

use leptos::{prelude::*, task::spawn_local};

use self::{controller::Controller, holds::Holds, settings::settings};
use crate::{
    api::site,
    app::App,
    load::{Load, Loading, loaded},
    rows::CollectAny,
    views::shared::{empty, heading},
};

#[component]
pub(crate) fn Site(app: App) -> impl IntoView {
    let sites = Loading::new();
    let load = move || spawn_local(async move { sites.set(Load::of(site::settings().await)) });
    load();
    view! {
        {heading("Site")}
        {loaded(sites, load, move |sites| if sites.is_empty() {
            empty("There is no site yet. `cargo xtask deploy` makes the first one.")
        } else {
            sites.iter().map(|site| settings(app, site, load)).collect_any().into_any()
        })}
        <Controller app />
        <Holds />
    }
}
