//! How a site looks: shown as the banner will be painted, and changed by owners with the same sketch before their eyes.

use leptos::{ev::SubmitEvent, prelude::*};
use nod_core::look::{Colour, Corners, Look, Position, Theme};
use nod_pages::{dom::object, graphql::text};

use super::sketch::sketches;
use crate::{
    api::site::{self, Settings},
    app::App,
    doing::{Change, Told},
    held::Held,
    live,
    looks::{self, about},
    on,
    role::Role,
    rows::CollectAny,
};

pub(super) fn look(app: App, of: &Settings, done: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    let set = of.look.as_ref().map(site::Look::read).unwrap_or_default();
    let shown = Held::new(set);
    let form = app.may(Role::Owner).then(|| form(app, of.key.clone(), shown, done));
    view! {
        <h3>"Look"</h3>
        <p>{about(set)}</p>
        {sketches(shown)}
        {form}
    }
    .into_any()
}

fn form(app: App, key: String, shown: Held<Look>, done: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    let prefix = ["look-", &key].concat();
    let id = |name: &str| [&prefix, "-", name].concat();
    let told = Told::of(prefix.clone());
    let key = StoredValue::new(key);
    let named = shown.get_untracked().accent.map(Colour::css).unwrap_or_default();
    let accent = RwSignal::new(named);
    let name_accent = move |event| {
        let name = event_target_value(&event);
        shown.update(|look| look.accent = Colour::parse(name.trim()));
        accent.set(name);
    };
    let change = move |look| {
        let change = Change::new("updateSite").with_value("key", key.get_value()).with_value("look", look);
        told.send(change, move || {
            app.say("The look was changed. Pages show it within minutes.");
            done();
        });
    };
    let save = move |sent: SubmitEvent| {
        sent.prevent_default();
        let Look { theme, corners, position, .. } = shown.get_untracked();
        let choice = |name: &str| name.to_ascii_uppercase().into();
        change(object(&[
            ("accent", text(accent.get_untracked().trim())),
            ("theme", choice(theme.name())),
            ("corners", choice(corners.name())),
            ("position", choice(position.name())),
        ]));
    };
    let painted = move || shown.with(|look| look.accent).unwrap_or(Colour::DEFAULT).css();
    let is_wrong = move || (!told.problem("accent").is_empty()).then_some("true");
    let (accent_id, says) = (id("accent"), id("accent-says"));
    let chooser = [
        choose(
            id("theme"),
            "Light or dark",
            Theme::ALL,
            Theme::name,
            looks::theme,
            move |theme| {
                shown.update(|look| look.theme = theme);
            },
            shown.get_untracked().theme,
        ),
        choose(
            id("corners"),
            "Corners",
            Corners::ALL,
            Corners::name,
            looks::corners,
            move |corners| {
                shown.update(|look| look.corners = corners);
            },
            shown.get_untracked().corners,
        ),
        choose(
            id("position"),
            "Where the banner stands in a wide window",
            Position::ALL,
            Position::name,
            looks::position,
            move |position| {
                shown.update(|look| look.position = position);
            },
            shown.get_untracked().position,
        ),
    ];
    view! {
        <details>
            <summary>"Change the look"</summary>
            <form class="form act-form" novalidate on:submit=on::submit(save)>
                <div class="field">
                    <label for=accent_id.clone()>"Colour of buttons, switches and links"</label>
                    <div class="colour">
                        <input type="color" aria-label="Pick the colour" prop:value=painted on:input=on::change(name_accent) />
                        <input id=accent_id name="accent" autocomplete="off" spellcheck="false" aria-describedby=says.clone() aria-invalid=is_wrong
                            prop:value=move || accent.get() on:input=on::change(name_accent) />
                    </div>
                    <div id=says>
                        <p class="soft">"A hash and six digits, such as #7a1f3d; nothing for Nod's own. Every button has it, so that to refuse looks as to accept does. Where it could not be read it is made darker in light, and lighter in dark."</p>
                        <p class="problem" role="alert">{live::text(move || told.problem("accent"))}</p>
                    </div>
                </div>
                {chooser.collect_any()}
                <p class="problem" role="alert">{live::text(move || told.trouble(&["accent"]))}</p>
                <div class="actions">
                    <button type="submit">"Save the look"</button>
                    <button type="button" class="quiet" on:click=on::click(move |_| change(object(&[])))>"Back to Nod's own"</button>
                </div>
            </form>
        </details>
    }
    .into_any()
}

/// One of several, by their words.
fn choose<T: Copy + PartialEq + Send + Sync + 'static>(
    id: String,
    label: &'static str,
    all: &'static [T],
    name: fn(T) -> &'static str,
    words: fn(T) -> &'static str,
    chosen: impl Fn(T) + Send + Sync + 'static,
    now: T,
) -> AnyView {
    let changed = move |event| {
        let value = event_target_value(&event);
        if let Some(choice) = all.iter().find(|choice| name(**choice) == value) {
            chosen(*choice);
        }
    };
    let options = all.iter().map(|choice| {
        view! { <option value=name(*choice) selected=*choice == now>{words(*choice)}</option> }
    });
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select id=id on:change=on::change(changed)>{options.collect_any()}</select>
        </div>
    }
    .into_any()
}
