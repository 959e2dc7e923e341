//! What changes by itself on a page, in boxes: to the framework all texts that change are of one type, and all parts.

use leptos::prelude::*;

/// A text that is read anew when what it is made of changes.
pub(crate) fn text<T: Into<String>>(now: impl Fn() -> T + Send + 'static) -> AnyView {
    any_text(Box::new(move || now().into()))
}

fn any_text(now: Box<dyn Fn() -> String + Send>) -> AnyView {
    (move || now()).into_any()
}

/// A part that is made anew when what it is made of changes.
pub(crate) fn part<V: IntoAny>(now: impl Fn() -> V + Send + 'static) -> AnyView {
    any_part(Box::new(move || now().into_any()))
}

fn any_part(now: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
    (move || now()).into_any()
}
