//! Where a custom application's JSON says what: owners write it in forms, try it on a sample and save it, viewers read it.

use leptos::{prelude::*, task::spawn_local};
use nod_pages::graphql::UserError;

use crate::{
    api::{connections, json},
    app::App,
    doing::Told,
    forms::{Parts, mapping},
    load::{Load, Loading, loaded},
    tree::Tree,
    views::shared::{
        Chosen,
        form::{Known, Listing, Offer, Sheet, add, all, element, fields, items, line, lines, none, sides, told},
    },
};

/// The panel of a custom connection.
pub(super) fn panel(app: App, id: &str, is_owned: bool) -> AnyView {
    let loading = Loading::new();
    let id = StoredValue::new(id.to_owned());
    let load = move || spawn_local(async move { loading.set(Load::of(connections::mapping(&id.get_value()).await)) });
    load();
    let heading = element("h2").with("id", "mapped").says("Where your application's data is").view();
    let shown = loaded(loading, load, move |saved: Tree| match (is_owned, saved.is_nothing()) {
        (true, _) => editor(app, id, saved),
        (false, true) => line("", UNSAVED),
        (false, false) => lines("", mapping::words(&saved)),
    });
    element("section").with("class", "panel").with("aria-labelledby", "mapped").has(heading).has(shown).view()
}

const UNSAVED: &str = "No mapping is saved: Nod looks at the usual places, such as type, data.email and data.user_id.";

fn editor(app: App, id: StoredValue<String>, saved: Tree) -> AnyView {
    let is_saved = RwSignal::new(!saved.is_nothing());
    let document = if saved.is_nothing() { mapping::begun() } else { saved };
    let sheet = Sheet::new(app, "mapping", document, Known::default());
    let heard = Told::of("mapping");
    let trial = RwSignal::new(Tree::Nothing);
    let sample = StoredValue::new(String::new());
    let send = move |is_kept: bool| {
        if !sheet.wrong.with_untracked(String::is_empty) {
            return app.say("The JSON of the mapping cannot be read yet. Mend it, and try again.");
        }
        let document = sheet.document.get_untracked();
        let missing = mapping::missing(&document);
        if !missing.is_empty() {
            trial.set(Tree::Nothing);
            return sheet.tell(missing);
        }
        let answer = async move {
            let sample = match sample.with_value(|text| json::parse(text)) {
                Ok(sample) => sample,
                Err(why) => {
                    let wrong = UserError::new(Some(vec!["sample".to_owned()]), String::new(), why);
                    return Ok((Tree::Nothing, vec![wrong]));
                }
            };
            let id = is_kept.then(|| id.get_value());
            let found = connections::map(id.as_deref(), &document, &sample).await;
            let shown = found.as_ref().map(|(trial, _)| trial.clone()).unwrap_or_default();
            sheet.problems.set(mapping::problems(&document, &shown));
            trial.set(shown);
            found
        };
        heard.ask(answer, move |trial| {
            if is_kept {
                is_saved.set(true);
            }
            app.say(match (is_kept, trial.at("isUseful").is_true()) {
                (true, _) => "The mapping is saved.",
                (false, true) => "Deliveries like the sample would be of use.",
                (false, false) => "Deliveries like the sample would be of no use yet.",
            });
        });
    };
    let unsaved = Box::new(move || if is_saved.get() { none() } else { line("", UNSAVED) });
    let found = Box::new(move || trial.with(found));
    let trouble = element("p").with("id", "mapping-mapping").with("tabindex", "-1").with("class", "problem");
    let trouble = trouble.with("role", "alert").reads(Box::new(move || heard.trouble(&["sample"]))).view();
    let button = |label: &str, class: &str, is_kept: bool| {
        let button = element("button").with("type", "button").with("class", class);
        let is_busy = heard.busy();
        let busy = Box::new(move || is_busy().map(str::to_owned));
        button.with_read("aria-disabled", busy).on("click", Box::new(move |_| send(is_kept))).says(label).view()
    };
    all(vec![
        element("div").shows(unsaved).view(),
        sides(sheet, "The mapping, as JSON", forms),
        sampled(heard, sample),
        told(sheet, "What is missing:"),
        element("div").shows(found).view(),
        trouble,
        element("div").with("class", "actions").has(button("Try", "quiet", false)).has(button("Save", "", true)).view(),
    ])
}

