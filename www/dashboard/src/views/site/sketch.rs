//! The banner as a sketch, as a visitor in light and one in dark would see it: by the rules that paint the banner itself.

use leptos::prelude::*;
use nod_core::look::{Look, Scheme};

use crate::{held::Held, live, looks, rows::CollectAny};

/// One beside the other.
pub(super) fn sketches(look: Held<Look>) -> AnyView {
    let both = Scheme::ALL.map(|system| sketch(look, system));
    view! { <div class="sketches">{both.collect_any()}</div> }.into_any()
}

/// What a visitor sees whose system has this scheme. The page's policy lets no style attribute in, but properties may be set.
fn sketch(look: Held<Look>, system: Scheme) -> AnyView {
    let scheme = move || look.with(|look| look.scheme(system));
    let painted = move || look.with(|look| look.painted(look.scheme(system)));
    let about = move || {
        let painted = painted();
        format!("The banner on a {} screen: buttons in {}", system.name(), painted.accent.css())
    };
    view! {
        <figure class="sketch">
            <div class="window" role="img" aria-label=about
                data-scheme=move || scheme().name()
                data-corners=move || look.with(|look| look.corners.name())
                data-position=move || look.with(|look| look.position.name())
                style=("--nod-accent", move || painted().accent.css())
                style=("--nod-on-accent", move || painted().text)
            >
                <div class="box">
                    <div class="question"><strong>"Your privacy"</strong><span class="line"></span><span class="line"></span></div>
                    <div class="answers"><span>"Reject all"</span><span>"Accept all"</span><span>"Manage choices"</span></div>
                </div>
            </div>
            <figcaption class="soft">{looks::screen(system)}", painted "<span>{live::text(move || painted().accent.css())}</span></figcaption>
        </figure>
    }
    .into_any()
}
