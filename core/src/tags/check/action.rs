//! Actions, checked.

use super::{
    At, is_event_name,
    value::{self, Place},
};
use crate::tags::value::ADDRESSES;

const MAX_PROPS: usize = 50;

/// What may be put into a page.
const ELEMENTS: &[&str] = &["img", "iframe", "script", "link"];

/// The attributes that it may have, beside `data-…` and `aria-…`: none that runs a text or loads from a second address.
const ATTRIBUTES: &[&str] = &[
    "allow",
    "alt",
    "as",
    "async",
    "class",
    "crossorigin",
    "defer",
    "fetchpriority",
    "height",
    "hidden",
    "href",
    "id",
    "integrity",
    "lang",
    "loading",
    "media",
    "name",
    "nomodule",
    "referrerpolicy",
    "rel",
    "sandbox",
    "sizes",
    "src",
    "title",
    "type",
    "width",
];

/// Tells what is wrong with an action.
pub(super) fn action(at: &At<'_>) {
    let Some(what) = at.needed("do") else { return at.only(&[]) };
    match what.text() {
        Some("track") => track(at),
        Some("set") => set(at),
        Some("load") => load(at),
        Some("insert") => insert(at),
        Some("call") => call(at),
        Some(_) => what.refuse("It is one of: track, set, load, insert, call."),
        None => {}
    }
}

fn track(at: &At<'_>) {
    at.only(&["do", "event", "purpose", "props"]);
    if let Some(event) = at.needed("event") {
        event.text_where(is_event_name, "It is made of 1 to 64 letters, digits and _ . : -");
    }
    at.member("purpose").map(|purpose| purpose.purpose());
    if let Some(props) = at.member("props")
        && props.object().is_some()
    {
        props.members(MAX_PROPS);
        value::value(&props, Place::Page);
    }
}

fn set(at: &At<'_>) {
    at.only(&["do", "variable", "value"]);
    if let Some(variable) = at.needed("variable") {
        variable.text_where(is_variable, "It is made of 1 to 64 letters, digits and _.");
    }
    if let Some(value) = at.needed("value") {
        value::value(&value, Place::Page);
    }
}

/// May a variable have this name?
pub(in crate::tags) fn is_variable(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn load(at: &At<'_>) {
    at.only(&["do", "vendor"]);
    if let Some(vendor) = at.needed("vendor") {
        let is_known = |text: &str| at.inspection.vendors.iter().any(|known| known == text);
        vendor.text_where(is_known, "The configuration has no vendor of this id.");
    }
}

fn insert(at: &At<'_>) {
    at.only(&["do", "element", "attributes", "into", "purposes"]);
    at.purposes();
    at.member("into").iter().for_each(selector);
    let element = at.needed("element");
    let name = element.and_then(|element| {
        element.text_where(|text| ELEMENTS.contains(&text), "It is one of: img, iframe, script, link.")
    });
    let Some(attributes) = at.needed("attributes") else { return };
    for (name, attribute) in attributes.members(30) {
        let is_known = ATTRIBUTES.contains(&name) || is_own(name);
        if !is_known {
            attribute.refuse(
                ["Such an attribute is not put into a page; these are: ", &ATTRIBUTES.join(", "), ", data-…, aria-…."]
                    .concat(),
            );
        } else if ADDRESSES.contains(&name) {
            value::address(&attribute, Place::Page);
        } else {
            value::value(&attribute, Place::Page);
        }
    }
    let source = if name == Some("link") { "href" } else { "src" };
    if name.is_some() && attributes.value.is_object() {
        attributes.needed(source);
    }
}

/// Is it an attribute that means something only to the page, or to those who hear it read?
fn is_own(name: &str) -> bool {
    let is_word = |text: &str| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    name.strip_prefix("data-").or_else(|| name.strip_prefix("aria-")).is_some_and(is_word)
}

fn call(at: &At<'_>) {
    at.only(&["do", "url", "method", "body", "purposes"]);
    at.purposes();
    if let Some(url) = at.needed("url") {
        value::address(&url, Place::Page);
    }
    let method = at
        .member("method")
        .and_then(|method| method.text_where(|text| text == "GET" || text == "POST", "It is GET or POST."));
    if let Some(body) = at.member("body") {
        value::value(&body, Place::Page);
        if method == Some("GET") {
            body.refuse("A GET has no body; put it into the address, or leave method out.");
        }
    }
}

/// Tells what is wrong with a selector. Only a browser can read it; what is no selector matches nothing there.
pub(super) fn selector(at: &At<'_>) {
    at.text_where(|text| (1..=500).contains(&text.len()), "It is a CSS selector of at most 500 bytes.");
}
