//! Plots: drawings without a canvas, each with a table behind it that says the same.

use leptos::prelude::*;

use crate::{
    number,
    plot::{grouped, stacked},
    rows::CollectAny,
};

const WIDTH: u32 = 720;
const HEIGHT: u32 = 160;

/// Columns by day, stacked, with their legend and their table.
pub(crate) fn columns_plot<const N: usize>(
    title: &'static str,
    series: [&'static str; N],
    days: &[(String, [u32; N])],
) -> AnyView {
    let values: Vec<[u32; N]> = days.iter().map(|(_, values)| *values).collect();
    let most = values.iter().map(|day| day.iter().sum::<u32>()).max().unwrap_or_default();
    let pieces = stacked(&values, WIDTH.into(), HEIGHT.into()).into_iter().map(|piece| {
        let [x, y, width, height] = [piece.x, piece.y, piece.width, piece.height].map(number::text);
        view! { <rect data-series=piece.series.to_string() x=x y=y width=width height=height /> }
    });
    let legend = series.iter().enumerate().map(|(number, name)| {
        view! { <li><span class="swatch" data-series=number.to_string()></span>{*name}</li> }
    });
    let heads = series.map(|name| view! { <th scope="col">{name}</th> }).collect_any();
    let (first, last) = (days.first(), days.last());
    let ends = view! { <p class="ends soft"><span>{first.map(|day| day.0.clone())}</span><span>{last.map(|day| day.0.clone())}</span></p> };
    let label = format!(
        "{title}, from {} to {}; at most {} a day. The table below says the same.",
        first.map_or("", |day| &day.0),
        last.map_or("", |day| &day.0),
        grouped(most)
    );
    let rows = days.iter().map(|(day, values)| {
        let cells = values.map(|value| view! { <td>{grouped(value)}</td> }).collect_any();
        view! { <tr><th scope="row">{day.clone()}</th>{cells}</tr> }
    });
    view! {
        <figure>
            <ul class="legend">{legend.collect_any()}</ul>
            <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-label=label preserveAspectRatio="none">{pieces.collect_any()}</svg>
            {ends}
            <details>
                <summary>{title}" as a table"</summary>
                <div class="scroll low" tabindex="0"><table class="plain"><thead><tr><th scope="col">"Day"</th>{heads}</tr></thead><tbody>{rows.collect_any()}</tbody></table></div>
            </details>
        </figure>
    }
    .into_any()
}

/// A number with its name, and what is to be said about it.
pub(crate) fn figure(name: &'static str, value: String, about: String) -> impl IntoView {
    view! { <p><span class="soft">{name}</span><strong>{value}</strong><span class="soft">{about}</span></p> }
}

/// A share of a hundred as a bar, whose number stands beside it.
pub(crate) fn share_bar(percent: u32) -> impl IntoView {
    view! {
        <span class="share"><svg viewBox="0 0 100 8" aria-hidden="true" preserveAspectRatio="none"><rect class="whole" width="100" height="8" /><rect data-series="0" width=percent height="8" /></svg>{percent}" %"</span>
    }
}
