//! Reading a configuration with its places, so that every complaint says where.
//!
//! One walk reads and checks. What cannot be read is told and left out, so the walk goes on and tells the rest; whether
//! something that is left out matters is decided at the end, by whether anything was told.

mod action;
mod condition;
pub(super) mod destination;
pub(super) mod rule;
mod value;

use std::cell::RefCell;

use serde_json::{Map, Value};

use super::Problem;
use crate::{destinations::Hosts, id::VendorId, notice::Notice};

pub(super) use {action::is_variable, condition::conditions};

/// The most problems that are told at once.
const MAX_PROBLEMS: usize = 20;

/// What is read is held against this.
pub(super) struct Inspection<'i> {
    /// The site's notice, whose purposes may be named. `None`: any may be.
    notice: Option<&'i Notice>,
    /// Where addresses may lead.
    pub(super) hosts: Hosts,
    /// The variables that have a value, or may be given one.
    pub(super) variables: Vec<String>,
    /// The vendors' ids.
    pub(super) vendors: Vec<String>,
    problems: RefCell<Vec<Problem>>,
}

impl<'i> Inspection<'i> {
    pub(super) fn new(notice: Option<&'i Notice>, hosts: Hosts) -> Self {
        Self { notice, hosts, variables: Vec::new(), vendors: Vec::new(), problems: RefCell::default() }
    }

    /// May this be named as a purpose?
    pub(super) fn knows_purpose(&self, name: &str) -> bool {
        self.notice.is_none_or(|notice| notice.purposes.iter().any(|known| known.id.as_str() == name))
    }

    pub(super) fn into_problems(self) -> Vec<Problem> {
        self.problems.into_inner()
    }
}

/// A value of the document, with its place.
#[derive(Clone)]
pub(super) struct At<'v> {
    pub(super) value: &'v Value,
    pub(super) inspection: &'v Inspection<'v>,
    place: String,
}

impl<'v> At<'v> {
    /// The whole document.
    pub(super) fn whole(value: &'v Value, inspection: &'v Inspection<'v>) -> Self {
        Self { value, inspection, place: String::new() }
    }

    /// Says what is wrong here.
    pub(super) fn refuse(&self, sentence: impl Into<String>) {
        let mut problems = self.inspection.problems.borrow_mut();
        if problems.len() < MAX_PROBLEMS {
            problems.push(Problem { place: self.place.clone(), sentence: sentence.into() });
        }
    }

    /// Says what is wrong with a member, which may not be there.
    pub(super) fn refuse_member(&self, name: &str, sentence: &str) {
        self.below(name, self.value).refuse(sentence);
    }

    fn below(&self, name: &str, value: &'v Value) -> Self {
        let dot = if self.place.is_empty() { "" } else { "." };
        Self { value, inspection: self.inspection, place: [&self.place, dot, name].concat() }
    }

    /// The member of that name, if it is there; `null` is not.
    pub(super) fn member(&self, name: &str) -> Option<Self> {
        self.value.get(name).filter(|value| !value.is_null()).map(|value| self.below(name, value))
    }

    /// The member of that name; told if it is not there.
    pub(super) fn needed(&self, name: &str) -> Option<Self> {
        let found = self.member(name);
        if found.is_none() && self.value.is_object() {
            self.refuse_member(name, "It is needed.");
        }
        found
    }

