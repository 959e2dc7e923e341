//! A new notice is written from the published one and published. Nothing is published over what somebody else published meanwhile.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    api::{
        consent::{self, Notice},
        json,
    },
    app::App,
    doing::Told,
    views::shared::{Confirm, long_field},
};

/// What of a notice is an owner's to write; the rest is the site's and the product's.
const DRAFT: [&str; 3] = ["purposes", "vendors", "words"];

#[component]
pub(super) fn Editor(
    app: App,
    site: String,
    notice: Notice,
    done: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let told = Told::of("notice");
    let text = RwSignal::new(json::only(&notice.document, &DRAFT));
    let wrong = RwSignal::new(String::new());
    let again = RwSignal::new(String::new());
    let (site, based_on) = (StoredValue::new(site), StoredValue::new(notice.fingerprint));
    let publish = move || {
        let draft = match json::parse(&text.get_untracked()) {
            Ok(draft) => draft,
            Err(why) => return wrong.set(why),
        };
        wrong.set(String::new());
        let again = match again.get_untracked().as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        spawn_local(async move {
            let found = consent::publish(&site.get_value(), draft, &based_on.get_value(), again).await;
            if told.hear(found).is_some() {
                app.say("The notice was published.");
                done();
            }
        });
    };
    view! {
        <details>
            <summary>"Write a new version"</summary>
            <div class="act-form">
                <p class="soft">"Purposes, vendors and words of your own, as JSON. It begins as the published one."</p>
                {long_field(told, "notice-draft", "draft", "The notice", text)}
                <div class="field">
                    <label for="notice-again">"Visitors who have chosen"</label>
                    <select id="notice-again" on:change=move |event| again.set(event_target_value(&event))>
                        <option value="">"Are asked again if purposes or vendors change"</option>
                        <option value="yes">"Are asked again"</option>
                        <option value="no">"Are not asked again"</option>
                    </select>
                </div>
                <p class="problem" role="alert">{move || if wrong.with(String::is_empty) { told.trouble(&["draft"]) } else { wrong.get() }}</p>
                <p><Confirm label="Publish" of="the notice" warning="Every visitor sees it from the next page on." act=publish /></p>
            </div>
        </details>
    }
}
