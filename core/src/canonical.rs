//! One byte form for each document, so that a fingerprint or a signature means the same everywhere.
//!
//! The form is JSON with sorted keys, no spaces and no floating-point numbers: what RFC 8785 gives for such documents.

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::id::Fingerprint;

/// The canonical bytes of a document.
///
/// Fails only for a value that JSON cannot hold, such as a map whose keys are not strings.
pub fn bytes(document: &impl Serialize) -> Result<Vec<u8>, serde_json::Error> {
    // A `Value` keeps its keys sorted; writing it directly would keep the order of the struct's fields.
    serde_json::to_vec(&serde_json::to_value(document)?)
}

/// The SHA-256 of the canonical bytes.
pub fn fingerprint(document: &impl Serialize) -> Result<Fingerprint, serde_json::Error> {
    Ok(Fingerprint::of(&bytes(document)?))
}

/// SHA-256.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Unsorted {
        b: u8,
        a: &'static str,
    }

    #[test]
    fn keys_are_sorted_and_nothing_is_spaced() {
        assert_eq!(bytes(&Unsorted { b: 1, a: "ü" }).unwrap(), r#"{"a":"ü","b":1}"#.as_bytes());
    }
}
