//! Identifiers, hashed at once by core's own rules: the value goes no further.

use nod_core::{
    events::Part,
    identity::{Kind, export::Vendor, in_page},
    permissions::Permissions,
};

use crate::{events, page::Browser};

/// The hash of a value in hex: in Nod's form, or `google`'s or `meta`'s. Nothing for what identifies nobody.
pub(crate) fn hash(kind: &str, written: &str, form: &str, site: &str) -> Option<String> {
    let vendor = match form {
        "" => None,
        "google" => Some(Vendor::Google),
        "meta" => Some(Vendor::Meta),
        _ => return None,
    };
    in_page::hash(Kind::parse(kind)?, vendor, written, site, &Browser)
}

/// Who the visitor is: members of the identity with what they need. The first is what the others need too; those after it
/// go with every batch, because the edge hands them on and keeps none.
pub(crate) fn identify(parts: [(u32, String); 3]) {
    let part = |(at, (needs, json))| Part { needs: Permissions::from_bits(needs), json, always: at > 0 };
    let is_said = |part: &Part| !part.json.is_empty();
    events::with(|events| events.queue.identify(parts.into_iter().enumerate().map(part).filter(is_said).collect()));
}
