//! Consent: what visitors are told, what they chose, and the proof of it.

mod editor;
mod forms;
mod notices;
mod record;
mod records;

use leptos::prelude::*;

use self::{notices::Notices, record::Record, records::Records};
use crate::{
    app::App,
    views::shared::{heading, of_site},
};

#[component]
pub(crate) fn Consent(app: App) -> impl IntoView {
    let item = Memo::new(move |_| app.route.with(|route| route.item.clone()));
    move || {
        match item.get() {
        id if id.is_empty() => view! {
            {heading("Consent")}
            {of_site(app, move |site| view! { <Notices app site=site.key.clone() /><Records app site=site.key /> }.into_any())}
        }
        .into_any(),
        id => view! { <Record app id /> }.into_any(),
    }
    }
}
