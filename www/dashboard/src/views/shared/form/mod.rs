//! Forms over a document: drawn from tables ([`crate::forms`]), they change its JSON in place. The same document can be written as JSON.

mod add;
mod control;
mod element;
mod field;
mod items;
mod pairs;
mod parts;
mod sides;
mod told;
mod value;

use leptos::{prelude::*, task::spawn_local};
use nod_pages::dom::{document, focus, next_turn};

pub(crate) use self::{
    add::{Offer, add},
    element::{all, element, line, lines, none},
    field::{field, fields},
    items::{Listing, block, items},
    sides::sides,
    told::told,
};
use super::fields::Chosen;
use crate::{
    app::App,
    forms::Kind,
    notice::Language,
    problem::{Problem, at, part_of},
    tree::Tree,
};

/// What a form shows beside the document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    /// The purposes that may be named.
    pub(crate) purposes: Vec<Chosen>,
    /// Vendors' templates.
    pub(crate) templates: Vec<Kind>,
    /// What the product says by itself.
    pub(crate) languages: Vec<Language>,
    /// The language for visitors whose own is not spoken.
    pub(crate) locale: String,
}

/// A document that is being written. Copying gives another handle to the same.
#[derive(Clone, Copy)]
pub(crate) struct Sheet {
    pub(crate) app: App,
    /// What the ids of its fields begin with.
    name: &'static str,
    pub(crate) document: RwSignal<Tree>,
    /// Raised when parts came, went or became others: then their fields are drawn anew. Otherwise they are left alone, and with them
    /// the cursor.
    shape: RwSignal<u32>,
    /// The place of the part that is open.
    open: RwSignal<String>,
    pub(crate) problems: RwSignal<Vec<Problem>>,
    /// What somebody writes as JSON, and what is wrong with it: then the document is still what it was before.
    text: RwSignal<String>,
    pub(crate) wrong: RwSignal<String>,
    known: StoredValue<Known>,
    /// What else follows from something that was filled in, with its place and what stood there.
    follow: fn(Self, &str, &Tree),
    /// A name that is being changed, and what it was when others named it so.
    pub(crate) renamed: StoredValue<(String, String)>,
}

impl Sheet {
    pub(crate) fn new(app: App, name: &'static str, document: Tree, known: Known) -> Self {
        Self {
            app,
            name,
            document: RwSignal::new(document),
            shape: RwSignal::new(0),
            open: RwSignal::new(String::new()),
            problems: RwSignal::new(Vec::new()),
            text: RwSignal::new(String::new()),
            wrong: RwSignal::new(String::new()),
            known: StoredValue::new(known),
            follow: |_, _, _| {},
            renamed: StoredValue::default(),
        }
    }

    /// The same with what follows from something that is filled in.
    pub(crate) fn following(self, follow: fn(Self, &str, &Tree)) -> Self {
        Self { follow, ..self }
    }

    /// What the forms know beside the document.
    pub(crate) fn known<T>(self, read: impl FnOnce(&Known) -> T) -> T {
        self.known.with_value(read)
    }

    /// Vendors' templates.
    pub(crate) fn templates(self) -> Vec<Kind> {
        self.known.with_value(|known| known.templates.clone())
    }

    /// The id of what is at a place.
    fn id(self, place: &str) -> String {
        let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
        [self.name, "-"].concat() + &place.chars().map(plain).collect::<String>()
    }

    /// What is at a place now, for what is drawn once.
    fn get(self, place: &str) -> Tree {
        self.document.with_untracked(|document| document.at(place).clone())
    }

    /// Something was filled in. What was wrong there is no more known to be.
    fn put(self, place: &str, said: &str, value: Tree) {
        let before = self.get(place);
        self.document.update(|document| document.set(place, value));
        (self.follow)(self, place, &before);
        if self.problems.with_untracked(|all| all.iter().any(|problem| problem.is_within(said))) {
            self.problems.update(|all| all.retain(|problem| !problem.is_within(said)));
        }
    }

    /// Parts have come, gone or become others: draws them anew, and moves the focus to an id. Problems within `list` have lost their
    /// places.
    pub(crate) fn reshape(self, list: &str, focused: String) {
        self.problems.update(|all| all.retain(|problem| !problem.is_within(list)));
        self.shape.update(|shape| *shape = shape.wrapping_add(1));
        spawn_local(async move {
            next_turn().await;
            focus(&["#", &focused].concat());
        });
    }

    /// What is wrong at a place and below it, but for what is shown elsewhere.
    fn problem(self, place: &str, shown: &[String]) -> String {
        self.problems.with(|all| at(all, place, shown))
    }

    /// What is wrong at this very place.
    fn problem_of(self, place: &str) -> String {
        self.problems.with(|all| {
            let here = all.iter().find(|problem| problem.place == place);
            here.map(|problem| problem.message.clone()).unwrap_or_default()
        })
    }

    /// Opens what a place is in, and moves the focus as near to it as there is a field.
    pub(crate) fn reveal(self, place: &str) {
        let part = self.document.with_untracked(|document| part_of(document, place));
        self.open.set(part);
        let mut place = place.to_owned();
        spawn_local(async move {
            next_turn().await;
            loop {
                let id = self.id(&place);
                if document().get_element_by_id(&id).is_some() {
                    return focus(&["#", &id].concat());
                }
                match place.rfind(['.', '[']) {
                    Some(end) => place.truncate(end),
                    None => return,
                }
            }
        });
    }

    /// Tells what is wrong, and opens the first of it.
    pub(crate) fn tell(self, problems: Vec<Problem>) {
        let first = problems.first().map(|problem| problem.place.clone());
        self.problems.set(problems);
        if let Some(place) = first {
            self.reveal(&place);
        }
    }
}
