//! The preferences: the second layer, with every purpose, who acts under it, and a switch for each.
//!
//! Nothing is switched on beyond the choice in force. As in the banner, a control says by an attribute what it does (`data-act`), and
//! one listener around the dialog takes every click (`widget.rs`): that is a good deal smaller than one each.

use crate::{
    desk::{Outcome, Shown, bit},
    json::Json,
};
use js_sys::Array;
use leptos::prelude::*;

/// The preferences of one site, ready to be opened with `showModal()`.
#[component]
pub(crate) fn Preferences(notice: Json, shown: RwSignal<Shown>) -> impl IntoView {
    let texts = notice.at("texts");
    let gpc = notice.at("gpc");
    let honoured = if gpc.flag("honoured") && gpc.flag("signal") { texts.text("gpc_honoured") } else { String::new() };
    let purposes: Vec<_> = notice
        .list("purposes")
        .into_iter()
        .enumerate()
        .map(|(index, purpose)| view! { <Purpose index purpose texts=texts.clone() shown /> })
        .collect();
    let address = notice.text("centre");
    // The fragment stays in the browser: it tells the centre whose choices to show.
    let centre = move || shown.with(|shown| joined(&address, "#visitor=", &shown.visitor));
    view! {
        <dialog class="preferences" aria-labelledby="nod-title" lang=notice.text("locale") dir=notice.text("dir")>
            <div class="head">
                <h2 id="nod-title" tabindex="-1">{texts.text("preferences_title")}</h2>
                <button class="close" data-act="close" aria-label=texts.text("close")></button>
            </div>
            <div class="sheet">
                <p>{texts.text("preferences_body")}</p>
                <p class="gpc">{honoured}</p>
                {purposes}
                <p class="controller"><Policy of=notice.at("controller") label=texts.text("privacy_policy") /></p>
                <p><a href=centre target="_blank" rel="noopener">{notice.text("rights")}</a></p>
            </div>
            <Choices texts shown />
        </dialog>
    }
}

/// One purpose: its switch, what it is for, and on request its legal basis, retention and vendors.
#[component]
fn Purpose(index: usize, purpose: Json, texts: Json, shown: RwSignal<Shown>) -> impl IntoView {
    let id = purpose.text("id");
    let name = purpose.text("name");
    let essential = purpose.flag("essential");
    let always_on = if essential { texts.text("always_on") } else { String::new() };
    let details = texts.text("details");
    let details_of = joined(&details, ": ", &name);
    let vendors: Vec<_> =
        purpose.list("vendors").into_iter().map(|vendor| view! { <Vendor vendor texts=texts.clone() /> }).collect();
    let vendors_title = if vendors.is_empty() { String::new() } else { texts.text("vendors") };
    let checked = move || {
        if shown.with(|shown| shown.switches & bit(index) != 0) { "true" } else { "false" }
    };
    view! {
        <section>
            <div class="row">
                <h3><label for=id.clone()>{name}</label></h3>
                <span>{always_on}</span>
                <button role="switch" data-act="turn" id=id disabled=essential aria-checked=checked></button>
            </div>
            <p>{purpose.text("description")}</p>
            <details>
                <summary aria-label=details_of>{details}</summary>
                <h4>{texts.text("legal_basis")}</h4>
                <p>{purpose.text("legal_basis")}</p>
                <h4>{texts.text("retention")}</h4>
                <p>{purpose.text("retention")}</p>
                <h4>{vendors_title}</h4>
                {vendors}
            </details>
        </section>
    }
}

/// A vendor, its policy, and the names it stores things under.
#[component]
fn Vendor(vendor: Json, texts: Json) -> impl IntoView {
    let storage = vendor.at("storage").0;
    let stores = if Array::is_array(&storage) && Array::from(&storage).length() > 0 {
        joined(&texts.text("stores"), ": ", &String::from(Array::from(&storage).join(", ")))
    } else {
        String::new()
    };
    view! {
        <p><Policy of=vendor label=texts.text("privacy_policy") /></p>
        <p class="stores">{stores}</p>
    }
}

/// The name of a vendor or the controller, with a link to its privacy policy where it has one. The link is named so that
/// it makes sense on its own.
#[component]
fn Policy(of: Json, label: String) -> impl IntoView {
    let name = of.text("name");
    let address = of.text("privacy_policy");
    let link = (!address.is_empty()).then(|| {
        let label_of = joined(&label, ": ", &name);
        view! { <a href=address target="_blank" rel="noopener" aria-label=label_of>{label}</a> }
    });
    view! {
        {name}
        " "
        {link}
    }
}

fn joined(first: &str, between: &str, second: &str) -> String {
    let mut whole = String::from(first);
    whole.push_str(between);
    whole.push_str(second);
    whole
}

/// The status line and the three ways to choose, alike in weight.
#[component]
fn Choices(texts: Json, shown: RwSignal<Shown>) -> impl IntoView {
    let saving = texts.text("saving");
    let saved = texts.text("saved");
    let failed = texts.text("failed");
    let record = joined(" ", &texts.text("record"), " ");
    let status = move || {
        shown.with(|shown| match shown.outcome {
            Outcome::None => String::new(),
            Outcome::Saving => saving.clone(),
            Outcome::Saved => joined(&saved, &record, shown.record.get(..8).unwrap_or(&shown.record)),
            Outcome::Failed => failed.clone(),
        })
    };
    let state = move || {
        shown.with(|shown| match shown.outcome {
            Outcome::None => "none",
            Outcome::Saving => "saving",
            Outcome::Saved => "saved",
            Outcome::Failed => "failed",
        })
    };
    view! {
        <div class="foot" data-state=state>
            <div class="answer">
                <p class="status" role="status">{status}</p>
                <button class="retry" data-act="again">{texts.text("retry")}</button>
            </div>
            <div class="choices">
                <button data-act="reject-all">{texts.text("reject_all")}</button>
                <button data-act="accept-all">{texts.text("accept_all")}</button>
                <button data-act="save">{texts.text("save_choices")}</button>
            </div>
        </div>
    }
}
