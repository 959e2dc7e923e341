//! What holds on every site: for how long things are kept, and which law asks for what.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    api::site,
    laws::{kept, model, period},
    load::{Load, Loading, loaded},
    rows::CollectAny,
    views::shared::columns,
    words::readable,
};

#[component]
pub(super) fn Holds() -> impl IntoView {
    let retention = Loading::new();
    let regimes = Loading::new();
    let load = move || {
        spawn_local(async move {
            retention.set(Load::of(site::retention().await));
            regimes.set(Load::of(site::regimes().await));
        });
    };
    load();
    view! {
        <section class="panel" aria-labelledby="retention">
            <h2 id="retention">"How long things are kept"</h2>
            {loaded(retention, load, |list| {
                let rows = list.into_iter().map(|it| view! { <dt>{readable(&it.what)}</dt><dd>{kept(&it.what, it.days)}</dd> });
                view! { <dl>{rows.collect_any()}</dl> }.into_any()
            })}
        </section>
        <section class="panel" aria-labelledby="regimes">
            <h2 id="regimes">"Which law, where"</h2>
            <p class="soft">"Told by where the visit comes from. Where nothing is known, the strictest holds."</p>
            {loaded(regimes, load, |list| {
                let rows = list.into_iter().map(regime).collect_any();
                view! { <div class="scroll"><table>{columns(&["Law", "Model", "GPC", "Asked again", "Where"])}<tbody>{rows}</tbody></table></div> }.into_any()
            })}
        </section>
    }
}

fn regime(it: site::Regime) -> impl IntoView {
    let places = if it.regions.is_empty() { "Everywhere else".to_owned() } else { it.regions.join(", ") };
    let law = if it.source.starts_with("http") {
        view! { <a href=it.source rel="noopener noreferrer" target="_blank">{it.law}</a> }.into_any()
    } else {
        view! { <span>{it.law}<span class="soft block">{it.source}</span></span> }.into_any()
    };
    view! {
        <tr>
            <th scope="row" data-label="Law">{law}</th>
            <td data-label="Model">{model(&it.model).to_owned()}</td>
            <td data-label="GPC">{if it.honours_gpc { "Binding" } else { "Not binding" }}</td>
            <td data-label="Asked again">{period(Some(it.remember_days))}</td>
            <td data-label="Where">{places}</td>
        </tr>
    }
}
