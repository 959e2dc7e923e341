//! What is there to download, and files that are added to the answer.

use js_sys::Uint8Array;
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use nod_pages::dom::{the_window, values};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use crate::{
    api::review::Review,
    app::App,
    doing::{Change, Told},
    live, on,
    role::Role,
    rows::CollectAny,
    words::{bytes, readable},
};

/// The API takes no more.
const MOST: f64 = 1_000_000.0;

pub(super) fn files(app: App, request: &Review, done: impl Fn() + Copy + Send + Sync + 'static) -> Option<AnyView> {
    let is_open = matches!(request.status.as_str(), "RECEIVED" | "IN_PROGRESS" | "ON_HOLD");
    let form = (is_open && app.may(Role::Reviewer)).then(|| view! { <Add app id=request.id.clone() done /> });
    if request.files.is_empty() && form.is_none() {
        return None;
    }
    let rows = request.files.iter().map(|file| {
        let name = file.name.clone().unwrap_or_else(|| readable(&file.kind));
        view! { <li><a href=file.url.clone() download="">{name}</a>" "<span class="soft">{bytes(file.bytes)}</span></li> }
    });
    let view = view! {
        <section class="panel" aria-labelledby="files"><h2 id="files">"Files"</h2><ul class="rows">{rows.collect_any()}</ul>{form}</section>
    };
    Some(view.into_any())
}

#[component]
fn Add(app: App, id: String, done: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let told = Told::of("file");
    let wrong = RwSignal::new(String::new());
    let id = StoredValue::new(id);
    let send = move |sent: SubmitEvent| {
        let file = values(&sent).and_then(|values| values.get("file").dyn_into::<File>().ok());
        let Some(file) = file.filter(|file| file.size() > 0.0) else {
            wrong.set("Choose a file that has something in it.".to_owned());
            return;
        };
        if file.size() > MOST {
            wrong.set("The file is greater than 1 MB. Send it another way, and say so in the answer.".to_owned());
            return;
        }
        wrong.set(String::new());
        spawn_local(async move {
            let Some(content) = encoded(&file).await else {
                wrong.set("The file could not be read. Choose it again.".to_owned());
                return;
            };
            let kind = Some(file.type_()).filter(|kind| !kind.is_empty());
            let change = Change::new("addRightsFile").with("id", &id.get_value()).with("name", &file.name());
            let change = change.with("mediaType", &kind.unwrap_or_else(|| "application/octet-stream".to_owned()));
            told.send(change.with_value("content", content), move || {
                app.say("The file is with the request. The person gets it with the answer.");
                done();
            });
        });
    };
    view! {
        <form class="act-form" novalidate aria-label="Add a file" on:submit=on::submit(send)>
            <div class="field">
                <label for="file-content">"Add a file (up to 1 MB)"</label>
                <input id="file-content" name="file" type="file" aria-describedby="file-problem" />
            </div>
            <p id="file-problem" class="problem" role="alert">{live::text(move || Some(wrong.get()).filter(|it| !it.is_empty()).unwrap_or_else(|| told.trouble(&[])))}</p>
            <div class="actions"><button type="submit" class="quiet" aria-disabled=told.busy()>"Add it"</button></div>
        </form>
    }
}

/// Its content in base64.
async fn encoded(file: &File) -> Option<String> {
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    let text: String = Uint8Array::new(&buffer).to_vec().into_iter().map(char::from).collect();
    the_window().btoa(&text).ok()
}
