//! Elements whose names and attributes are known at run time only. The view macro makes a type of each, and code for each type; forms
//! have so many that they would weigh a fifth of the module. Here all are of one.

use leptos::{
    attr::{
        any_attribute::{AnyAttribute, IntoAnyAttribute},
        custom::custom_attribute,
    },
    ev::{Custom, on},
    html::custom,
    prelude::*,
    tachys::html::property::prop,
};
use web_sys::Event;

/// What is read anew when something that it read has changed.
pub(crate) type Reads<T> = Box<dyn Fn() -> T + Send>;

/// An element that is being made.
pub(crate) struct Element {
    tag: &'static str,
    attributes: Vec<AnyAttribute>,
    children: Vec<AnyView>,
}

pub(crate) fn element(tag: &'static str) -> Element {
    Element { tag, attributes: Vec::new(), children: Vec::new() }
}

impl Element {
    /// An attribute.
    pub(crate) fn with(self, name: &'static str, value: &str) -> Self {
        self.with_some(name, Some(value.to_owned()))
    }

    /// An attribute that is there or not.
    pub(crate) fn with_some(mut self, name: &'static str, value: Option<String>) -> Self {
        self.attributes.push(custom_attribute(name, value).into_any_attr());
        self
    }

    /// An attribute that changes.
    pub(crate) fn with_read(mut self, name: &'static str, value: Reads<Option<String>>) -> Self {
        self.attributes.push(custom_attribute(name, value).into_any_attr());
        self
    }

    /// What stands in a field.
    pub(crate) fn with_value(mut self, value: String) -> Self {
        self.attributes.push(prop("value", value).into_any_attr());
        self
    }

    /// What is done when something happens to it.
    pub(crate) fn on(mut self, event: &'static str, act: Box<dyn FnMut(Event)>) -> Self {
        self.attributes.push(on(Custom::new(event), act).into_any_attr());
        self
    }

    /// Something in it.
    pub(crate) fn has(mut self, child: AnyView) -> Self {
        self.children.push(child);
        self
    }

    /// Several things in it.
    pub(crate) fn has_all(mut self, children: Vec<AnyView>) -> Self {
        self.children.extend(children);
        self
    }

    /// A text in it.
    pub(crate) fn says(self, text: &str) -> Self {
        self.has(text.to_owned().into_any())
    }

    /// A text that changes.
    pub(crate) fn reads(self, text: Reads<String>) -> Self {
        self.has(text.into_any())
    }

    /// Something that changes.
    pub(crate) fn shows(self, view: Reads<AnyView>) -> Self {
        self.has(view.into_any())
    }

    pub(crate) fn view(self) -> AnyView {
        custom(self.tag).child(self.children).add_any_attr(self.attributes).into_any()
    }
}

/// Several things beside each other.
pub(crate) fn all(views: Vec<AnyView>) -> AnyView {
    views.into_any()
}

/// Nothing.
pub(crate) fn none() -> AnyView {
    all(Vec::new())
}

/// A button that changes nothing for good.
pub(crate) fn button(label: &str, act: Box<dyn FnMut(Event)>) -> Element {
    element("button").with("type", "button").with("class", "quiet small").on("click", act).says(label)
}

/// A paragraph of this class.
pub(crate) fn line(class: &str, text: &str) -> AnyView {
    element("p").with("class", class).says(text).view()
}

/// A list of lines.
pub(crate) fn lines(class: &str, lines: Vec<String>) -> AnyView {
    let items = lines.into_iter().map(|line| element("li").says(&line).view()).collect();
    element("ul").with("class", class).has_all(items).view()
}
