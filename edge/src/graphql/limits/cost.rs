//! What fields cost.

use async_graphql::{Value, Variables, parser::types::Field};

use super::{PAGE, USUAL_PAGE};
use crate::graphql::{fields, schema::Type};

/// What a field costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::graphql) enum Cost {
    /// Something, and so often what is asked for of the answer.
    Work { once: usize, times: usize },
    /// What is asked for of the answer, for each item of the page.
    Page,
}

impl Cost {
    /// A field that is read together with what it is a field of.
    pub(in crate::graphql) const FIELD: Self = Self::Work { once: 1, times: 1 };
    /// A change.
    pub(in crate::graphql) const CHANGE: Self = Self::Work { once: 500, times: 1 };
}

/// What this field costs, with what is asked for of its answer.
pub(super) fn of(parent: Option<&Type>, field: &Field, variables: &Variables, inner: usize) -> usize {
    let own = parent.and_then(|parent| fields::own(parent.name, field.name.node.as_str()));
    match own.map_or(Cost::FIELD, |own| own.cost) {
        Cost::Work { once, times } => inner.saturating_mul(times).saturating_add(once),
        Cost::Page => inner.saturating_mul(items(field, variables)),
    }
}

/// The items of a page. A length that is no number, or a variable that is not given, counts as the greatest.
fn items(field: &Field, variables: &Variables) -> usize {
    let given = field.get_argument("first").map(|value| value.node.clone());
    let given = given.map(|value| value.into_const_with(|name| variables.get(&name).cloned().ok_or(())));
    let first = match given {
        None | Some(Ok(Value::Null)) => USUAL_PAGE,
        Some(Ok(Value::Number(first))) => first.as_i64().and_then(|first| first.try_into().ok()).unwrap_or(PAGE),
        Some(_) => PAGE,
    };
    usize::try_from(first.clamp(1, PAGE)).unwrap_or_default()
}
