//! Clears what a purpose has stored once it is no longer allowed.
//!
//! Only after a choice: before it, an opt-in regime does not even let us look.

use js_sys::{Array, Reflect};
use nod_core::storage;
use wasm_bindgen::prelude::*;

use crate::{
    object::field,
    page::{self, Page},
};

/// Clears the cookies and storage entries of every purpose that is not allowed now.
pub(crate) fn run() {
    let page = page::get();
    if page.choice().is_none() {
        return;
    }
    let patterns = patterns_to_clear(&page);
    if patterns.is_empty() {
        return;
    }
    let names = page.names();
    let host = page.host();
    for name in (0..names.length()).filter_map(|index| names.get(index).as_string()) {
        if patterns.iter().any(|pattern| storage::matches(pattern, &name)) {
            for domain in storage::cookie_domains(&host) {
                page.clear(&name, domain);
            }
        }
    }
}

fn patterns_to_clear(page: &Page) -> Vec<String> {
    let config = page.config();
    let allowed = page.permissions();
    let (ids, storage) = (config.purposes(), field(&config, "storage"));
    let mut patterns = Vec::new();
    for index in (0..ids.length()).filter(|index| !allowed.allows(*index as usize)) {
        let names = Reflect::get(&storage, &ids.get(index)).unwrap_or_default();
        if let Some(names) = names.dyn_ref::<Array>() {
            patterns.extend((0..names.length()).filter_map(|at| names.get(at).as_string()));
        }
    }
    patterns
}
