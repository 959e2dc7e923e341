//! Tokens of the API: which there are, and a new one, whose text is shown once.

use js_sys::Date;
use leptos::{prelude::*, task::spawn_local};

use super::{
    shared::{Confirm, Copy, columns, empty},
    staff_tokens_form::TokenForm,
};
use crate::{
    api::staff::{self, Token},
    app::App,
    doing::{Change, act},
    format, live,
    load::{Load, Loading, loaded},
    on,
    rows::CollectAny,
    words::readable,
};

#[component]
pub(crate) fn Tokens(app: App) -> impl IntoView {
    let tokens = Loading::new();
    // Held by the page alone, and gone with it.
    let secret = RwSignal::new(None::<String>);
    let load = move || spawn_local(async move { tokens.set(Load::of(staff::tokens().await)) });
    load();
    let made = move |text| {
        secret.set(Some(text));
        load();
    };
    view! {
        <section class="panel" aria-labelledby="tokens">
            <h2 id="tokens">"Tokens"</h2>
            <p class="soft">"Programs bring one in the header Authorization. Give each as little as it needs, and revoke those that nobody uses."</p>
            {live::part(move || secret.get().map(|text| shown_once(app, text, secret)))}
            {loaded(tokens, load, move |list| all(app, list, load))}
        </section>
        <TokenForm app done=made />
    }
}

fn shown_once(app: App, text: String, secret: RwSignal<Option<String>>) -> impl IntoView {
    view! {
        <div class="once" role="group" aria-labelledby="secret">
            <p id="secret"><strong>"The new token. It is shown this once: copy it now."</strong></p>
            <Copy app what="token" text />
            <div class="actions"><button type="button" class="quiet" on:click=on::click(move |_| secret.set(None))>"I have copied it"</button></div>
        </div>
    }
}

fn all(app: App, tokens: Vec<Token>, load: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    let live: Vec<_> = tokens.into_iter().filter(|token| token.revoked_at.is_none()).collect();
    if live.is_empty() {
        return empty("No program has a token. Make one below when one is to call the API.");
    }
    let rows = live.into_iter().map(move |token| one(app, token, load));
    view! {
        <div class="scroll"><table>
            {columns(&["Label", "Role", "Reaches", "Last used", "Until", ""])}
            <tbody>{rows.collect_any()}</tbody>
        </table></div>
    }
    .into_any()
}

fn one(app: App, token: Token, load: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let reaches = token.scopes.map_or_else(
        || "All".to_owned(),
        |scopes| scopes.iter().map(|scope| readable(scope)).collect::<Vec<_>>().join(", "),
    );
    let used = token.last_used_at.as_deref().map_or_else(|| "Never".to_owned(), format::date_and_time);
    let until = token.expires_at.as_deref().map_or_else(|| "It is revoked".to_owned(), ends);
    let id = token.id.clone();
    let revoke = move || act(app, Change::new("revokeStaffToken").with("id", &id), "The token holds no more.", load);
    view! {
        <tr>
            <th scope="row" data-label="Label">{token.label.clone()}</th>
            <td data-label="Role">{token.role.as_deref().map(readable)}</td>
            <td data-label="Reaches">{reaches}</td>
            <td data-label="Last used">{used}</td>
            <td data-label="Until">{until}</td>
            <td class="act"><Confirm label="Revoke" of=token.label warning="Whatever uses it is refused at once." act=revoke /></td>
        </tr>
    }
}

fn ends(at: &str) -> String {
    let is_over = Date::new(&at.into()).get_time() <= Date::now();
    let at = format::date_and_time(at);
    if is_over { ["Ended ", &at].concat() } else { at }
}
