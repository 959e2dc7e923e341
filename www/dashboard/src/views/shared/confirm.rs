//! A button for what cannot be taken back: it says what will happen, and asks once.

use leptos::prelude::*;

use crate::{live, on};

#[component]
pub(crate) fn Confirm(
    /// What the button says: "Remove".
    label: &'static str,
    /// Of what, for those who hear the button without its row.
    #[prop(into)]
    of: String,
    /// What will happen.
    #[prop(into)]
    warning: Signal<String>,
    /// When it is asked for: what will happen may have to be found out first.
    #[prop(optional, into)]
    asked: Option<Callback<()>>,
    /// Does it.
    act: impl Fn() + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let is_asked = RwSignal::new(false);
    let name = StoredValue::new([label.to_owned(), of].join(" ").trim_end().to_owned());
    let act = StoredValue::new(act);
    let yes = move |_| {
        is_asked.set(false);
        act.with_value(|act| act());
    };
    let ask = move |_| {
        is_asked.set(true);
        if let Some(asked) = asked {
            asked.run(());
        }
    };
    view! {
        <Show when=move || is_asked.get() fallback=move || view! {
            <button type="button" class="quiet" aria-label=name.get_value() on:click=on::click(ask)>{label}</button>
        }>
            <span class="asked" role="group" aria-label=name.get_value()>
                <span role="status">{live::text(move || warning.get())}</span>
                <button type="button" class="danger" aria-label=[&name.get_value(), ": yes"].concat() on:click=on::click(yes)>"Yes, "{label.to_ascii_lowercase()}</button>
                <button type="button" class="quiet" on:click=on::click(move |_| is_asked.set(false))>"No"</button>
            </span>
        </Show>
    }
}
