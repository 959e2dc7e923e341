//! What several screens share.

use crate::{
    api::Law,
    centre::Centre,
    format,
    texts::{fill, named, t},
};
use leptos::prelude::*;

/// A screen's heading. It takes the focus when the screen opens, so that reading begins there.
pub(crate) fn heading(text: String) -> impl IntoView {
    view! { <h1 tabindex="-1">{text}</h1> }
}

/// A link that opens in a tab of its own.
pub(crate) fn outward(address: String, text: String) -> impl IntoView {
    view! { <a href=address target="_blank" rel="noopener">{text}</a> }
}

/// Who answers for the data, and where to write to.
#[component]
pub(crate) fn Reach(centre: Centre) -> impl IntoView {
    let facts = centre.facts.get_value();
    let contact = if facts.contact.contains('@') {
        let address = ["mailto:", &facts.contact].concat();
        view! { <a href=address>{facts.contact}</a> }.into_any()
    } else {
        facts.contact.into_any()
    };
    let policy = (!facts.policy.is_empty()).then(|| outward(facts.policy, t("privacy_policy")));
    view! {
        <span>{facts.controller}</span>
        " "
        <span>{contact}</span>
        " "
        {policy}
    }
}

/// The law by its name in the page's language, where there is one.
pub(crate) fn law_name(law: &Law) -> String {
    crate::texts::find(&["law_", &law.id.replace('-', "_")].concat()).unwrap_or_else(|| law.name.clone())
}

/// Which law it is, and how long it leaves for an answer.
pub(crate) fn law_line(law: &Law) -> impl IntoView + use<> {
    let within = fill("law_within", &[("time", &format::period(&law.respond_within))]);
    let (name, source) = (law_name(law), law.source.clone());
    view! {
        <div class="law">
            <p><strong>{name}</strong> " " <span>{within}</span></p>
            <details><summary>{t("law_source")}</summary><p class="soft small">{source}</p></details>
        </div>
    }
}

/// Where a request stands, in a word.
pub(crate) fn status(of: &str) -> impl IntoView + use<> {
    let (state, name) = (of.to_ascii_lowercase(), named("status_", of));
    view! { <span class="chip" data-state=state>{name}</span> }
}

/// What went wrong with the whole of something; unseen while there is nothing to say.
pub(crate) fn alert(sentence: impl Fn() -> String + Send + 'static) -> AnyView {
    view! { <p class="alert" role="alert">{sentence}</p> }.into_any()
}
