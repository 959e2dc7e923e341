//! A new notice is written from the published one, in forms or as JSON, and published. Nothing is published over what somebody else
//! published meanwhile.

use leptos::{prelude::*, task::spawn_local};

use super::forms::{follow, forms};
use crate::{
    api::consent::{self, Notice},
    app::App,
    doing::Told,
    live,
    load::{Load, Loading, loaded},
    notice::{Changes, Language, begun, changes, complete},
    on,
    problem::Problem,
    rows::CollectAny,
    views::shared::{
        Confirm,
        form::{Known, Sheet, sides, told},
    },
};

#[component]
pub(super) fn Editor(
    app: App,
    site: String,
    notice: Notice,
    done: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let languages = Loading::new();
    let load = move || spawn_local(async move { languages.set(Load::of(consent::languages().await)) });
    load();
    let (site, notice) = (StoredValue::new(site), StoredValue::new(notice));
    let is_open = app.route.with_untracked(|route| !route.get("as").is_empty());
    view! {
        <details open=is_open>
            <summary>"Write a new version"</summary>
            {loaded(languages, load, move |languages| writing(app, site, notice, languages, done))}
        </details>
    }
}

fn writing(
    app: App,
    site: StoredValue<String>,
    notice: StoredValue<Notice>,
    languages: Vec<Language>,
    done: impl Fn() + Copy + Send + Sync + 'static,
) -> AnyView {
    let published = notice.with_value(|notice| notice.document.tree());
    let begun = begun(&published, &languages);
    let locale = published.at("default_locale").text().to_owned();
    let known = Known { languages: languages.clone(), locale, ..Known::default() };
    let sheet = Sheet::new(app, "notice", begun, known).following(follow);
    let sent = Told::of("notice");
    let again = RwSignal::new(String::new());
    let changed =
        Memo::new(move |_| sheet.document.with(|draft| changes(&published, &complete(draft, &languages), &languages)));
    let publish = move || {
        if !sheet.wrong.with_untracked(String::is_empty) {
            return app.say("The JSON cannot be read yet. Mend it, and publish it then.");
        }
        let again = match again.get_untracked().as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        spawn_local(async move {
            let draft = sheet.document.with_untracked(|draft| sheet.known(|known| complete(draft, &known.languages)));
            let based_on = notice.with_value(|notice| notice.fingerprint.clone());
            let found = consent::publish(&site.get_value(), &draft, &based_on, again).await;
            let of_draft = found.iter().flat_map(|((), errors)| errors).filter(|error| error.field() == "draft");
            let problems: Vec<Problem> = of_draft.map(|error| Problem::read(&error.message)).collect();
            if sent.hear(found).is_some() {
                app.say("The notice was published.");
                return done();
            }
            sheet.tell(problems);
        });
    };
    let warning = Signal::derive(move || {
        let asked = asked_again(&changed.get(), &again.get());
        ["Every visitor sees it from the next page on. ", asked].concat()
    });
    view! {
        <div class="act-form">
            <p class="soft">"It begins as the published one. Nothing changes for visitors until it is published."</p>
            {sides(sheet, "The notice", forms)}
            <div class="field">
                <label for="notice-again">"Visitors who have chosen"</label>
                <select id="notice-again" on:change=on::change(move |event| again.set(event_target_value(&event)))>
                    <option value="">"Are asked again if purposes or vendors change"</option>
                    <option value="yes">"Are asked again"</option>
                    <option value="no">"Are not asked again"</option>
                </select>
            </div>
            <section aria-labelledby="notice-changes" class="act-form">
                <h3 id="notice-changes">"What it changes"</h3>
                {live::part(move || difference(&changed.get()))}
                <p>{live::part(move || asked_again(&changed.get(), &again.get()))}</p>
            </section>
            {told(sheet, "It cannot be published yet:")}
            <p class="problem" role="alert">{live::text(move || sent.trouble(&["draft"]))}</p>
            <p><Confirm label="Publish" of="the notice" warning act=publish /></p>
        </div>
    }
    .into_any()
}

fn difference(changes: &Changes) -> AnyView {
    if changes.lines.is_empty() {
        return view! { <p class="soft">"Nothing yet: it says the same as the published one."</p> }.into_any();
    }
    let lines = changes.lines.iter().map(|line| view! { <li>{line.clone()}</li> });
    view! { <ul>{lines.collect_any()}</ul> }.into_any()
}

/// Whether visitors who have chosen are asked again.
fn asked_again(changes: &Changes, wish: &str) -> &'static str {
    match (wish, changes.asks_again) {
        ("no", true) => "Purposes or vendors change, so visitors must be asked again: it cannot be published without.",
        ("yes", _) | (_, true) => "Visitors who have chosen are asked again.",
        _ => "Visitors who have chosen are not asked again.",
    }
}
