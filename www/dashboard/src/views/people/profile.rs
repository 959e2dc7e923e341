//! All that is known of somebody, without what they are called: identities by their pseudonyms, platforms, consents, requests.

use leptos::prelude::*;

use super::changes;
use crate::{
    api::people::{Consent, Identity, Platform, Subject},
    app::App,
    format,
    rows::CollectAny,
    views::{requests::table, shared::columns},
    words::readable,
};

/// The person, without a heading of their own.
pub(crate) fn profile(app: App, subject: &Subject, load: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    let partial = subject.is_partial.then(|| {
        view! { <p class="alert">"There is more than is shown here: this person has unusually many traces."</p> }
    });
    let withheld = subject.withheld.iter().map(|fact| {
        view! { <li>{withheld(&fact.reason)}" "<span class="soft">{format::date_and_time(&fact.observed_at)}</span></li> }
    });
    let withheld = (!subject.withheld.is_empty())
        .then(|| view! { <h3>"Not taken together"</h3><ul class="rows">{withheld.collect_any()}</ul> });
    view! {
        {partial}
        {identities(&subject.identities)}
        {platforms(&subject.platforms)}
        {consents(&subject.consents)}
        {visitors(subject)}
        {(!subject.requests.is_empty()).then(|| view! { <h3>"Requests"</h3>{table(subject.requests.clone(), None)} })}
        {changes::list(app, subject, load)}
        {withheld}
    }
    .into_any()
}

fn identities(list: &[Identity]) -> AnyView {
    let rows = list.iter().map(|identity| {
        let seen = |moment: &Option<String>| moment.as_deref().map(format::last_day).unwrap_or_default();
        view! {
            <tr>
                <th scope="row" data-label="Known by">{readable(&identity.kind)}</th>
                <td data-label="Pseudonym"><code>{identity.pseudonym.clone()}</code></td>
                <td data-label="First seen">{seen(&identity.first_seen_at)}</td>
                <td data-label="Last seen">{seen(&identity.last_seen_at)}</td>
            </tr>
        }
    });
    let rows = rows.collect_any();
    view! { <h3>"Identities"</h3><div class="scroll"><table>{columns(&["Known by", "Pseudonym", "First seen", "Last seen"])}<tbody>{rows}</tbody></table></div> }
        .into_any()
}

fn platforms(list: &[Platform]) -> Option<AnyView> {
    let rows = list.iter().map(|platform| {
        let classes: Vec<String> = platform.classes.iter().map(|class| readable(class)).collect();
        view! {
            <tr>
                <th scope="row" data-label="Platform">{platform.connection.label.clone()}</th>
                <td data-label="Holds">{classes.join(", ")}</td>
                <td data-label="First seen">{format::last_day(&platform.first_seen_at)}</td>
                <td data-label="Last seen">{format::last_day(&platform.last_seen_at)}</td>
            </tr>
        }
    });
    let rows = rows.collect_any();
    let view = view! { <h3>"Platforms"</h3><div class="scroll"><table>{columns(&["Platform", "Holds", "First seen", "Last seen"])}<tbody>{rows}</tbody></table></div> };
    (!list.is_empty()).then(|| view.into_any())
}

fn consents(list: &[Consent]) -> Option<AnyView> {
    let rows = list.iter().map(|consent| {
        let says = match (consent.granted, consent.is_standing) {
            (true, true) => "Yes",
            (false, true) => "No",
            (true, false) => "Yes, until it was replaced",
            (false, false) => "No, until it was replaced",
        };
        view! {
            <tr>
                <th scope="row" data-label="For">{readable(&consent.purpose)}</th>
                <td data-label="By">{readable(&consent.channel)}</td>
                <td data-label="Granted">{says}{consent.weak.then_some(" (weak proof)")}</td>
                <td data-label="From">{consent.connection.label.clone()}</td>
                <td data-label="Since">{format::date_and_time(&consent.decided_at)}</td>
            </tr>
        }
    });
    let rows = rows.collect_any();
    let view = view! { <h3>"Consents"</h3><div class="scroll"><table>{columns(&["For", "By", "Granted", "From", "Since"])}<tbody>{rows}</tbody></table></div> };
    (!list.is_empty()).then(|| view.into_any())
}

fn visitors(subject: &Subject) -> Option<AnyView> {
    let rows = subject.visitors.iter().map(|visitor| {
        view! { <li><code>{visitor.id.clone()}</code>" on "{visitor.site.clone()}" "<span class="soft">"since "{format::last_day(&visitor.first_seen_at)}</span></li> }
    });
    let view = view! { <h3>"Browsers"</h3><ul class="rows">{rows.collect_any()}</ul> };
    (!subject.visitors.is_empty()).then(|| view.into_any())
}

/// Why two were not taken for one.
fn withheld(reason: &str) -> &'static str {
    match reason {
        "TWO_EMAILS" => "Two addresses came with one customer id.",
        "TWO_PHONES" => "Two numbers came with one customer id.",
        "SHARED_PHONE" => "The number is shared by several people.",
        "RECYCLED_ID" => "The platform gave the id to somebody else.",
        "KEPT_APART" => "Staff have parted them.",
        _ => "They were kept apart.",
    }
}
