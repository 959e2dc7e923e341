//! A button for what cannot be taken back: it says what will happen, and asks once. A question stays open when its list is read anew
//! meanwhile, until it is answered, another one is asked, or the page is left.

use leptos::prelude::*;

use crate::{live, on};

/// Which question is open, by its name.
#[derive(Clone, Copy)]
pub(crate) struct Asked(RwSignal<Option<String>>);

impl Asked {
    /// For every question of the application.
    pub(crate) fn provide() -> Self {
        let asked = Self(RwSignal::new(None));
        provide_context(asked);
        asked
    }

    /// Closes the question.
    pub(crate) fn close(self) {
        self.0.set(None);
    }
}

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
    let open = expect_context::<Asked>();
    let name = StoredValue::new([label.to_owned(), of].join(" ").trim_end().to_owned());
    let act = StoredValue::new(act);
    let is_asked = Memo::new(move |_| open.0.with(|it| name.with_value(|name| it.as_ref() == Some(name))));
    let yes = move |_| {
        open.close();
        act.with_value(|act| act());
    };
    let ask = move |_| {
        open.0.set(Some(name.get_value()));
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
                <button type="button" class="quiet" on:click=on::click(move |_| open.close())>"No"</button>
            </span>
        </Show>
    }
}
