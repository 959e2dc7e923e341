//! Forms as data: which fields a part of a document has, by its kind. What draws them is one component (`views/shared/form`); what they
//! may say is the rules' (`nod_core::tags`, `nod_core::notice`, `nod_core::intake`), against which tests hold these tables.

/// A field: its name, its label, what it is, whether it is needed, and what to know before.
macro_rules! whole {
    ($name:expr, $label:expr, $is:expr, $is_needed:expr, $help:expr $(,)?) => {
        $crate::forms::Field {
            name: std::borrow::Cow::Borrowed($name),
            label: std::borrow::Cow::Borrowed($label),
            is: $is,
            is_needed: $is_needed,
            help: std::borrow::Cow::Borrowed($help),
            otherwise: std::borrow::Cow::Borrowed(""),
        }
    };
}

/// One that may be left empty, and speaks for itself.
macro_rules! field {
    ($name:expr, $label:expr, $is:expr $(,)?) => {
        whole!($name, $label, $is, false, "")
    };
}

/// One that is needed, and speaks for itself.
macro_rules! needed {
    ($name:expr, $label:expr, $is:expr $(,)?) => {
        whole!($name, $label, $is, true, "")
    };
}

/// A kind: its name, its label, what it says, and its fields.
macro_rules! kind {
    ($name:expr, $label:expr, $says:expr, $fields:expr $(,)?) => {
        $crate::forms::Kind {
            name: std::borrow::Cow::Borrowed($name),
            label: std::borrow::Cow::Borrowed($label),
            says: std::borrow::Cow::Borrowed($says),
            fields: std::borrow::Cow::Borrowed($fields),
        }
    };
}

pub mod mapping;
pub mod notice;
pub mod tags;
mod written;

use std::borrow::Cow;

pub use written::{Kept, fits, kept, shown, slug, value_of, written};

use crate::tree::Tree;

type Words = Cow<'static, str>;

/// One field.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its place in the part.
    pub name: Words,
    /// What it is called.
    pub label: Words,
    /// What is filled in.
    pub is: Is,
    /// Whether something must be.
    pub is_needed: bool,
    /// What to know before it is filled in.
    pub help: Words,
    /// What holds where nothing is filled in.
    pub otherwise: Words,
}

/// What is filled into a field.
#[derive(Clone, Copy, Debug)]
pub enum Is {
    /// A line.
    Text,
    /// Several lines.
    Long,
    /// A number.
    Number,
    /// Yes, or nothing.
    Truth,
    /// Yes or no, which is said either way.
    YesOrNo,
    /// One of several: as the document says it, and in words.
    Choice(&'static [(&'static str, &'static str)]),
    /// Texts, with commas or lines between them.
    List,
    /// Where something is read, such as `page.path`.
    Path,
    /// An address, in which something may be put: `https://host.example/{page.path}`.
    Address,
    /// One purpose of the notice.
    Purpose,
    /// Purposes of the notice.
    Purposes,
    /// One vendor of the document.
    Vendor,
    /// Vendors of the document.
    Vendors,
    /// A text, a number, yes or no.
    Plain,
    /// Any value: a text, a number, something that is read at a path.
    Value,
    /// An object as JSON.
    Json,
    /// Names with values, each of which is this.
    Pairs(&'static Is),
    /// Parts of their own.
    Parts(&'static Parts),
}

/// A kind of part.
#[derive(Clone, Debug)]
pub struct Kind {
    /// As the document says it.
    pub name: Words,
    /// As people say it.
    pub label: Words,
    /// What one of it does, in words: `{url}` is what the field says, and what stands in brackets is left out where that is nothing.
    pub says: Words,
    /// What it has beside what every kind has.
    pub fields: Cow<'static, [Field]>,
}

/// A list of parts.
#[derive(Debug)]
pub struct Parts {
    /// What the list is called.
    pub legend: &'static str,
    /// What one of it is called.
    pub one: &'static str,
    /// The member that says which kind a part is of; empty where there are no kinds.
    pub by: &'static str,
    /// What the kind is called.
    pub by_label: &'static str,
    /// The kinds. Those of vendors come from the API.
    pub kinds: &'static [Kind],
    /// What every part has in front of its kind's fields.
    pub first: &'static [Field],
    /// What every part has behind them.
    pub last: &'static [Field],
}

impl Field {
    /// One that is needed, speaks for itself, and is drawn over what stands where it is.
    pub const fn plain(label: &'static str, is: Is) -> Self {
        whole!("", label, is, true, "")
    }
}

impl Parts {
    /// Which kind a part is of.
    pub fn kind_of<'a>(&self, part: &Tree, kinds: &'a [Kind]) -> Option<&'a Kind> {
        let name = part.at(self.by).text();
        let named = kinds.iter().find(|kind| kind.name == name && !self.by.is_empty());
        named.or_else(|| kinds.iter().find(|kind| kind.name == ANY && !part.at(ANY).is_nothing()))
    }

    /// The fields of a part, in their order.
    pub fn fields(&self, part: &Tree, kinds: &[Kind]) -> Vec<Field> {
        let own = self.kind_of(part, kinds).map(|kind| &*kind.fields).unwrap_or_default();
        let is_grouped = own.first().is_some_and(|field| field.name == ANY);
        let (first, last) = if is_grouped { (&[][..], &[][..]) } else { (self.first, self.last) };
        [first, own, last].concat()
    }

    /// Makes a part one of another kind. What only its former kind has goes; what no form knows stays.
    pub fn choose(&self, part: &mut Tree, name: &str, kinds: &[Kind]) {
        let before = self.fields(part, kinds);
        part.set(self.by, if name == ANY { Tree::Nothing } else { name.into() });
        if name == ANY {
            part.set(ANY, Tree::List(Vec::new()));
        }
        let is_group = name == ANY;
        let after: Vec<Field> = match kinds.iter().find(|kind| kind.name == name) {
            Some(kind) if is_group => kind.fields.to_vec(),
            Some(kind) => [self.first, &kind.fields, self.last].concat(),
            None => Vec::new(),
        };
        for gone in before.iter().filter(|field| !after.iter().any(|kept| kept.name == field.name)) {
            part.set(&gone.name, Tree::Nothing);
        }
    }

    /// A part that is not filled in yet: of the first kind, with empty lists where something is needed.
    pub fn fresh(&self, kinds: &[Kind]) -> Tree {
        let mut part = Tree::Object(Vec::new());
        if let Some(kind) = kinds.first() {
            part.set(self.by, Tree::Text(kind.name.to_string()));
        }
        for field in self.fields(&part, kinds).iter().filter(|field| field.is_needed) {
            match field.is {
                Is::Parts(parts) => part.set(&field.name, Tree::List(vec![parts.fresh(parts.kinds)])),
                Is::Purposes | Is::Vendors | Is::List => part.set(&field.name, Tree::List(Vec::new())),
                _ => {}
            }
        }
        part
    }
}

/// The kind of condition that holds if one of several does: it is a list of conditions, and nothing else.
pub const ANY: &str = "any";
