//! The page's interface: `nod(command, …)`.

use js_sys::{Array, Function, Object, Reflect};
use nod_core::permissions::Permissions;
use wasm_bindgen::prelude::*;

use crate::{
    clearing,
    gesture::{self, Wish},
    object::field,
    page::{self, Choice},
    record,
};

/// Answers one call. A call that is not understood is told in the console and answered with nothing: a mistake in a page
/// must not stop it.
pub(crate) fn call(words: &Array, answer: Function) {
    let page = page::get();
    let command = words.get(0).as_string().unwrap_or_default();
    let (first, second) = (words.get(1), words.get(2));
    let mut given = JsValue::UNDEFINED;
    match command.as_str() {
        "consent" if first.is_undefined() => given = page.state(),
        "consent" => match wish(&first) {
            Some(wish) => return consent(wish, &second, answer),
            None => page::warn("nod: consent takes 'accept-all', 'reject-all' or an object of this site's purposes."),
        },
        "open" => page.open(),
        _ => page::warn("nod: there is no such command."),
    }
    let _ = answer.call1(&JsValue::NULL, &given);
}

/// What a page asks for. Purposes that an object does not name stay as they are. `None`: not understood.
fn wish(value: &JsValue) -> Option<Wish> {
    if let Some(word) = value.as_string() {
        return match word.as_str() {
            "accept-all" => Some(Wish::Everything),
            "reject-all" => Some(Wish::Nothing),
            _ => None,
        };
    }
    let page = page::get();
    let purposes = page.config().purposes();
    let mut chosen = page.permissions();
    let named = Object::keys(value.dyn_ref::<Object>()?);
    for id in (0..named.length()).map(|index| named.get(index)) {
        let one = Permissions::NONE.with(usize::try_from(purposes.index_of(&id, 0)).ok()?);
        let is_granted = Reflect::get(value, &id).is_ok_and(|granted| granted.is_truthy());
        chosen = if is_granted { chosen.union(one) } else { chosen.without(one) };
    }
    Some(Wish::These(chosen))
}

/// Carries the wish out. The answer is the state after the edge has answered: `stored` says whether it was recorded.
fn consent(wish: Wish, options: &JsValue, answer: Function) {
    let page = page::get();
    let config = page.config();
    let before = page.choice();
    let (allowed, action) = gesture::carry_out(
        wish,
        before.as_ref().map(Choice::permissions),
        (0..config.count()).collect(),
        Permissions::from_bits(config.essential()),
    );
    // The same choice again while it waits to be recorded is no new one: it is tried again.
    if !before.is_some_and(|before| before.pending() && before.permissions() == allowed) {
        let is_preferences = field(options, "surface").as_string().as_deref() == Some("preferences");
        page.choose(allowed.bits(), action, if is_preferences { "p" } else { "i" });
        clearing::run();
    }
    record::deliver(Some(answer));
}
