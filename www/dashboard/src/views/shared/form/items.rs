//! The long lists of a document: each part in a sentence, one of them open. And what is no list, open or not in the same way.

use leptos::prelude::*;

use super::{Sheet, parts::part};
use crate::{forms::Parts, live, on, rows::CollectAny, tree::Tree};

/// A list of a document.
#[derive(Clone, Copy)]
pub(crate) struct Listing {
    /// Its place.
    pub(crate) place: &'static str,
    pub(crate) parts: &'static Parts,
    /// What stands above it.
    pub(crate) about: &'static str,
    /// One of it in a sentence.
    pub(crate) says: fn(Sheet, &Tree) -> String,
    /// What else there is to fill in, of the part at a place.
    pub(crate) more: fn(Sheet, &str) -> AnyView,
    /// Before one is removed: what else goes with it.
    pub(crate) gone: fn(&mut Tree, &str),
}

/// The list with a form for another one below it.
pub(crate) fn items(sheet: Sheet, listing: Listing, add: AnyView) -> AnyView {
    let id = sheet.id(listing.place);
    let all = move || {
        sheet.shape.track();
        let count = sheet.get(listing.place).items().len();
        (0..count).map(|number| item(sheet, listing, number, count)).collect_any()
    };
    let title = [&*id, "-title"].concat();
    let by = title.clone();
    view! {
        <section class="listing" aria-labelledby=by>
            <h3 id=title>{listing.parts.legend}</h3>
            <p class="soft">{listing.about}</p>
            <p id=id tabindex="-1" class="problem">{live::text(move || sheet.problem_of(listing.place))}</p>
            <ol class="rows">{all}</ol>
            {add}
        </section>
    }
    .into_any()
}

fn nth(list: &str, number: usize) -> String {
    [list, "[", &number.to_string(), "]"].concat()
}

fn item(sheet: Sheet, listing: Listing, number: usize, count: usize) -> AnyView {
    let place = nth(listing.place, number);
    let name = [listing.parts.one, " ", &(number + 1).to_string()].concat();
    let id = sheet.id(&place);
    let at = place.clone();
    let says = move || sheet.document.with(|document| (listing.says)(sheet, document.at(&at)));
    let shift = move |to: usize, button: &str| {
        if to >= count {
            return;
        }
        sheet.document.update(|document| {
            if let Some(items) = document.list_mut(listing.place).filter(|items| number.max(to) < items.len()) {
                items.swap(number, to);
            }
        });
        let (here, there) = (nth(listing.place, number), nth(listing.place, to));
        sheet.open.update(|open| {
            if *open == here {
                open.clone_from(&there);
            } else if *open == there {
                *open = here;
            }
        });
        sheet.app.say(["It is now number ", &(to + 1).to_string(), "."].concat());
        sheet.reshape(listing.place, [&sheet.id(&there), "-", button].concat());
    };
    let remove = move |_| {
        let mut gone = String::new();
        sheet.document.update(|document| {
            gone.push_str(document.at(&nth(listing.place, number)).at("id").text());
            if let Some(items) = document.list_mut(listing.place).filter(|items| number < items.len()) {
                items.remove(number);
            }
            (listing.gone)(document, &gone);
        });
        sheet.open.set(String::new());
        let said = ["The ", listing.parts.one, " ", &gone, " is removed. Load the page again to have it back."];
        sheet.app.say(said.concat());
        sheet.reshape(listing.place, [&sheet.id(listing.place), "-add"].concat());
    };
    let (at, more) = (place.clone(), listing.more);
    let form = move || view! { {part(sheet, &at, listing.parts)} {more(sheet, &at)} }.into_any();
    let [up, down] = ["-up", "-down"].map(|end| [&*id, end].concat());
    let [up_label, down_label] = [" up", " down"].map(|way| ["Move ", &name, way].concat());
    let tools = view! {
        <button id=up type="button" class="quiet small" aria-label=up_label aria-disabled=(number == 0).then_some("true")
            on:click=on::click(move |_| shift(number.wrapping_sub(1), "up"))>"↑"</button>
        <button id=down type="button" class="quiet small" aria-label=down_label aria-disabled=(number + 1 == count).then_some("true")
            on:click=on::click(move |_| shift(number + 1, "down"))>"↓"</button>
        <button type="button" class="quiet small" aria-label=["Remove ", &name].concat() on:click=on::click(remove)>"Remove"</button>
    };
    let open = opened(sheet, place, name.clone(), tools.into_any(), Box::new(form));
    view! { <li><p class="says">{says}</p>{open}</li> }.into_any()
}

/// Something that is no list, with a title: what is in it is drawn once it is open.
pub(crate) fn block(sheet: Sheet, place: String, title: String, form: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
    let open = opened(sheet, place, title.clone(), ().into_any(), form);
    view! { <section class="listing"><h3>{title}</h3>{open}</section> }.into_any()
}

/// The button that opens a part, other tools beside it, and the part once it is open.
fn opened(sheet: Sheet, place: String, name: String, tools: AnyView, form: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
    let id = sheet.id(&place);
    let shown = [&id, "-form"].concat();
    let part = place.clone();
    let is_open = Memo::new(move |_| sheet.open.with(|open| *open == part));
    let at = place.clone();
    let wrong = move || {
        let count = sheet.problems.with(|all| all.iter().filter(|problem| problem.is_within(&at)).count());
        (count > 0)
            .then(|| view! { <span class="problem">{count}{if count == 1 { " problem" } else { " problems" }}</span> })
    };
    let turn = move |_| sheet.open.set(if is_open.get_untracked() { String::new() } else { place.clone() });
    let label = move || [if is_open.get() { "Close " } else { "Edit " }, &name].concat();
    view! {
        <div class="beside">
            <button id=[&id, "-open"].concat() type="button" class="quiet small" aria-expanded=move || is_open.get().to_string() aria-controls=shown.clone()
                aria-label=label on:click=on::click(turn)>{live::part(move || if is_open.get() { "Close" } else { "Edit" })}</button>
            {tools}
            {wrong}
        </div>
        <div id=shown class="opened" hidden=move || !is_open.get()>{live::part(move || is_open.get().then(&form))}</div>
    }
    .into_any()
}
