//! Identifiers, hashed at once by core's own rules: the value goes no further.

use nod_core::{
    events::Part,
    identity::{Kind, export::Vendor, in_page},
    permissions::Permissions,
};

use crate::{events::events, page::Browser};

/// The hash of a value in hex: `kind` by its place among the kinds, `form` 0 for Nod's own, 1 for Google's, 2 for Meta's.
/// Nothing for what identifies nobody.
pub(crate) fn hash(written: &str, kind: usize, form: u32) -> Option<String> {
    let vendor = match form {
        0 => None,
        1 => Some(Vendor::Google),
        2 => Some(Vendor::Meta),
        _ => return None,
    };
    in_page::hash(*Kind::ALL.get(kind)?, vendor, written, &events().site, &Browser)
}

/// Who the visitor is: a part of it. The first is what the others need too; those after it go with every batch, because the
/// edge hands them on and keeps none.
pub(crate) fn identify(place: u32, needs: u32, json: &str) {
    let mut events = events();
    if place == 0 {
        events.queue.unname();
    }
    if !json.is_empty() {
        events.queue.name(Part { needs: Permissions::from_bits(needs), json: json.to_owned(), always: place > 0 });
    }
}
