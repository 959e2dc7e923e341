//! The form below a list, for another one of it: what kind it is to be, and what it is called.

use leptos::{ev::SubmitEvent, prelude::*};
use nod_pages::dom::{value, values};

use super::{Listing, Sheet, parts::added};
use crate::{on, rows::CollectAny, tree::Tree, views::shared::Chosen};

/// What is to be chosen for another one.
pub(crate) struct Offer {
    /// What the choice is called.
    pub(crate) label: &'static str,
    pub(crate) kinds: Vec<Chosen>,
    /// Whether it needs a name where this kind is chosen.
    pub(crate) is_named: fn(&str) -> bool,
}

/// `make` puts it at the end of the list.
pub(crate) fn add(
    sheet: Sheet,
    listing: Listing,
    offer: Offer,
    make: fn(Sheet, &mut Tree, Listing, &str, &str),
) -> AnyView {
    let id = sheet.id(listing.place);
    let [kind, name] = ["-kind", "-add"].map(|end| [&*id, end].concat());
    let first = offer.kinds.first().map(|kind| kind.value.clone()).unwrap_or_default();
    let chosen = RwSignal::new(first);
    let is_named = move || chosen.with(|kind| (offer.is_named)(kind));
    let send = move |sent: SubmitEvent| {
        let Some(values) = values(&sent) else { return };
        let name = value(&values, "name");
        let mut number = 0;
        sheet.document.update(|document| {
            make(sheet, document, listing, &chosen.get_untracked(), &name);
            number = document.at(listing.place).items().len().saturating_sub(1);
        });
        let place = [listing.place, "[", &number.to_string(), "]"].concat();
        sheet.open.set(place.clone());
        sheet.app.say(["Another ", listing.parts.one, " is there, below the others."].concat());
        sheet.reshape(listing.place, [&sheet.id(&place), "-open"].concat());
    };
    let kinds = (!offer.kinds.is_empty()).then(|| {
        let options = offer.kinds.into_iter().map(|kind| view! { <option value=kind.value>{kind.words}</option> });
        view! {
            <div class="field"><label for=kind.clone()>{offer.label}</label>
                <select id=kind on:change=on::change(move |event| chosen.set(event_target_value(&event)))>{options.collect_any()}</select></div>
        }
    });
    view! {
        <form class="add" novalidate on:submit=on::submit(send)>
            {kinds}
            <div class="field" hidden=move || !is_named()><label for=name.clone()>"Name of the new "{listing.parts.one}</label><input id=name name="name" autocomplete="off" /></div>
            <button type="submit" class="quiet">{added(listing.parts.one)}</button>
        </form>
    }
    .into_any()
}
