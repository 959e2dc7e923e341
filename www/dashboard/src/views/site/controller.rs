//! Who answers for the data.

use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use nod_pages::dom::{value, values};

use crate::{
    api::site,
    app::App,
    doing::{Change, Told},
    live,
    load::{Load, Loading, loaded},
    on,
    role::Role,
    route::{Page, Route},
    rows::CollectAny,
};

const FIELDS: [(&str, &str, &str); 3] = [
    ("controller-name", "name", "Name"),
    ("controller-contact", "contact", "Where to write to"),
    ("controller-region", "region", "Country of numbers without one: GB"),
];

#[component]
pub(super) fn Controller(app: App) -> impl IntoView {
    let controller = Loading::new();
    let load = move || spawn_local(async move { controller.set(Load::of(site::controller().await)) });
    load();
    let staff = Route::to(Page::Staff).address();
    view! {
        <section class="panel" aria-labelledby="controller">
            <div class="head"><h2 id="controller">"Controller"</h2><a href=staff>"Staff"</a></div>
            {loaded(controller, load, move |it| {
                let shown = it.clone();
                view! {
                    <dl>
                        <dt>"Name"</dt><dd>{shown.name}</dd>
                        <dt>"Contact"</dt><dd>{shown.contact.unwrap_or_else(|| "None".to_owned())}</dd>
                        <dt>"Country"</dt><dd>{shown.region.unwrap_or_else(|| "Not said".to_owned())}</dd>
                    </dl>
                    {app.may(Role::Owner).then(|| edit(app, it, load))}
                }.into_any()
            })}
        </section>
    }
}

fn edit(app: App, it: site::Controller, load: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    let told = Told::of("controller");
    let send = move |sent: SubmitEvent| {
        let Some(values) = values(&sent) else { return };
        let change = FIELDS
            .into_iter()
            .fold(Change::new("updateController"), |change, (_, name, _)| change.with(name, &value(&values, name)));
        told.send(change, move || {
            app.say("The controller was changed.");
            load();
        });
    };
    let held = [it.name, it.contact.unwrap_or_default(), it.region.unwrap_or_default()];
    let fields = FIELDS.into_iter().zip(held).map(|((id, name, label), held)| {
        let says = [id, "-problem"].concat();
        view! {
            <div class="field"><label for=id>{label}</label><input id=id name=name autocomplete="off" value=held aria-describedby=says.clone() /><p id=says class="problem" role="alert">{live::text(move || told.problem(name))}</p></div>
        }
    });
    view! {
        <details>
            <summary>"Change the controller"</summary>
            <form class="form act-form" novalidate on:submit=on::submit(send)>
                {fields.collect_any()}
                <p class="problem" role="alert">{live::text(move || told.trouble(&["name", "contact", "region"]))}</p>
                <div class="actions"><button type="submit">"Save"</button></div>
            </form>
        </details>
    }
    .into_any()
}
