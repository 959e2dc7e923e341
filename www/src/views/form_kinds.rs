//! What is asked for, and where somebody lives: the law depends on it.

use super::{form_field::Problems, shared::law_line};
use crate::{
    api::Site,
    centre::Centre,
    format, kind, page,
    texts::{named, t},
};
use leptos::{prelude::*, task::spawn_local};

/// One of the kinds that the law of the place gives.
#[component]
pub(crate) fn Kinds(site: Site, chosen: RwSignal<String>, problems: RwSignal<Problems>) -> impl IntoView {
    let offered = site.rights.kinds;
    if !offered.contains(&chosen.get_untracked()) {
        chosen.set(String::new());
    }
    let kinds = kind::KINDS.into_iter().filter(|kind| offered.iter().any(|offer| offer == kind)).map(|kind| {
        let is_chosen = move || chosen.with(|chosen| chosen == kind);
        let choose = move |_| chosen.set(kind.to_owned());
        let about = ["about-", &kind::address(kind)].concat();
        view! {
            <label class="option">
                <input type="radio" name="kind" value=kind prop:checked=is_chosen aria-describedby=about.clone() on:change=choose />
                <span><strong>{named("kind_", kind)}</strong><span class="soft" id=about>{named("about_", kind)}</span></span>
            </label>
        }
    });
    let problem = move || problems.with(|found| found.of("kind"));
    view! {
        <fieldset aria-describedby="kind-problem">
            <legend>{t("form_kind")}</legend>
            <p class="problem" id="kind-problem" role="alert">{problem}</p>
            <div class="options">{kinds.map(IntoAny::into_any).collect_view()}</div>
        </fieldset>
    }
}

/// Where somebody lives, with the law of that place.
#[component]
pub(crate) fn Place(centre: Centre, site: Site) -> impl IntoView {
    let mut places: Vec<_> =
        site.rights.regions.iter().map(|place| (format::region(&place.region), place.region.clone())).collect();
    places.sort_by(|one, other| format::compare(&one.0, &other.0));
    let here = centre.region.get_untracked();
    let options = places.into_iter().map(|(name, code)| {
        let is_here = code == here;
        view! { <option value=code selected=is_here>{name}</option> }
    });
    let moved = move |event| {
        centre.region.set(event_target_value(&event));
        spawn_local(async move {
            centre.refresh_site().await;
            // The list was drawn anew under the visitor's hand.
            page::next_turn().await;
            page::focus("#region");
        });
    };
    view! {
        <fieldset>
            <legend>{t("form_place")}</legend>
            <div class="field">
                <label for="region">{t("form_region")}</label>
                <p class="hint" id="region-hint">{t("form_region_hint")}</p>
                <select id="region" aria-describedby="region-hint" on:change=moved>
                    <option value="">{t("form_region_here")}</option>
                    {options.map(IntoAny::into_any).collect_view()}
                </select>
            </div>
            <div role="status">{law_line(&site.rights.law)}</div>
        </fieldset>
    }
}
