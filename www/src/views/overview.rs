//! Who uses what for what, and what one can do about it.

use super::shared::law_line;
use crate::{
    api::{Notice, Purpose, Site, Vendor},
    centre::Centre,
    kind,
    load::loaded,
    texts::{fill, named, t},
};
use leptos::prelude::*;

#[component]
pub(crate) fn Overview(centre: Centre) -> impl IntoView {
    let controller = centre.controller();
    let lead = fill("overview_lead", &[("controller", &controller)]);
    let title = move || match centre.site.get().get() {
        Some(site) => fill("overview_title", &[("site", &site.name)]),
        None => t("shell_title"),
    };
    view! {
        <div class="lead">
            <h1 tabindex="-1">{title}</h1>
            <p>{lead}</p>
        </div>
        <section aria-labelledby="rights-title">
            <h2 id="rights-title">{t("rights_title")}</h2>
            {loaded(centre.site, move || centre.load(), |site| rights(&site).into_any())}
        </section>
        <section aria-labelledby="purposes-title">
            <h2 id="purposes-title">{t("purposes_title")}</h2>
            {loaded(centre.notice, move || centre.load(), |notice| purposes(notice).into_any())}
        </section>
    }
}

/// What can be asked for, each leading to the form.
fn rights(site: &Site) -> impl IntoView + use<> {
    let offered = site.rights.kinds.clone();
    let cards = kind::KINDS.into_iter().filter(|kind| offered.iter().any(|offer| offer == kind)).map(|kind| {
        let address = ["#request=", &kind::address(kind)].concat();
        view! { <li><a class="card" href=address><strong>{named("kind_", kind)}</strong><span>{named("about_", kind)}</span></a></li> }
    });
    view! {
        {law_line(&site.rights.law)}
        <ul class="cards">{cards.map(IntoAny::into_any).collect_view()}</ul>
    }
}

fn purposes(notice: Notice) -> impl IntoView {
    let version = fill(
        "notice_version",
        &[("version", &notice.version.to_string()), ("mark", notice.fingerprint.get(..12).unwrap_or_default())],
    );
    let model = named("model_", &notice.model);
    view! {
        <p>{model} " " <a href="#choices">{t("nav_choices")}</a></p>
        <div class="purposes">{notice.purposes.into_iter().map(purpose).map(IntoAny::into_any).collect_view()}</div>
        <p class="soft small">{version}</p>
    }
}

/// One purpose, with its basis, how long its data is kept, and who acts under it.
fn purpose(purpose: Purpose) -> impl IntoView {
    let always = purpose.essential.then(|| view! { <span class="chip" data-state="always">{t("always_on")}</span> });
    let vendors = (!purpose.vendors.is_empty()).then(|| {
        view! {
            <h4>{t("vendors")}</h4>
            <ul class="vendors">{purpose.vendors.into_iter().map(vendor).map(IntoAny::into_any).collect_view()}</ul>
        }
    });
    view! {
        <article class="panel">
            <div class="row"><h3>{purpose.name}</h3>{always}</div>
            <p>{purpose.description}</p>
            <dl class="facts">
                <div><dt>{t("legal_basis")}</dt><dd>{purpose.legal_basis}</dd></div>
                <div><dt>{t("retention")}</dt><dd>{purpose.retention}</dd></div>
            </dl>
            {vendors}
        </article>
    }
}

/// A vendor, its policy, and the names it stores things under.
fn vendor(vendor: Vendor) -> impl IntoView {
    let policy = vendor.privacy_policy.map(|address| {
        let label = fill("policy_of", &[("name", &vendor.name)]);
        view! { <a href=address target="_blank" rel="noopener" aria-label=label>{t("privacy_policy")}</a> }
    });
    let stores = (!vendor.storage.is_empty())
        .then(|| view! { <span class="soft">{t("stores")} ": " <code>{vendor.storage.join(", ")}</code></span> });
    view! { <li><strong>{vendor.name}</strong> {policy} {stores}</li> }
}
