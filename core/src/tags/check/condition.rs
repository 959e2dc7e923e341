//! Conditions, checked.

use super::{
    At,
    value::{self, Place},
};

const MAX_CONDITIONS: usize = 50;
const MAX_DEPTH: usize = 4;
const MAX_TEXT: usize = 500;

/// What follows `is`, with what it is compared with.
const OPERATORS: &[(&str, Wanted)] = &[
    ("equals", Wanted::Plain),
    ("not_equals", Wanted::Plain),
    ("contains", Wanted::Plain),
    ("starts_with", Wanted::Text),
    ("ends_with", Wanted::Text),
    ("matches", Wanted::Text),
    ("one_of", Wanted::List),
    ("greater", Wanted::Number),
    ("less", Wanted::Number),
    ("exists", Wanted::Nothing),
    ("missing", Wanted::Nothing),
];

#[derive(Clone, Copy)]
enum Wanted {
    Nothing,
    Plain,
    Text,
    Number,
    List,
}

/// Tells what is wrong with the lists `if` and `unless`.
pub(in crate::tags) fn conditions(of: &At<'_>, place: Place) {
    for name in ["if", "unless"] {
        of.list(name, MAX_CONDITIONS).iter().for_each(|at| condition(at, place, MAX_DEPTH));
    }
}

fn condition(at: &At<'_>, place: Place, depth: usize) {
    if let Some(any) = at.member("any") {
        at.only(&["any"]);
        if depth == 0 {
            return any.refuse("It is nested too deeply.");
        }
        return any.items(MAX_CONDITIONS).iter().for_each(|at| condition(at, place, depth - 1));
    }
    at.only(&["path", "is", "value"]);
    if let Some(path) = at.needed("path")
        && let Some(text) = path.text()
    {
        value::path(&path, text, place);
    }
    let Some(is) = at.needed("is") else { return };
    let Some(name) = is.text() else { return };
    match OPERATORS.iter().find(|(known, _)| *known == name) {
        Some((_, Wanted::Nothing)) if at.member("value").is_some() => {
            at.refuse_member("value", &[name, " is compared with nothing; leave it out."].concat());
        }
        Some((_, Wanted::Nothing)) => {}
        Some((_, wanted)) => compared(at, *wanted),
        None => {
            let names: Vec<&str> = OPERATORS.iter().map(|(name, _)| *name).collect();
            is.refuse(["It is one of: ", &names.join(", "), "."].concat());
        }
    }
}

fn compared(at: &At<'_>, wanted: Wanted) {
    let Some(value) = at.needed("value") else { return };
    match wanted {
        Wanted::List => value.items(200).iter().for_each(plain),
        Wanted::Number if !value.value.is_number() => value.refuse("It is a number."),
        Wanted::Text => drop(value.text_where(|text| text.len() <= MAX_TEXT, "It has at most 500 bytes.")),
        _ => plain(&value),
    }
}

fn plain(at: &At<'_>) {
    match at.value.as_str() {
        Some(text) if text.len() > MAX_TEXT => at.refuse("It has at most 500 bytes."),
        None if at.value.is_object() || at.value.is_array() || at.value.is_null() => {
            at.refuse("It is a text, a number, true or false.");
        }
        _ => {}
    }
}
