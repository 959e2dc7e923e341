//! What `nod('consent')` answers: the visitor's choice and what follows from it.

use js_sys::{Object, Reflect};
use nod_core::permissions::Permissions;
use wasm_bindgen::prelude::*;

use crate::{gesture, page, record};

/// Sets a field of an object. A plain object takes every field.
pub(crate) fn put(object: &Object, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &name.into(), value);
}

/// A field of an object; `null` of what has no fields.
pub(crate) fn field(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or(JsValue::NULL)
}

/// `{analytics: true, …}`: every purpose of the site with whether it is in `permissions`.
pub(crate) fn purposes(permissions: Permissions) -> Object {
    let purposes = Object::new();
    let ids = page::get().config().purposes();
    for index in 0..ids.length() {
        let _ = Reflect::set(&purposes, &ids.get(index), &permissions.allows(index as usize).into());
    }
    purposes
}

/// The state now:
/// `{decided, purposes: {id: bool}, action, at, regime, model, gpc, visitor, stored, record, receipt}`.
///
/// `stored` says whether the edge has recorded the choice; `record` and `receipt` are known on the page where it did.
pub(crate) fn now() -> Object {
    let page = page::get();
    let config = page.config();
    let choice = page.choice();
    let state = Object::new();
    put(&state, "decided", &choice.is_some().into());
    put(&state, "purposes", &purposes(page.permissions()));
    for name in ["regime", "model"] {
        put(&state, name, &field(&config, name));
    }
    put(&state, "gpc", &page.gpc().into());
    for name in ["action", "at", "visitor"] {
        put(&state, name, &choice.as_ref().map_or(JsValue::NULL, |choice| field(choice, name)));
    }
    if let Some(choice) = &choice {
        put(&state, "action", &gesture::action_name(&field(choice, "action").as_string().unwrap_or_default()).into());
    }
    put(&state, "stored", &choice.is_some_and(|choice| !choice.pending()).into());
    let (id, receipt) = record::result();
    put(&state, "record", &id);
    put(&state, "receipt", &receipt);
    state
}
