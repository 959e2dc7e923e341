//! What visitors chose: by day, region, language and purpose, beside the period before.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    api::numbers::{self, ConsentSummary, Counts, Period, Share},
    format,
    load::{Load, Loading, loaded},
    plot::{grouped, percent, points},
    rows::CollectAny,
    views::shared::{columns, columns_plot, figure, share_bar},
};

#[component]
pub(super) fn Consent(period: Period) -> impl IntoView {
    let summary = Loading::new();
    let period = StoredValue::new(period);
    let load = move || {
        spawn_local(async move { summary.set(Load::of(numbers::consent(&period.get_value()).await)) });
    };
    load();
    view! {
        <section class="panel" aria-labelledby="chosen">
            <h2 id="chosen">"What visitors chose"</h2>
            {loaded(summary, load, |summary| summary.filter(|it| it.counts.choices > 0).map_or_else(none, |it| shown(&it)))}
        </section>
    }
}

fn none() -> AnyView {
    view! { <p>"Nobody has chosen in this period. Once the tag is on the page, choices are counted here, by day."</p> }
        .into_any()
}

fn shown(summary: &ConsentSummary) -> AnyView {
    let (now, before) = (summary.counts, summary.before);
    let days = summary
        .days
        .iter()
        .map(|day| (format::last_day(&day.day), [day.counts.granted, day.counts.partial, day.counts.refused]));
    let purposes = summary.purposes.iter().map(|it| {
        let granted = percent(it.granted, it.granted.saturating_add(it.refused)).unwrap_or_default();
        view! {
            <tr><th scope="row" data-label="Purpose">{it.id.clone()}</th><td data-label="Granted">{share_bar(granted)}</td><td data-label="Yes">{grouped(it.granted)}</td><td data-label="No">{grouped(it.refused)}</td></tr>
        }
    });
    let purposes = purposes.collect_any();
    view! {
        <div class="numbers">
            {figure("Choices", grouped(now.choices), format!("{} before", grouped(before.choices)))}
            {rate("All granted", now, before, |counts| counts.granted)}
            {rate("Some granted", now, before, |counts| counts.partial)}
            {rate("All refused", now, before, |counts| counts.refused)}
        </div>
        {columns_plot("Choices by day", ["All granted", "Some granted", "All refused"], &days.collect::<Vec<_>>())}
        <h3>"By purpose"</h3>
        <div class="scroll"><table>{columns(&["Purpose", "Granted", "Yes", "No"])}<tbody>{purposes}</tbody></table></div>
        <div class="twins">
            {shares("By region", "Region", &summary.regions)}
            {shares("By language", "Language", &summary.languages)}
        </div>
    }
    .into_any()
}

fn rate(name: &'static str, now: Counts, before: Counts, of: impl Fn(&Counts) -> u32) -> impl IntoView {
    let share = |counts: &Counts| percent(of(counts), counts.choices);
    let value = share(&now).map_or_else(String::new, |share| format!("{share} %"));
    figure(name, value, points(share(&now), share(&before)))
}

fn shares(title: &'static str, column: &'static str, list: &[Share]) -> AnyView {
    let rows = list.iter().take(12).map(|share| {
        let granted = percent(share.counts.granted, share.counts.choices).unwrap_or_default();
        view! {
            <tr>
                <th scope="row" data-label=column>{share.value.clone().unwrap_or_else(|| "Not known".to_owned())}</th>
                <td data-label="Choices">{grouped(share.counts.choices)}</td>
                <td data-label="All granted">{share_bar(granted)}</td>
            </tr>
        }
    });
    let rows = rows.collect_any();
    view! { <div><h3>{title}</h3><div class="scroll"><table>{columns(&[column, "Choices", "All granted"])}<tbody>{rows}</tbody></table></div></div> }
        .into_any()
}
