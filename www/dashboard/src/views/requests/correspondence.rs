//! What was written, sent and done, the oldest first.

use leptos::prelude::*;

use crate::{api::review::Review, format, history::lines, rows::CollectAny, views::shared::chip, words::readable};

/// What the person and we have written.
pub(super) fn messages(request: &Review) -> AnyView {
    let locale = request.locale.clone();
    let rows = request.messages.iter().map(|message| {
        let text = message.text.clone().unwrap_or_else(|| "It was taken out with the person.".to_owned());
        view! {
            <li data-author=message.author.to_ascii_lowercase()>
                <p class="soft">{readable(&message.author)}" · "{format::date_and_time(&message.at)}</p>
                <blockquote lang=locale.clone()>{text}</blockquote>
            </li>
        }
    });
    let none = request.messages.is_empty().then(|| view! { <p class="soft">"Nothing was written yet."</p> });
    view! {
        <section class="panel" aria-labelledby="messages">
            <h2 id="messages">"Messages"</h2>
            {none}
            <ul class="rows">{rows.collect_any()}</ul>
        </section>
    }
    .into_any()
}

/// Which mails went out, and whether they arrived.
pub(super) fn mails(request: &Review) -> Option<AnyView> {
    if request.mails.is_empty() {
        return None;
    }
    let rows = request.mails.iter().map(|mail| {
        view! {
            <li>
                <div class="head"><span>{readable(&mail.kind)}</span>{chip(&mail.state)}</div>
                <p class="soft">{format::date_and_time(&mail.at)}</p>
                {mail.failure.clone().map(|why| view! { <p class="problem">{why}</p> })}
            </li>
        }
    });
    let view = view! {
        <section class="panel" aria-labelledby="mails"><h2 id="mails">"Mails"</h2><ul class="rows">{rows.collect_any()}</ul></section>
    };
    Some(view.into_any())
}

/// What happened.
pub(super) fn history(request: &Review) -> AnyView {
    let lines = lines(request.events.iter().map(|event| (event.kind.as_str(), event.at.as_str())));
    let rows = lines.into_iter().map(|line| {
        let times = (line.times > 1).then(|| format!(", {} times", line.times));
        view! { <li><span>{readable(line.kind)}{times}</span><span class="soft">{format::date_and_time(line.at)}</span></li> }
    });
    view! {
        <section class="panel" aria-labelledby="history"><h2 id="history">"History"</h2><ol class="history">{rows.collect_any()}</ol></section>
    }
    .into_any()
}
