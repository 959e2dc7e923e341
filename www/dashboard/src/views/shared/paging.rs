//! The pages of a list, each with an address of its own.

use leptos::prelude::*;

use crate::{api::PageInfo, route::Route};

/// How many are on one.
pub(crate) const PAGE: u32 = 25;

/// The ways to the first page and to the next one.
pub(crate) fn pages(route: &Route, info: &PageInfo) -> Option<AnyView> {
    let first = (!route.get("after").is_empty()).then(|| route.with("after", "").address());
    let next = info.end_cursor.as_ref().filter(|_| info.has_next_page);
    let next = next.map(|cursor| route.with("after", cursor).address());
    if first.is_none() && next.is_none() {
        return None;
    }
    let view = view! {
        <nav class="pages" aria-label="Pages">
            {first.map(|address| view! { <a href=address>"First page"</a> })}
            {next.map(|address| view! { <a href=address rel="next">"Next page"</a> })}
        </nav>
    };
    Some(view.into_any())
}
