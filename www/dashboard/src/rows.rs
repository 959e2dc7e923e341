//! Rows of a list, as one type to the framework, whatever they are of and wherever they come from.

use leptos::prelude::*;

/// Anything that goes through views.
pub(crate) trait CollectAny {
    /// All of them, one behind the other.
    fn collect_any(self) -> AnyView;
}

impl<T: IntoAny, I: IntoIterator<Item = T>> CollectAny for I {
    fn collect_any(self) -> AnyView {
        let mut all = Vec::new();
        // Less code than what collects into a list of the size that is known.
        for one in self {
            all.push(one.into_any());
        }
        all.into_any()
    }
}
