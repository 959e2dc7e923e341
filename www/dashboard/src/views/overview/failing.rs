//! A warning of connections whose signatures fail, where everybody sees it first.

use leptos::prelude::*;

use crate::{
    api::connections::Connection,
    load::{Load, Loading},
    route::{Page, Route},
    rows::CollectAny,
};

#[component]
pub(super) fn Failing(list: Loading<Vec<Connection>>) -> impl IntoView {
    move || {
        let Load::Here(list) = list.get() else { return None };
        let failing: Vec<_> = list.into_iter().filter(|it| it.is_failing).collect();
        let links = failing.iter().map(|it| {
            let address = Route::to_item(Page::Connections, &it.id).address();
            view! { <li><a href=address>{it.label.clone()}</a></li> }
        });
        let links = links.collect_any();
        (!failing.is_empty()).then(|| view! {
            <div class="alert" role="alert">
                <p>"Signatures have started to fail. What these connections send is refused until their secrets are right again; or somebody else is sending:"</p>
                <ul>{links}</ul>
            </div>
        })
    }
}
