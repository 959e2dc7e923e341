//! Conditions: `{"path": "page.path", "is": "starts_with", "value": "/shop"}`, or `{"any": [CONDITION…]}`.
//!
//! A condition that is not understood does not hold.

use super::{Node, Scope, number, pattern, value};

/// Do all conditions in `if` hold, and none in `unless`? `of`: a rule or a destination.
pub fn permits<N: Node>(of: &N, scope: &Scope<'_, N>) -> bool {
    let list = |name| of.member(name).items().unwrap_or_default();
    list("if").iter().all(|condition| holds(condition, scope))
        && !list("unless").iter().any(|condition| holds(condition, scope))
}

/// Does the condition hold?
pub fn holds<N: Node>(condition: &N, scope: &Scope<'_, N>) -> bool {
    if let Some(any) = condition.member("any").items() {
        return any.iter().any(|condition| holds(condition, scope));
    }
    let (Some(path), Some(operator)) = (condition.member("path").text(), condition.member("is").text()) else {
        return false;
    };
    compare(&scope.find(&path), &operator, &condition.member("value"))
}

fn compare<N: Node>(found: &N, operator: &str, wanted: &N) -> bool {
    match operator {
        "equals" => equal(found, wanted),
        "not_equals" => !equal(found, wanted),
        "one_of" => wanted.items().is_some_and(|all| all.iter().any(|wanted| equal(found, wanted))),
        "exists" => !is_missing(found),
        "missing" => is_missing(found),
        "greater" => number_of(found) > number_of(wanted) && number_of(wanted).is_some(),
        "less" => number_of(found) < number_of(wanted) && number_of(found).is_some(),
        "contains" if let Some(all) = found.items() => all.iter().any(|found| equal(found, wanted)),
        _ => match (value::spelled(found), value::spelled(wanted)) {
            (Some(found), Some(wanted)) => compare_texts(&found, operator, &wanted),
            _ => false,
        },
    }
}

fn compare_texts(found: &str, operator: &str, wanted: &str) -> bool {
    let (text, part) = (found.as_bytes(), wanted.as_bytes());
    match operator {
        "contains" => part.is_empty() || text.windows(part.len()).any(|window| window == part),
        "starts_with" => text.starts_with(part),
        "ends_with" => text.ends_with(part),
        "matches" => pattern::matches(wanted, found),
        _ => false,
    }
}

/// Are they the same? A number and a text are if the text spells the number; lists and objects never are.
fn equal<N: Node>(one: &N, other: &N) -> bool {
    if one.is_nothing() || other.is_nothing() {
        return one.is_nothing() && other.is_nothing();
    }
    if one.number().is_some() || other.number().is_some() {
        return number_of(one).is_some() && number_of(one) == number_of(other);
    }
    value::spelled(one).is_some_and(|text| value::spelled(other).as_ref() == Some(&text))
}

/// Nothing, or an empty text: what a page does not say is often written so.
fn is_missing<N: Node>(found: &N) -> bool {
    found.is_nothing() || found.text().is_some_and(|text| text.is_empty())
}

fn number_of<N: Node>(of: &N) -> Option<f64> {
    of.number().or_else(|| number::decimal(&of.text()?))
}
