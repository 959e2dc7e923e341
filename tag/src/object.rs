//! Fields of JavaScript objects.

use js_sys::{Object, Reflect};
use nod_core::permissions::Permissions;
use wasm_bindgen::prelude::*;

use crate::page;

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
