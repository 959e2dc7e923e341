//! Conditions: `{"path": "page.path", "is": "starts_with", "value": "/shop"}`, or `{"any": [CONDITION…]}`.
//!
//! A condition that is not understood does not hold.

use std::cmp::Ordering;

use super::{Node, Scope, number, pattern, value};

/// Do all conditions in `if` hold, and none in `unless`? `of`: a rule or a destination.
pub fn permits<N: Node>(of: &N, scope: &Scope<'_, N>) -> bool {
    first(of, "if", false, scope).is_none() && first(of, "unless", true, scope).is_none()
}

/// The first condition of a list that holds, or does not.
fn first<N: Node>(of: &N, list: &str, wanted: bool, scope: &Scope<'_, N>) -> Option<usize> {
    of.member(list).find(&|condition| holds(condition, scope) == wanted)
}

/// Does the condition hold?
pub fn holds<N: Node>(condition: &N, scope: &Scope<'_, N>) -> bool {
    if condition.member("any").count().is_some() {
        return first(condition, "any", true, scope).is_some();
    }
    let path = condition.text_at("path");
    let operator = condition.text_at("is");
    match (path, operator) {
        (Some(path), Some(operator)) => compare(&scope.find(&path), &operator, &condition.member("value")),
        _ => false,
    }
}

fn compare<N: Node>(found: &N, operator: &str, wanted: &N) -> bool {
    match operator {
        "equals" => return equal(found, wanted),
        "not_equals" => return !equal(found, wanted),
        "one_of" => return wanted.find(&|wanted| equal(found, wanted)).is_some(),
        "exists" => return !is_missing(found),
        "missing" => return is_missing(found),
        "greater" | "less" => {
            let order = number_of(found).zip(number_of(wanted)).and_then(|(found, wanted)| found.partial_cmp(&wanted));
            return order == Some(if operator == "less" { Ordering::Less } else { Ordering::Greater });
        }
        _ => {}
    }
    if operator == "contains" && found.count().is_some() {
        return found.find(&|found| equal(found, wanted)).is_some();
    }
    match (value::spelled(found), value::spelled(wanted)) {
        (Some(found), Some(wanted)) => compare_texts(&found, operator, &wanted),
        _ => false,
    }
}

fn compare_texts(found: &str, operator: &str, wanted: &str) -> bool {
    let (text, part) = (found.as_bytes(), wanted.as_bytes());
    match operator {
        "contains" => (0..=text.len()).any(|at| text.get(at..).is_some_and(|rest| rest.starts_with(part))),
        "starts_with" => text.starts_with(part),
        "ends_with" => text.ends_with(part),
        "matches" => pattern::matches(wanted, found),
        _ => false,
    }
}

/// Are they the same? A number and a text are if the text spells the number; lists and objects never are.
fn equal<N: Node>(one: &N, other: &N) -> bool {
    if one.number().is_some() || other.number().is_some() {
        return number_of(one).is_some_and(|number| number_of(other) == Some(number));
    }
    match (value::spelled(one), value::spelled(other)) {
        (Some(one), Some(other)) => one == other,
        _ => one.is_nothing() && other.is_nothing(),
    }
}

/// Nothing, or an empty text: what a page does not say is often written so.
fn is_missing<N: Node>(found: &N) -> bool {
    found.is_nothing() || found.is("")
}

fn number_of<N: Node>(of: &N) -> Option<f64> {
    of.number().or_else(|| number::decimal(&of.text()?))
}