/// The field for a sample.
fn sampled(heard: Told, sample: StoredValue<String>) -> AnyView {
    let label = element("label").with("for", "mapping-sample").says("A sample of your application's JSON").view();
    let typed = Box::new(move |event| sample.set_value(event_target_value(&event)));
    let is_wrong = Box::new(move || (!heard.problem("sample").is_empty()).then(|| "true".to_owned()));
    let text = element("textarea").with("id", "mapping-sample").with("class", "code").with("rows", "8");
    let text = text.with("spellcheck", "false").with("autocomplete", "off").with_read("aria-invalid", is_wrong);
    let text = text.with("aria-describedby", "mapping-sample-help mapping-sample-problem").on("input", typed).view();
    let help =
        "What your application would send. Nothing of it is kept: a trial says what is where, and never what it says.";
    let help = element("p").with("id", "mapping-sample-help").with("class", "soft").says(help).view();
    let wrong = element("p").with("id", "mapping-sample-problem").with("class", "problem").with("role", "alert");
    let wrong = wrong.reads(Box::new(move || heard.problem("sample"))).view();
    element("div").with("class", "field").has_all(vec![label, text, help, wrong]).view()
}

/// What a trial found.
fn found(trial: &Tree) -> AnyView {
    if trial.is_nothing() {
        return none();
    }
    let pair = |(name, words): (&str, String)| [element("dt").says(name).view(), element("dd").says(&words).view()];
    let list = element("dl").has_all(mapping::found(trial).into_iter().flat_map(pair).collect()).view();
    element("div").with("class", "outcome").has(list).view()
}

static LISTS: [Listing; 3] = [
    listing(
        "records",
        &mapping::RECORDS,
        "Each is a place where one person is named, or each of a list.",
        |_, part| mapping::says("records", part),
    ),
    listing(
        "classes",
        &mapping::CLASSES,
        "Only that it was there is kept. Without a path here it is not seen.",
        |_, part| mapping::says("classes", part),
    ),
    listing(
        "consents",
        &mapping::CONSENTS,
        "Whether they allow marketing, as your application knows it.",
        |_, part| mapping::says("consents", part),
    ),
];

const fn listing(
    place: &'static str,
    parts: &'static Parts,
    about: &'static str,
    says: fn(Sheet, &Tree) -> String,
) -> Listing {
    Listing { place, parts, about, says, more: |_, _| none(), gone: |_, _| {} }
}

fn forms(sheet: Sheet) -> AnyView {
    let chosen = |all: &[(&str, &str)]| all.iter().map(|(value, words)| Chosen::new(*value, *words)).collect();
    let offers = [
        Offer { label: "", kinds: Vec::new(), is_named: |_| true },
        Offer { label: "Class", kinds: chosen(mapping::NAMES), is_named: |_| false },
        Offer { label: "Marketing by", kinds: chosen(mapping::CHANNELS), is_named: |_| false },
    ];
    let mut views = vec![fields(sheet, "", mapping::EVENT)];
    for (listing, offer) in LISTS.into_iter().zip(offers) {
        views.push(items(sheet, listing, add(sheet, listing, offer, another)));
    }
    all(views)
}

fn another(_: Sheet, document: &mut Tree, listing: Listing, kind: &str, name: &str) {
    let made = mapping::another(listing.place, kind, name, document.at(listing.place).items());
    if let Some(list) = document.list_mut(listing.place) {
        list.push(made);
    }
}
