//! The long lists of a document: each part in a sentence, one of them open. And what is no list, open or not in the same way.

use leptos::prelude::*;

use super::{
    Sheet,
    element::{Reads, all, button, element, line, none},
    parts::part,
};
use crate::{forms::Parts, tree::Tree};

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
    let title = [&*id, "-title"].concat();
    let every = Box::new(move || {
        sheet.shape.track();
        let count = sheet.get(listing.place).items().len();
        all((0..count).map(|number| item(sheet, listing, number, count)).collect())
    });
    let wrong = Box::new(move || sheet.problem_of(listing.place));
    let wrong = element("p").with("id", &id).with("tabindex", "-1").with("class", "problem").reads(wrong).view();
    let heading = element("h3").with("id", &title).says(listing.parts.legend).view();
    let list = element("ol").with("class", "rows").shows(every).view();
    let section = element("section").with("class", "listing").with("aria-labelledby", &title);
    section.has_all(vec![heading, line("soft", listing.about), wrong, list, add]).view()
}

fn nth(list: &str, number: usize) -> String {
    [list, "[", &number.to_string(), "]"].concat()
}

/// Exchanges two of a list. The one that is open stays so.
fn exchange(sheet: Sheet, list: &'static str, number: usize, to: usize, button: &str) {
    let count = sheet.get(list).items().len();
    if number.max(to) >= count {
        return;
    }
    sheet.document.update(|document| {
        if let Some(items) = document.list_mut(list) {
            items.swap(number, to);
        }
    });
    let (here, there) = (nth(list, number), nth(list, to));
    sheet.open.update(|open| {
        if *open == here {
            open.clone_from(&there);
        } else if *open == there {
            *open = here;
        }
    });
    sheet.app.say(["It is now number ", &(to + 1).to_string(), "."].concat());
    sheet.reshape(list, [&sheet.id(&there), button].concat());
}

fn item(sheet: Sheet, listing: Listing, number: usize, count: usize) -> AnyView {
    let list = listing.place;
    let place = nth(list, number);
    let name = [listing.parts.one, " ", &(number + 1).to_string()].concat();
    let id = sheet.id(&place);
    let move_to = |label: &str, way: &str, end: &'static str, to: usize| {
        let moved = button(label, Box::new(move |_| exchange(sheet, list, number, to, end)));
        let moved = moved.with("id", &[&*id, end].concat()).with("aria-label", &["Move ", &name, way].concat());
        moved.with_some("aria-disabled", (to >= count).then(|| "true".to_owned())).view()
    };
    let (up, down) = (move_to("↑", " up", "-up", number.wrapping_sub(1)), move_to("↓", " down", "-down", number + 1));
    let remove = Box::new(move |_| {
        let gone = sheet.get(&nth(list, number)).at("id").text().to_owned();
        sheet.remove(list, number, &[listing.parts.one, " ", &gone].concat());
        sheet.document.update(|document| (listing.gone)(document, &gone));
        sheet.open.set(String::new());
        sheet.reshape(list, [&sheet.id(list), "-add"].concat());
    });
    let remove = button("Remove", remove).with("aria-label", &["Remove ", &name].concat()).view();
    let at = place.clone();
    let says = Box::new(move || sheet.document.with(|document| (listing.says)(sheet, document.at(&at))));
    let at = place.clone();
    let form = Box::new(move || all(vec![part(sheet, &at, listing.parts), (listing.more)(sheet, &at)]));
    let open = opened(sheet, place, name, all(vec![up, down, remove]), form);
    element("li").has(element("p").with("class", "says").reads(says).view()).has(open).view()
}

/// Something that is no list, with a title: what is in it is drawn once it is open.
pub(crate) fn block(sheet: Sheet, place: String, title: String, form: Reads<AnyView>) -> AnyView {
    let heading = element("h3").says(&title).view();
    element("section").with("class", "listing").has(heading).has(opened(sheet, place, title, none(), form)).view()
}

/// The button that opens a part, other tools beside it, and the part once it is open.
fn opened(sheet: Sheet, place: String, name: String, tools: AnyView, form: Reads<AnyView>) -> AnyView {
    let id = sheet.id(&place);
    let shown = [&id, "-form"].concat();
    let part = place.clone();
    let is_open = Memo::new(move |_| sheet.open.with(|open| *open == part));
    let at = place.clone();
    let wrong = Box::new(move || {
        match sheet.problems.with(|all| all.iter().filter(|problem| problem.is_within(&at)).count()) {
            0 => String::new(),
            1 => "1 problem".to_owned(),
            count => [&*count.to_string(), " problems"].concat(),
        }
    });
    let turn = Box::new(move |_| sheet.open.set(if is_open.get_untracked() { String::new() } else { place.clone() }));
    let word = move || if is_open.get() { "Close" } else { "Edit" };
    let tool =
        element("button").with("id", &[&id, "-open"].concat()).with("type", "button").with("class", "quiet small");
    let tool = tool
        .with("aria-controls", &shown)
        .with_read("aria-expanded", Box::new(move || Some(is_open.get().to_string())))
        .with_read("aria-label", Box::new(move || Some([word(), " ", &name].concat())))
        .on("click", turn)
        .reads(Box::new(move || word().to_owned()))
        .view();
    let wrong = element("span").with("class", "problem").reads(wrong).view();
    let tools = element("div").with("class", "beside").has_all(vec![tool, tools, wrong]).view();
    let form = Box::new(move || if is_open.get() { form() } else { none() });
    let hidden = Box::new(move || (!is_open.get()).then(String::new));
    let form = element("div").with("id", &shown).with("class", "opened").with_read("hidden", hidden).shows(form).view();
    all(vec![tools, form])
}