    /// The object that it is.
    pub(super) fn object(&self) -> Option<&'v Map<String, Value>> {
        let object = self.value.as_object();
        if object.is_none() {
            self.refuse("It is an object: {…}.");
        }
        object
    }

    /// The members of the object that it is, at most so many.
    pub(super) fn members(&self, most: usize) -> Vec<(&'v str, Self)> {
        let Some(object) = self.object() else { return Vec::new() };
        self.count(object.len(), most);
        object.iter().map(|(name, value)| (name.as_str(), self.below(name, value))).collect()
    }

    /// Tells if it is no object, or has members that nothing reads: most likely they are misspelt.
    pub(super) fn only(&self, known: &[&str]) {
        for name in self.object().into_iter().flat_map(Map::keys) {
            if !known.contains(&name.as_str()) {
                self.refuse_member(name, &["There is no such member; here are: ", &known.join(", "), "."].concat());
            }
        }
    }

    /// The elements of the list that it is, at most so many.
    pub(super) fn items(&self, most: usize) -> Vec<Self> {
        let Some(list) = self.value.as_array() else {
            self.refuse("It is a list: […].");
            return Vec::new();
        };
        self.count(list.len(), most);
        let item = |(index, value): (usize, &'v Value)| Self {
            value,
            inspection: self.inspection,
            place: [&self.place, "[", &index.to_string(), "]"].concat(),
        };
        list.iter().enumerate().map(item).collect()
    }

    /// The elements of a member that is a list, if it is there.
    pub(super) fn list(&self, name: &str, most: usize) -> Vec<Self> {
        self.member(name).map(|list| list.items(most)).unwrap_or_default()
    }

    fn count(&self, count: usize, most: usize) {
        if count > most {
            self.refuse(
                ["There are ", &count.to_string(), " of them; at most ", &most.to_string(), " are taken."].concat(),
            );
        }
    }

    /// The text that it is.
    pub(super) fn text(&self) -> Option<&'v str> {
        let text = self.value.as_str();
        if text.is_none() {
            self.refuse("It is a text.");
        }
        text
    }

    /// The text that it is, if it fits; else `wanted` is told.
    pub(super) fn text_where(&self, fits: impl Fn(&str) -> bool, wanted: &str) -> Option<&'v str> {
        let text = self.text()?;
        if fits(text) {
            return Some(text);
        }
        self.refuse(wanted);
        None
    }

    /// `true` or `false`; false where the member is not there.
    pub(super) fn truth(&self, name: &str) -> bool {
        let Some(member) = self.member(name) else { return false };
        member.value.as_bool().unwrap_or_else(|| {
            member.refuse("It is true or false.");
            false
        })
    }

    /// A whole number between these two.
    pub(super) fn whole_number(&self, least: u64, most: u64) -> Option<u64> {
        let number = self.value.as_u64().filter(|number| (least..=most).contains(number));
        if number.is_none() {
            self.refuse(["It is a whole number from ", &least.to_string(), " to ", &most.to_string(), "."].concat());
        }
        number
    }

    /// The id of something in the configuration.
    pub(super) fn id(&self) -> Option<String> {
        let id = self.needed("id")?;
        let is_id = |text: &str| VendorId::parse(text).is_some();
        id.text_where(is_id, "It is made of 1 to 64 lower-case letters, digits, - and _.").map(str::to_owned)
    }

    /// The purpose that it names.
    pub(super) fn purpose(&self) -> Option<String> {
        let name = self.text()?;
        if !self.inspection.knows_purpose(name) {
            let known = self.inspection.notice.into_iter().flat_map(|notice| &notice.purposes);
            let known: Vec<&str> = known.map(|known| known.id.as_str()).collect();
            self.refuse(["The site's notice has no such purpose; it has: ", &known.join(", "), "."].concat());
        }
        Some(name.to_owned())
    }

    /// The member `settings`, an object; empty where it is not there.
    pub(super) fn settings(&self) -> Option<Map<String, Value>> {
        match self.member("settings") {
            Some(settings) => settings.object().cloned(),
            None => Some(Map::new()),
        }
    }

    /// The member `purposes`: at least one, because nothing may be done for no purpose.
    pub(super) fn purposes(&self) -> Vec<String> {
        let Some(list) = self.needed("purposes") else { return Vec::new() };
        let items = list.items(30);
        if items.is_empty() && list.value.is_array() {
            list.refuse("At least one purpose is needed.");
        }
        items.iter().filter_map(At::purpose).collect()
    }

    /// A list of names of events, or of beginnings of names.
    pub(super) fn event_patterns(&self, name: &str) -> Vec<String> {
        let patterns = self.list(name, 100);
        patterns.iter().filter_map(At::event_pattern).map(str::to_owned).collect()
    }

    /// The name of an event, or a beginning of names with a `*` behind it.
    pub(super) fn event_pattern(&self) -> Option<&'v str> {
        let fits = |text: &str| text == "*" || is_event_name(text.strip_suffix('*').unwrap_or(text));
        self.text_where(fits, "It is an event's name, or the beginning of some with a * behind it.")
    }
}

/// May an event have this name?
pub(super) fn is_event_name(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.:-".contains(&byte))
}

/// Tells of every element whose name another had before it.
pub(super) fn refuse_twice(items: &[At<'_>], name: &str) {
    for (index, item) in items.iter().enumerate() {
        let is_taken = |earlier: &At<'_>| earlier.value.get(name) == item.value.get(name);
        if item.value.get(name).is_some() && items.iter().take(index).any(is_taken) {
            item.refuse_member(name, "There is another of this name.");
        }
    }
}
